"""Contract table `feature`: what the register's rule asks about a person."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "feature",
    "What a rule for the register asks about a person, besides scores. One row for each person alive and registered.",
    (
        person_id(unique=True),
        Column("practice_code", "VARCHAR", "the practice of registration", required=True),
        Column("age", "INTEGER", "on the run's date; null when the date of birth is not known", unit="whole years"),
        Column(
            "emergency_admissions",
            "INTEGER",
            "days on which an emergency admission began, in the last year",
            unit="admissions",
            required=True,
            minimum="0",
        ),
        Column(
            "emergency_attendances",
            "INTEGER",
            "days with an attendance at an emergency department, in the last year",
            unit="attendances",
            required=True,
            minimum="0",
        ),
        Column(
            "emergency_bed_days",
            "INTEGER",
            "nights of those emergency admissions",
            unit="days",
            required=True,
            minimum="0",
        ),
        Column("last_contact", "DATE", "the last meeting with any service, attended"),
        Column("home_care", "BOOLEAN", "true while home care is arranged", required=True),
        Column("care_home", "BOOLEAN", "true while living in a residential or nursing home", required=True),
    ),
    order=("person_id",),
    room="find",
    fhir="Observation",
)
