"""Contract table `meeting_count`: how often a person met each kind of service in the last year."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "meeting_count",
    "How often a person met, or missed, each kind of service in the year up to the run's date. Days of a kind are "
    "counted, not rows; of stays in hospital and attendances, those of table hospital_visit.",
    (
        person_id(),
        Column("kind", "VARCHAR", "what sort of meeting, as in table encounter", required=True),
        Column("attended", "INTEGER", "days attended in the year", unit="days", required=True, minimum="0"),
        Column("missed", "INTEGER", "days missed or cancelled in the year", unit="days", required=True, minimum="0"),
        Column("first_attended", "DATE", "the first day attended in the year"),
        Column("last_attended", "DATE", "the last day attended, of all the record"),
        Column("first_missed", "DATE", "the first day missed in the year"),
        Column("last_missed", "DATE", "the last day missed in the year"),
    ),
    order=("person_id", "kind"),
    room="find",
    fhir="Encounter, Appointment",
)
