"""Contract table `stay`: a stay in hospital, as its messages tell it."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "stay",
    "A stay in hospital, as its messages tell it.",
    (
        Column("id", "BIGINT", "the stay's number in the store", required=True, unique=True),
        Column("person_id", "INTEGER", "the person, where it is about one"),
        Column("state", "VARCHAR", "code of FHIR encounter-status", required=True),
        instant("admitted_at", "when it began"),
        instant("discharged_at", "when it ended"),
        Column("mental_health", "BOOLEAN", "whether it was on a mental health ward"),
        Column("disposition", "VARCHAR", "where the person went"),
        instant("first_heard_at", "when its first message came", required=True),
        instant("discharge_heard_at", "when its discharge was heard of"),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="Encounter",
)
