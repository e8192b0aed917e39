"""Contract table `item_mask`: what the record shows of every code list, one bit an item."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "item_mask",
    "Which items of the code lists a person's record shows up to the run's date. An item's word and bit are its number "
    "in the catalogue of items divided by 62, and the remainder. What `item_fact` tells in rows, for speed.",
    (
        person_id(),
        Column("word", "SMALLINT", "which 62 items", required=True, minimum="0"),
        Column("mask", "BIGINT", "one bit an item", required=True, minimum="1"),
    ),
    order=("person_id", "word"),
    room="find",
)
