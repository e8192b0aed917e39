"""Contract table `notice`: something that a party must be told, and whether they were."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "notice",
    "Something that a party must be told, and whether they were.",
    (
        Column("id", "BIGINT", "the notice's number in the store", required=True, unique=True),
        person_id(),
        Column(
            "state",
            "VARCHAR",
            "where it stands",
            required=True,
            allowed=("queued", "given", "seen", "escalated", "not-needed"),
        ),
        Column("about", "VARCHAR", "what it tells", required=True),
        Column("subject_kind", "VARCHAR", "of which kind of thing"),
        Column("subject_id", "BIGINT", "of which thing"),
        Column(
            "to_kind",
            "VARCHAR",
            "whom: what they are",
            allowed=("practitioner", "organisation", "desk", "person", "carer"),
        ),
        Column("to_code", "VARCHAR", "whom"),
        instant("queued_at", "when it was written", required=True),
        instant("due_at", "by when they must know", required=True),
        instant("given_at", "when it was given"),
        instant("seen_at", "when they saw it"),
        instant("escalated_at", "when somebody above was asked"),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="Communication",
)
