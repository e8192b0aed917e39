"""Contract table `placement`: what placing a person with a GP and a coordinator needs to know."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "placement",
    "A person of the register as one who needs a named GP and a coordinator: where, how much, with whom they live.",
    (
        person_id(unique=True),
        Column("rank", "INTEGER", "rank on the register", required=True, minimum="1"),
        Column("weight", "INTEGER", "work the person is expected to be: the rule's points", required=True, minimum="0"),
        Column("practice_code", "VARCHAR", "the practice of registration", required=True),
        Column("group_code", "VARCHAR", "the group of practices it belongs to"),
        Column("usual_gp_code", "VARCHAR", "the GP the practice names as usual"),
        Column("household", "VARCHAR", "people with the same text live together; null when nobody says"),
    ),
    order=("person_id",),
    room="assign",
    per="area",
)
