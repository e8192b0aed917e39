"""Contract table `register_candidate`: everybody on a list, and what became of them when places were given."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "register_candidate",
    "Everybody on one of the lists or agreed by a clinician: where they stand at their practice, and whether they have "
    "a place on the register. Nobody on a list is left out, so that each may ask why they are not on the register.",
    (
        person_id(unique=True),
        Column(
            "standing",
            "VARCHAR",
            "agreed by a clinician; proposed; waiting below the line; declined or deferred, with nothing new since",
            required=True,
            allowed=("agreed", "proposed", "waiting", "declined", "deferred"),
        ),
        Column("cohort", "VARCHAR", "the list that puts the person highest; null for who is on none"),
        Column("cohorts", "VARCHAR", "every list with its level, as in register_entry", required=True),
        Column("benefit", "INTEGER", "expected benefit: the points of the person's needs", required=True, minimum="0"),
        Column(
            "overall", "INTEGER", "place among everybody here at the practice; 1 is first", required=True, minimum="1"
        ),
        Column("line", "INTEGER", "place among those who may be proposed; null for others", minimum="1"),
        Column("places", "INTEGER", "places that nobody agreed holds", unit="people", required=True, minimum="0"),
        Column("is_held", "BOOLEAN", "proposed only because the person was before", required=True),
        Column("since_then", "VARCHAR", "what has changed since the last decision, in words; null when nothing has"),
        Column("practice_code", "VARCHAR", "the practice of registration", required=True),
    ),
    order=("person_id",),
    room="find",
    per="area",
)
