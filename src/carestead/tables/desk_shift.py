"""Contract table `desk_shift`: who staffs the duty desk of a group of practices, and when."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "desk_shift",
    "Who staffs the duty desk of a group of practices, and when.",
    (
        Column("id", "BIGINT", "the shift's number in the store", required=True, unique=True),
        Column("group_code", "VARCHAR", "whose desk", required=True),
        instant("start", "from then on", required=True),
        instant("end", "up to but without", required=True),
        Column("staffed_by", "VARCHAR", "who sits there", required=True),
        instant("cancelled_at", "when it was called off"),
    ),
    order=("group_code", "start", "id"),
    room="store",
    per="area",
    fhir="HealthcareService",
)
