"""Contract table `familiar_clinician`: the clinicians whom people on the register know."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "familiar_clinician",
    "Rows of contact_count about people on the register: small enough to decide by.",
    (
        person_id(),
        Column("practitioner_code", "VARCHAR", "the clinician", required=True),
        Column("contacts", "INTEGER", "attended appointments", unit="appointments", required=True, minimum="1"),
    ),
    order=("person_id", "practitioner_code"),
    room="assign",
    per="area",
    fhir="Appointment",
)
