"""Contract table `file`: what was delivered, and what became of it."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "file",
    "One row a delivered file and resource or record type: read = loaded + ignored + quarantined.",
    (
        Column("file_id", "INTEGER", "the file's number", required=True),
        Column("source_id", "SMALLINT", "who sent it", required=True),
        Column("name", "VARCHAR", "path below the folder given", required=True),
        Column("sha256", "VARCHAR", "hash of the file's bytes as delivered", required=True),
        Column("bytes", "BIGINT", "size as delivered", unit="bytes", minimum="0"),
        Column("type", "VARCHAR", "resource type or record type", required=True),
        Column("delivered_on", "DATE", "when it was ingested"),
        Column("read", "BIGINT", "records read", unit="records", minimum="0"),
        Column("loaded", "BIGINT", "records that became rows", unit="records", minimum="0"),
        Column(
            "ignored",
            "BIGINT",
            "records of a type nobody asked for, or marked entered-in-error",
            unit="records",
            minimum="0",
        ),
        Column("quarantined", "BIGINT", "records refused, each kept in `quarantine`", unit="records", minimum="0"),
    ),
    order=("file_id", "type"),
    per="area",
    fhir="Provenance",
)
