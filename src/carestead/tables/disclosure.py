"""Contract table `disclosure`: a part of somebody's plan or record that was shown, by the audit log."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "disclosure",
    "A part of somebody's plan or record that was shown, by the audit log.",
    (
        Column("event_id", "BIGINT", "the row of the audit log", required=True),
        person_id(),
        instant("shown_at", "when", required=True),
        Column("username", "VARCHAR", "to whom", required=True),
        Column("audience", "VARCHAR", "as whom", required=True),
        Column("part", "VARCHAR", "what", required=True),
    ),
    order=("event_id", "person_id", "part"),
    room="store",
    per="area",
    fhir="AuditEvent",
)
