"""Contract table `load_agreement`: a holder has agreed to hold more people than the ceiling."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "load_agreement",
    "A holder has agreed to hold more people than the ceiling.",
    (
        Column("practitioner_code", "VARCHAR", "the holder who agreed", required=True),
        Column("role", "VARCHAR", "as what", required=True, allowed=("named-gp", "coordinator")),
        Column("people", "INTEGER", "up to so many", unit="people", required=True),
        Column("start", "DATE", "first day", required=True),
        Column("end", "DATE", "up to but without", required=True),
    ),
    order=("practitioner_code", "role", "start", "end"),
    room="store",
    per="area",
)
