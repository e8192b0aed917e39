"""Contract table `request`: an ask of another team, as it stands."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "request",
    "An ask of another team, as it stands.",
    (
        Column("id", "BIGINT", "the request's number in the store", required=True, unique=True),
        person_id(),
        Column("state", "VARCHAR", "code of FHIR request-status", required=True),
        instant("asked_at", "when"),
        Column("resume_on", "DATE", "when on hold: until when"),
        Column("reason", "VARCHAR", "why it is no longer wanted"),
        instant("outcome_at", "when the outcome came back"),
        instant("reviewed_at", "when whoever asked had read it"),
        instant("told_at", "when the person was told"),
        instant("ended_at", "when it was closed or revoked"),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="ServiceRequest",
)
