"""Contract table `meeting`: a meeting of the team round several people."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "meeting",
    "A meeting of the team round several people.",
    (
        Column("id", "BIGINT", "the meeting's number in the store", required=True, unique=True),
        Column(
            "state", "VARCHAR", "where it stands", required=True, allowed=("planned", "held", "closed", "cancelled")
        ),
        instant("held_at", "when it is or was held", required=True),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="Appointment",
)
