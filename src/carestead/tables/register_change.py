"""Contract table `register_change`: who came onto the register, left it or stayed, and why."""

from carestead.tables.schema import Column, Table, person_id

CAUSES = (
    "agreed", "stays", "held", "sudden", "chosen", "changed-since", "look-again",
    "died", "not-registered", "declined", "deferred", "not-an-adult", "off-lists", "moved-practice", "fewer-needs",
    "overtaken", "fewer-places",
)  # fmt: skip
"""Why somebody is on the register (the first line) or no longer is (the second)."""

TABLE = Table(
    "register_change",
    "A person on the register or proposed for it, now or on the day compared with: what changed, and why.",
    (
        person_id(unique=True),
        Column(
            "change", "VARCHAR", "what happened", required=True, allowed=("entered", "left", "stayed")
        ),
        Column("cause", "VARCHAR", "why, as one of few words", required=True, allowed=CAUSES),
        Column("because", "VARCHAR", "why, in a sentence", required=True),
        Column("rank_before", "INTEGER", "place at the practice on the day compared with", minimum="1"),
        Column("rank", "INTEGER", "place at the practice now", minimum="1"),
        Column("practice_code", "VARCHAR", "the practice, of those who left the one before"),
        Column("before", "DATE", "the day compared with; null when nothing earlier is kept"),
    ),
    order=("person_id",),
    room="find",
    per="area",
)  # fmt: skip
