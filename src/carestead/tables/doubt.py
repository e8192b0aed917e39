"""Contract table `doubt`: what in the records is doubtful for finding people, counted."""

from carestead.tables.schema import Column, Table

COLUMNS = (
    Column(
        "kind",
        "VARCHAR",
        "what is doubtful: an id of reference/find/doubts.yaml",
        required=True,
    ),
    Column("origin", "VARCHAR", "the contract table that holds the records", required=True),
    Column("code_id", "INTEGER", "the code, where it is about one (table code)"),
    Column("records", "BIGINT", "how many records", unit="records", required=True, minimum="1"),
    Column("example", "VARCHAR", "what one of them says"),
    Column("source_id", "SMALLINT", "the source of the example"),
    Column("file_id", "INTEGER", "the file of the example"),
    Column("source_row", "BIGINT", "the line, entry or record number of the example"),
)

TABLE = Table(
    "doubt",
    "Records of one bucket that a score could not use as they are, or used with a doubt: counted by kind and code, "
    "with one example each. None of them changes a score without being counted here.",
    COLUMNS,
    order=("kind", "origin", "code_id", "source_id"),
    room="find",
)
