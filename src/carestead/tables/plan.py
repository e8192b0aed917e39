"""Contract table `plan`: a care and support plan, as it stands, without its words."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "plan",
    "A care and support plan, as it stands, without its words.",
    (
        Column("id", "BIGINT", "the plan's number in the store", required=True, unique=True),
        person_id(),
        Column("state", "VARCHAR", "code of FHIR request-status", required=True),
        Column("agreed_on", "DATE", "when the person agreed to it"),
        instant("signed_at", "when the named GP signed it"),
        Column("review_on", "DATE", "when it is to be reviewed"),
        Column("review_by_code", "VARCHAR", "who is responsible for the review"),
        Column("resume_on", "DATE", "when on hold: until when"),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="CarePlan",
)
