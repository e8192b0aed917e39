"""Contract table `workload`: each holder's room and what the proposal puts on them."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "workload",
    "A GP's or coordinator's capacity and the people proposed for them.",
    (
        Column("practitioner_code", "VARCHAR", "the holder", required=True),
        Column("role", "VARCHAR", "as what", required=True, allowed=("gp", "care-coordinator")),
        Column("organisation_code", "VARCHAR", "where", required=True),
        Column("capacity", "INTEGER", "people the holder has room for: those proposed, and as many ordinary ones "
               "as the room left is for", unit="people", required=True, minimum="0"),
        Column("people", "INTEGER", "people proposed", unit="people", required=True, minimum="0"),
        Column("held", "INTEGER", "of them those already theirs by agreement", unit="people", minimum="0"),
        Column("sessions", "DOUBLE", "half-days worked", unit="sessions a week", minimum="0"),
        Column("room", "INTEGER", "time kept for people on the register; 0 on long leave", unit="minutes a week",
               minimum="0"),
        Column("minutes", "INTEGER", "what the people proposed take of it", unit="minutes a week", minimum="0"),
    ),
    order=("practitioner_code", "role", "organisation_code"),
    room="assign",
    per="area",
    fhir="PractitionerRole",
)  # fmt: skip
