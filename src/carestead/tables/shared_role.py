"""Contract table `shared_role`: a dated exception: at this practice a named GP may be the coordinator as well."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "shared_role",
    "A dated exception: at this practice a named GP may be the coordinator as well.",
    (
        Column("practice_code", "VARCHAR", "where", required=True),
        Column("start", "DATE", "first day", required=True),
        Column("end", "DATE", "up to but without", required=True),
    ),
    order=("practice_code", "start", "end"),
    room="store",
    per="area",
)
