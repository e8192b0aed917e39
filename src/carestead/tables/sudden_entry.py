"""Contract table `sudden_entry`: what happened lately that puts a person before a clinician the same day."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "sudden_entry",
    "Something that happened in the last days or weeks after which a person may need more than before: a discharge "
    "after a fall, a new care home, the death of a carer.",
    (
        person_id(),
        Column("entry", "VARCHAR", "what: an id under `sudden` in reference/find/register.yaml", required=True),
        Column("since", "DATE", "the day it happened", required=True),
        Column(
            "is_new",
            "BOOLEAN",
            "within the days of its rule; later it counts only for who was proposed by it and is undecided",
            required=True,
        ),
        Column("because", "VARCHAR", "what the record shows, in words", required=True),
    ),
    order=("person_id", "entry", "since"),
    room="find",
    per="area",
    fhir="Flag",
)
