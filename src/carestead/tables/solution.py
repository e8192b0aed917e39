"""Contract table `solution`: how good each placement is, and how that is known."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "solution",
    "One placement of the people of a practice, or of practices placed together: its cost, and the least there can be.",
    (
        Column("role", "VARCHAR", "as what", required=True, allowed=("gp", "care-coordinator")),
        Column("pool", "VARCHAR", "the practice, or the first of those placed together", required=True),
        Column("people", "INTEGER", "people to be placed", unit="people", required=True, minimum="0"),
        Column("without", "INTEGER", "of them left without a holder", unit="people", required=True, minimum="0"),
        Column("moved", "INTEGER", "of them proposed to change holder", unit="people", required=True, minimum="0"),
        Column("cost", "BIGINT", "points of the rule of continuity or coordination", unit="points", required=True),
        Column("bound", "BIGINT", "no placement costs less; equal to cost when that is proven", unit="points",
               required=True),
        Column("proven", "BOOLEAN", "true when none is better: with fewer left out, then fewer moved, then cheaper",
               required=True),
        Column("solved_by", "VARCHAR", "how it was solved", required=True, allowed=("flow", "program")),
    ),
    order=("role", "pool"),
    room="assign",
    per="area",
)  # fmt: skip
