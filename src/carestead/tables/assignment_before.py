"""Contract table `assignment_before`: the proposal of the newest earlier day."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "assignment_before",
    "Who was proposed for whom on the newest earlier day that is kept: what this run's proposal moves nobody from "
    "without need.",
    (
        person_id(unique=True),
        Column("named_gp_code", "VARCHAR", "the GP proposed then"),
        Column("coordinator_code", "VARCHAR", "the coordinator proposed then"),
    ),
    order=("person_id",),
    room="flow",
    per="area",
)
