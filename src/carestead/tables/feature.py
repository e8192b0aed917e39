"""Contract table `feature`: what the register's rule asks about a person."""

from carestead.tables.schema import Column, Table, person_id


def _count(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "INTEGER", meaning, unit=unit, required=True, minimum="0")


TABLE = Table(
    "feature",
    "What a rule for the register asks about a person, besides scores. One row for each person alive and registered.",
    (
        person_id(unique=True),
        Column("practice_code", "VARCHAR", "the practice of registration", required=True),
        Column("age", "INTEGER", "on the run's date; null when the date of birth is not known", unit="whole years"),
        _count("emergency_admissions", "stays in hospital that began as an emergency, in the last year", "admissions"),
        _count("emergency_attendances", "days at an emergency department, in the last year", "attendances"),
        _count("emergency_bed_days", "nights of those emergency admissions", "days"),
        _count("admissions_elective", "stays in hospital that were planned, begun in the last year", "admissions"),
        _count("outpatient_attendances", "days with an outpatient attendance, in the last year", "attendances"),
        _count("gp_contacts", "days with an appointment attended at a practice, in the last year", "contacts"),
        _count("contacts", "meetings with any service in the last year, a kind and day one", "contacts"),
        _count("missed_appointments", "appointments missed or cancelled in the last year", "appointments"),
        Column("last_contact", "DATE", "the last meeting with any service, attended"),
        Column("home_care", "BOOLEAN", "true while home care is arranged", required=True),
        Column("care_home", "BOOLEAN", "true while living in a residential or nursing home", required=True),
    ),
    order=("person_id",),
    room="find",
    fhir="Observation",
)
