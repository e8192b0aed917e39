"""Contract table `register_before`: the register of the newest earlier day."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "register_before",
    "The register as published for the newest earlier day that is kept: what this run's register is compared with.",
    (
        person_id(unique=True),
        Column("state", "VARCHAR", "agreed or proposed", required=True, allowed=("agreed", "proposed")),
        Column("rank", "INTEGER", "place at the practice then", required=True, minimum="1"),
        Column("cohorts", "VARCHAR", "the lists then, as in register_entry", required=True),
        Column("priority", "DOUBLE", "expected benefit then", minimum="0"),
        Column("practice_code", "VARCHAR", "the practice then"),
        Column("as_of", "DATE", "the day of that register", required=True),
    ),
    order=("person_id",),
    room="flow",
    per="area",
)
