"""Contract table `replay`: rows of things held against what their events tell."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "replay",
    "Each thing of care, its row held against what its events tell when they are played again from nothing.",
    (
        Column("kind", "VARCHAR", "kind of thing", required=True),
        Column("subject_id", "BIGINT", "the thing's number", required=True),
        Column("person_id", "INTEGER", "the person, where it is about one"),
        Column("version", "INTEGER", "as its row has it", required=True),
        Column("events", "INTEGER", "how many it has", required=True),
        Column(
            "differs", "VARCHAR", "the fields that its row has otherwise than its events tell; null when there are none"
        ),
        instant("since", "its last event; null when it has none"),
    ),
    order=("kind", "subject_id"),
    room="store",
    per="area",
)
