"""Contract table `practitioner`: clinicians and coordinators, with the time they have."""

from carestead.tables.schema import PROVENANCE, Column, Table, row_key

TABLE = Table(
    "practitioner",
    "A clinician or coordinator at an organisation, with the time they have.",
    (
        row_key(),
        Column("practitioner_code", "VARCHAR", "the person's code within the area, e.g. GMC number", required=True),
        Column("name", "VARCHAR", "name as shown to colleagues"),
        Column(
            "role",
            "VARCHAR",
            "what they do",
            required=True,
            allowed=(
                "gp",
                "nurse",
                "care-coordinator",
                "pharmacist",
                "social-worker",
                "consultant",
                "therapist",
                "other",
            ),
        ),
        Column("organisation_code", "VARCHAR", "where they work (table organisation)"),
        Column("sessions", "DOUBLE", "half-days worked", unit="sessions a week", minimum="0", maximum="14"),
        Column("sex", "VARCHAR", "administrative sex", allowed=("female", "male", "other", "unknown")),
        Column("birth_year", "SMALLINT", "year of birth, for planning of retirements", minimum="1930", maximum="2010"),
        Column("leave_start", "DATE", "first day of the current or next long leave"),
        Column("leave_end", "DATE", "first day back"),
        *PROVENANCE,
    ),
    order=("practitioner_code", "organisation_code", "source_id", "file_id", "source_row"),
    per="area",
    fhir="Practitioner, PractitionerRole",
)
