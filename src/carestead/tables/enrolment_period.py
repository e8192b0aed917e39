"""Contract table `enrolment_period`: a time in which a person was enrolled, told from the decisions about them."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "enrolment_period",
    "A time in which a person was enrolled, told from the decisions about them.",
    (
        person_id(),
        Column("practice_code", "VARCHAR", "the practice that the enrolment is with"),
        instant("start", "enrolled from then on", required=True),
        instant("end", "up to but without; null while it goes on"),
        Column(
            "end_kind",
            "VARCHAR",
            "how it ended: died, moved, opted-out, no-longer-needed; empty where that is not said",
        ),
    ),
    order=("person_id", "start"),
    room="store",
    per="area",
    fhir="EpisodeOfCare",
)
