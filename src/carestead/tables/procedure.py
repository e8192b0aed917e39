"""Contract table `procedure`: the coded procedures of an encounter."""

from carestead.tables.schema import PROVENANCE, Column, Table, code, key, person_id, row_key

TABLE = Table(
    "procedure",
    "A procedure coded for an encounter, OPCS-4 in hospital returns.",
    (
        person_id(),
        Column("date", "DATE", "day it was done, else first day of the encounter", minimum="1890-01-01"),
        code(required=True),
        Column("position", "SMALLINT", "1 is the primary procedure", minimum="1"),
        key("encounter_key", "the encounter (row_key of encounter)"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "date", "code_id", "position", "source_id", "file_id", "source_row"),
    fhir="Procedure",
)
