"""Contract table `prescribed`: how often a person was prescribed each group of medicines."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "prescribed",
    "A group of medicines (laxatives, lithium ...) that a person was prescribed up to the run's date.",
    (
        person_id(),
        Column("medicines", "VARCHAR", "the group, an id of reference/find/medicines.yaml", required=True),
        Column("issues_6_months", "INTEGER", "prescriptions in the last six months", required=True, minimum="0"),
        Column("issues_12_months", "INTEGER", "prescriptions in the last twelve months", required=True, minimum="0"),
        Column("issues", "INTEGER", "prescriptions ever", unit="prescriptions", required=True, minimum="1"),
        Column("first_date", "DATE", "the first"),
        Column("last_date", "DATE", "the last"),
        code(meaning="the medicine of the last"),
        Column("source_id", "SMALLINT", "which source the last is from"),
        Column("file_id", "INTEGER", "which delivered file"),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "medicines"),
    room="find",
    fhir="MedicationRequest",
)
