"""Contract table `practice`: one row a practice of the area, made by the record."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "practice",
    "One row a GP practice: from organisation rows of kind practice and from registrations.",
    (
        Column("practice_code", "VARCHAR", "ODS code", required=True, unique=True),
        Column("name", "VARCHAR", "name; the code when no source names it", required=True),
        Column("group_code", "VARCHAR", "the group of practices it belongs to"),
        Column("list_size", "INTEGER", "people alive and registered on the run's date", unit="people", minimum="0"),
        Column("gps", "INTEGER", "GPs working there on the run's date", unit="people", minimum="0"),
        Column("gp_sessions", "DOUBLE", "their sessions together", unit="sessions a week", minimum="0"),
    ),
    order=("practice_code",),
    room="record",
    per="area",
    fhir="Organization",
)
