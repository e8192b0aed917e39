"""Contract table `break_glass`: somebody without a part in a person's care looked all the same."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "break_glass",
    "Somebody without a part in a person's care looked all the same.",
    (
        Column("id", "BIGINT", "the opening's number in the store", required=True, unique=True),
        person_id(),
        Column("username", "VARCHAR", "who opened it", required=True),
        Column("reason", "VARCHAR", "why they looked"),
        instant("started_at", "from then on", required=True),
        instant("expires_at", "up to but without"),
        Column("review_promise_id", "BIGINT", "the promise to review it"),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="AuditEvent",
)
