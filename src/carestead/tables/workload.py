"""Contract table `workload`: each holder's room and what the proposal puts on them."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "workload",
    "A GP's or coordinator's capacity and the people proposed for them.",
    (
        Column("practitioner_code", "VARCHAR", "the holder", required=True),
        Column("role", "VARCHAR", "as what", required=True, allowed=("gp", "care-coordinator")),
        Column("organisation_code", "VARCHAR", "where", required=True),
        Column("capacity", "INTEGER", "people the holder has room for", unit="people", required=True, minimum="0"),
        Column("people", "INTEGER", "people proposed", unit="people", required=True, minimum="0"),
    ),
    order=("practitioner_code", "role", "organisation_code"),
    room="assign",
    per="area",
    fhir="PractitionerRole",
)
