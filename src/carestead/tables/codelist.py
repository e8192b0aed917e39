"""Contract table `codelist`: the code lists that a run looked for, and the release of each."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "codelist",
    "A code list that some score or flag looks for, and the release that the run used. It names nobody.",
    (
        Column("list_id", "VARCHAR", "the list", required=True, unique=True),
        Column("version", "VARCHAR", "the release used; null when there was none, so that nobody was looked for"),
        Column("title", "VARCHAR", "what it is called"),
        Column("system", "VARCHAR", "coding system of its codes, as in table code"),
        Column("is_starter", "BOOLEAN", "true for a short list that is only to start with", required=True),
        Column("rows", "BIGINT", "codes, each counted once a group", unit="codes", minimum="0"),
        Column("excluded", "BIGINT", "how many of them reviewed exclusions left out", unit="codes", minimum="0"),
        Column("met", "BIGINT", "how many of the others occur in the area's records", unit="codes", minimum="0"),
        Column("sha256", "VARCHAR", "SHA-256 of the release's file"),
        Column("asked_by", "VARCHAR", "the scores that look for it, and `flag`, with commas between", required=True),
    ),
    order=("list_id",),
    room="find",
    per="area",
)
