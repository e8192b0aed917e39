"""Contract table `item_fact`: each item of the code lists that a person's record shows, with its dates."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "item_fact",
    "An item of a code list (a deficit, a condition, a flag) that a person's record shows up to the run's date: "
    "first, last and how often, with the first record that says so.",
    (
        person_id(),
        Column("score", "VARCHAR", "what asks for it: a score, or `flag`", required=True),
        Column("item", "VARCHAR", "the item: a deficit, a condition, a flag", required=True),
        Column("first_date", "DATE", "the first dated record; null when none has a date"),
        Column("last_date", "DATE", "the last dated record; null when none has a date"),
        Column("times", "INTEGER", "how many records say so", unit="records", required=True, minimum="1"),
        code(meaning="what the first record says", required=True),
        Column("value", "DOUBLE", "the value of the first record, where a measured value is the reason"),
        Column("source_id", "SMALLINT", "which source the first record is from", required=True),
        Column("file_id", "INTEGER", "which delivered file", required=True),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "score", "item"),
    room="find",
    fhir="Condition, Observation",
)
