"""Contract table `discharge`: the last discharge from hospital of a person who came home lately."""

from carestead.tables.schema import PROVENANCE, Column, Table, person_id

TABLE = Table(
    "discharge",
    "The last stay in hospital that ended in the thirty days up to the run's date, of people who went home or to a "
    "care home from it and live: what scores at discharge are worked out from. Maternity stays are left out.",
    (
        person_id(unique=True),
        Column("start_date", "DATE", "day of admission", required=True),
        Column("end_date", "DATE", "day of discharge", required=True),
        Column("nights", "INTEGER", "nights between them", unit="days", required=True, minimum="0"),
        Column("method", "VARCHAR", "how the stay came about; unknown where no source says", required=True),
        Column("specialty", "VARCHAR", "treatment function or main specialty code at discharge"),
        Column(
            "emergency_visits",
            "INTEGER",
            "days at an emergency department in the six months before admission, without the one that led to it",
            unit="days",
            required=True,
            minimum="0",
        ),
        Column("first_visit", "DATE", "the first of them"),
        Column("last_visit", "DATE", "the last of them"),
        Column(
            "admissions",
            "INTEGER",
            "stays begun in the year before admission",
            unit="stays",
            required=True,
            minimum="0",
        ),
        Column("first_admission", "DATE", "when the first of them began"),
        Column("last_admission", "DATE", "when the last of them began"),
        *PROVENANCE,
    ),
    order=("person_id",),
    room="find",
    fhir="Encounter.hospitalization",
)
