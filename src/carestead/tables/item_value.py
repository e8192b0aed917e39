"""Contract table `item_value`: measured values that say an item."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "item_value",
    "A measured value that says an item by a rule on values, such as a kidney function below a limit: what `item_mask` "
    "and `item_fact` add to the codes that say it outright.",
    (
        person_id(),
        Column("number", "SMALLINT", "the item's number in the catalogue of items", required=True, minimum="0"),
        Column("word", "SMALLINT", "which 62 items its bit is among", required=True, minimum="0"),
        Column("mask", "BIGINT", "its bit", required=True, minimum="1"),
        Column("date", "DATE", "when it was measured; null when the source gives no date"),
        code(required=True),
        Column("value", "DOUBLE", "the value, in the unit it was sent in", required=True),
        Column("source_id", "SMALLINT", "which source sent it", required=True),
        Column("file_id", "INTEGER", "which delivered file", required=True),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "number", "date", "code_id", "value", "source_id", "file_id", "source_row"),
    room="find",
    fhir="Observation",
)
