"""Contract table `hand_over`: an offer that somebody becomes the holder of a role for a person."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "hand_over",
    "An offer that somebody becomes the holder of a role for a person.",
    (
        Column("id", "BIGINT", "the offer's number in the store", required=True, unique=True),
        person_id(),
        Column("role", "VARCHAR", "as what", required=True, allowed=("named-gp", "coordinator")),
        Column("leaving_code", "VARCHAR", "the holder when it was offered"),
        Column("arriving_code", "VARCHAR", "who is to be the holder", required=True),
        Column(
            "state",
            "VARCHAR",
            "what became of it",
            required=True,
            allowed=("offered", "accepted", "declined", "lapsed", "withdrawn"),
        ),
        instant("answered_at", "when it was answered"),
    ),
    order=("person_id", "role", "id"),
    room="store",
    per="area",
    fhir="Task",
)
