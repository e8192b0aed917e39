"""Contract table `hospital_visit`: each stay in hospital and each day at an emergency department, once."""

from carestead.tables.schema import PROVENANCE, Column, Table, person_id

TABLE = Table(
    "hospital_visit",
    "A stay in hospital, or a day at an emergency department, up to the run's date: each once, however many suppliers, "
    "wards and hospitals told of it. A chain of transfers is one stay.",
    (
        person_id(),
        Column("kind", "VARCHAR", "which of the two", required=True, allowed=("admission", "emergency-attendance")),
        Column("start_date", "DATE", "day it began", required=True),
        Column("end_date", "DATE", "day it ended; null while it goes on"),
        Column("nights", "INTEGER", "nights of it, up to the run's date", unit="days", required=True, minimum="0"),
        Column("method", "VARCHAR", "how it came about, by its first day; an emergency where any row says so"),
        Column("specialty", "VARCHAR", "treatment function or main specialty code at its end"),
        Column("discharge_destination", "VARCHAR", "where the person went from the last hospital of it"),
        Column("times", "INTEGER", "how many records tell of it", unit="records", required=True, minimum="1"),
        *PROVENANCE,
    ),
    order=("person_id", "kind", "start_date"),
    room="find",
    fhir="Encounter",
)
