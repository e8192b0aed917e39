"""Contract table `item_window`: which code says which item, and of which days."""

from carestead.tables.schema import Column, Table, code

TABLE = Table(
    "item_window",
    "An item that a code of the code lists in use says, with the days between which a record of it counts.",
    (
        code(required=True),
        Column("number", "SMALLINT", "the item's number in the catalogue of items", required=True, minimum="0"),
        Column("word", "SMALLINT", "which 62 items its bit is among", required=True, minimum="0"),
        Column("mask", "BIGINT", "its bit", required=True, minimum="1"),
        Column("since", "DATE", "a record counts when it is later than this day", required=True),
        Column("until", "DATE", "the last day of which a record counts", required=True),
    ),
    order=("code_id", "number"),
    room="find",
    per="area",
)
