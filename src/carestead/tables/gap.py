"""Contract table `gap`: a breach of an invariant, found by a check."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "gap",
    "A breach of an invariant, found by a check.",
    (
        Column("invariant", "VARCHAR", "which, R1 to R24", required=True),
        Column("person_id", "INTEGER", "the person, where it is about one"),
        Column("subject_kind", "VARCHAR", "what breaks it: enrolment, promise, desk ...", required=True),
        Column("subject_id", "VARCHAR", "which of them", required=True),
        instant("since", "since when it is so"),
        instant("until", "until when it was so; null while it is, later than the check where it is foreseen"),
        Column("words", "VARCHAR", "what is not so, in words", required=True),
    ),
    order=("invariant", "since", "subject_kind", "subject_id", "person_id", "words"),
    room="care",
    per="area",
    fhir="DetectedIssue",
)
