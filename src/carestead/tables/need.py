"""Contract table `need`: what could still help a person, each with the action that would meet it."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "need",
    "A need that the record shows as unmet on the run's date, and the action that would meet it.",
    (
        person_id(),
        Column("need", "VARCHAR", "which need: an id of reference/find/needs.yaml", required=True),
        Column(
            "points", "INTEGER", "what it adds to the expected benefit, by the rule set", required=True, minimum="0"
        ),
        Column("since", "DATE", "since when it is unmet, where the record tells"),
        Column("because", "VARCHAR", "what the record shows, in words", required=True),
        Column("action", "VARCHAR", "what would meet it, in words", required=True),
    ),
    order=("person_id", "need"),
    room="find",
    fhir="Goal",
)
