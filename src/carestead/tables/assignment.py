"""Contract table `assignment`: the proposed named GP and coordinator of each person."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "assignment",
    "The named GP and the coordinator proposed for a person on the register. People decide.",
    (
        person_id(unique=True),
        Column("practice_code", "VARCHAR", "the practice of registration"),
        Column("named_gp_code", "VARCHAR", "the GP proposed; null when nobody has room (see finding)"),
        Column("gp_reason", "VARCHAR", "why this GP, in words", required=True),
        Column("is_usual_gp", "BOOLEAN", "true when the GP is the usual one", required=True),
        Column("gp_cost", "INTEGER", "points that this GP costs above the best for the person alone; null without a GP",
               unit="points", minimum="0"),
        Column("best_gp_code", "VARCHAR", "who would be best for the person alone, when that is somebody else"),
        Column("wish", "VARCHAR", "whether what the person asked for is met; null when they asked for nothing",
               allowed=("met", "not-met")),
        Column("coordinator_code", "VARCHAR", "the coordinator proposed; null when there is none"),
        Column("coordinator_reason", "VARCHAR", "why this coordinator, in words", required=True),
    ),
    order=("person_id",),
    room="assign",
    per="area",
    fhir="CareTeam.participant",
)  # fmt: skip
