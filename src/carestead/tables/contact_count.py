"""Contract table `contact_count`: how often a person saw each clinician."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "contact_count",
    "How often a person met each clinician of a practice in the two years up to the run's date.",
    (
        person_id(),
        Column("practitioner_code", "VARCHAR", "the clinician", required=True),
        Column("contacts", "INTEGER", "attended appointments", unit="appointments", required=True, minimum="1"),
        Column("last_date", "DATE", "the last of them", required=True),
    ),
    order=("person_id", "practitioner_code"),
    room="assign",
    fhir="Appointment",
)
