"""Contract table `exposure`: people at risk, counted; no person."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "exposure",
    "Time at risk and events of a measure by practice and bucket of people: what rates are made of. It names nobody.",
    (
        Column("measure", "VARCHAR", "which measure", required=True),
        Column("organisation_code", "VARCHAR", "the practice", required=True),
        Column("period_start", "DATE", "first day counted", required=True),
        Column("period_end", "DATE", "last day counted", required=True),
        Column("events", "BIGINT", "events", required=True, minimum="0"),
        Column(
            "events_squared",
            "BIGINT",
            "each person's events squared, added up: events of one person are not independent, so intervals widen",
            minimum="0",
        ),
        Column("person_years", "DOUBLE", "time at risk", unit="person-years", required=True, minimum="0"),
    ),
    order=("measure", "organisation_code", "period_start"),
    room="measure",
)
