"""Contract table `lesson`: something that went wrong or could be better, and how it was followed up."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "lesson",
    "Something that went wrong or could be better, and how it was followed up.",
    (
        Column("id", "BIGINT", "the lesson's number in the store", required=True, unique=True),
        Column("person_id", "INTEGER", "the person, where it is about one"),
        Column("state", "VARCHAR", "where it stands", required=True, allowed=("open", "closed")),
        instant("found_at", "when it was found", required=True),
        Column("promise_id", "BIGINT", "the promise that answers it"),
        Column("effect", "VARCHAR", "what came of it"),
        Column("measured_on", "DATE", "when that was measured"),
        instant("closed_at", "when it was closed"),
    ),
    order=("id",),
    room="store",
    per="area",
)
