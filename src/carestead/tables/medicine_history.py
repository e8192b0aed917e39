"""Contract table `medicine_history`: each medicine of a person once, with how often, when last, and whether now."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "medicine_history",
    "A medicine that a person was prescribed up to the run's date, once: all that scores, flags and counts ask of the "
    "table medication, gathered in one pass.",
    (
        person_id(),
        code(meaning="the medicine", required=True),
        Column("chemical", "VARCHAR", "BNF chemical substance, nine characters without dots; fewer when only a section "
               "was sent; null when it is not known"),
        Column("issues_6_months", "INTEGER", "prescriptions in the last six months", required=True, minimum="0"),
        Column("issues_12_months", "INTEGER", "prescriptions in the last twelve months", required=True, minimum="0"),
        Column("issues", "INTEGER", "prescriptions ever", unit="prescriptions", required=True, minimum="1"),
        Column("first_date", "DATE", "the first; null when none has a date"),
        Column("last_date", "DATE", "the last; null when none has a date"),
        Column("on_repeat", "BOOLEAN", "on repeat on the date: begun, and neither ended nor stopped", required=True),
        Column("is_current", "BOOLEAN", "on repeat, or issued in the days of polypharmacy.yaml", required=True),
        Column("counts_for", "SMALLINT", "definitions of polypharmacy it counts for: bits of polypharmacy.yaml",
               required=True, minimum="0"),
        Column("source_id", "SMALLINT", "which source the last is from"),
        Column("file_id", "INTEGER", "which delivered file"),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "code_id"),
    room="find",
    fhir="MedicationStatement",
)  # fmt: skip
