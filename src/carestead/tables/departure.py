"""Contract table `departure`: a holder has left, or will, for good."""

from carestead.tables.schema import Column, Table, instant

TABLE = Table(
    "departure",
    "A holder has left, or will, for good.",
    (
        Column("practitioner_code", "VARCHAR", "who leaves", required=True, unique=True),
        instant("leaves_at", "from then on they hold nothing", required=True),
    ),
    order=("practitioner_code",),
    room="store",
    per="area",
)
