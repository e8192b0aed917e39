"""Contract table `register_answer`: the last thing a clinician decided of each person proposed."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "register_answer",
    "The last decision about each person proposed for the register, and what the proposal showed then.",
    (
        person_id(unique=True),
        Column("answer", "VARCHAR", "what", required=True, allowed=("accepted", "deferred", "declined")),
        Column("words", "VARCHAR", "what, when and why in words", required=True),
        Column("decided_on", "DATE", "when", required=True),
        Column("until", "DATE", "deferred until; null otherwise"),
        Column("known_until", "DATE", "the day up to which whoever decided was shown the record", required=True),
        Column("shown_cohorts", "VARCHAR", "the lists shown then, as in register_entry; null when unknown"),
    ),
    order=("person_id",),
    room="find",
    per="area",
)
