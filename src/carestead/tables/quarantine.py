"""Contract table `quarantine`: refused records, with their text, place and reason."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "quarantine",
    "A refused record: its text, its place, the reason, what to do.",
    (
        Column("file_id", "INTEGER", "the file it was in", required=True),
        Column("source_row", "BIGINT", "1-based line, entry or record number; null when the whole file was refused"),
        Column("type", "VARCHAR", "resource or record type, when it can be told", required=True),
        Column(
            "reason", "VARCHAR", "short stable name of the reason, e.g. json.truncated, date.impossible", required=True
        ),
        Column("what", "VARCHAR", "what is wrong, in a sentence", required=True),
        Column("do", "VARCHAR", "what to do about it"),
        Column("text", "VARCHAR", "the record as sent; only its first 10,000 characters when longer"),
        Column("byte_offset", "BIGINT", "where the record starts in the file, when it was cut", unit="bytes"),
    ),
    order=("file_id", "source_row", "reason"),
    per="area",
    fhir="OperationOutcome",
)
