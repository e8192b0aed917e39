"""Contract table `alarm`: an alarm, one a milestone: who was told that something is late."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "alarm",
    "An alarm, one a milestone: who was told that something is late.",
    (
        Column("id", "BIGINT", "the alarm's number in the store", required=True, unique=True),
        Column("key", "VARCHAR", "the thing, its due instant and the milestone", required=True),
        Column("subject_kind", "VARCHAR", "of which kind of thing", required=True),
        Column("subject_id", "BIGINT", "of which thing", required=True),
        Column("milestone", "VARCHAR", "how late", required=True),
        Column("to_code", "VARCHAR", "who was told", required=True),
        instant("raised_at", "when", required=True),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="Communication",
)
