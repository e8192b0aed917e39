"""Contract table `diagnosis`: the coded diagnoses of an encounter."""

from carestead.tables.schema import PROVENANCE, Column, Table, code, key, person_id, row_key

TABLE = Table(
    "diagnosis",
    "A diagnosis coded for an encounter, ICD-10 in hospital returns.",
    (
        person_id(),
        Column("date", "DATE", "first day of the encounter", minimum="1890-01-01"),
        code(required=True),
        Column("position", "SMALLINT", "1 is the primary diagnosis", minimum="1"),
        key("encounter_key", "the encounter (row_key of encounter)"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "date", "code_id", "position", "source_id", "file_id", "source_row"),
    fhir="Encounter.diagnosis, Condition",
)
