"""Contract table `medication`: a medicine ordered, issued or stated."""

from carestead.tables.schema import PROVENANCE, Column, Table, code, key, person_id, row_key

TABLE = Table(
    "medication",
    "A medicine ordered, issued or stated for a person.",
    (
        person_id(),
        Column("date", "DATE", "when it was ordered or issued", minimum="1890-01-01"),
        code(meaning="the medicine: dm+d where the source uses it", required=True),
        Column("bnf_code", "VARCHAR", "British National Formulary code, when the source gives it"),
        Column("end_date", "DATE", "last day it is to be taken; null while it goes on"),
        Column("status", "VARCHAR", "active, completed, stopped, as sent"),
        Column("is_repeat", "BOOLEAN", "on repeat prescription"),
        Column("dose", "VARCHAR", "dosage instruction as sent"),
        Column("quantity", "DOUBLE", "quantity supplied, in `quantity_unit`", minimum="0"),
        Column("quantity_unit", "VARCHAR", "unit of `quantity`"),
        Column("setting", "VARCHAR", "where it was said", allowed=("gp", "hospital-discharge", "hospital", "other")),
        Column("practitioner_code", "VARCHAR", "who prescribed it"),
        Column("organisation_code", "VARCHAR", "where"),
        key("encounter_key", "the encounter it belongs to (row_key of encounter)"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "date", "code_id", "source_id", "file_id", "source_row"),
    fhir="MedicationRequest, MedicationStatement",
)
