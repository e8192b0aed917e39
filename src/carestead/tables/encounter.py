"""Contract table `encounter`: admissions, attendances, appointments, contacts."""

from carestead.tables.schema import PROVENANCE, Column, Table, code, person_id, row_key

TABLE = Table(
    "encounter",
    "A meeting of a person with a service: an admission, an attendance, an appointment, a contact.",
    (
        person_id(),
        Column("start_date", "DATE", "day it began", minimum="1890-01-01"),
        Column("end_date", "DATE", "day it ended; null while it goes on"),
        Column(
            "kind",
            "VARCHAR",
            "what sort of meeting",
            required=True,
            allowed=(
                "admission",
                "emergency-attendance",
                "outpatient",
                "gp-appointment",
                "community-contact",
                "mental-health-contact",
                "social-care-contact",
                "other",
            ),
        ),
        Column(
            "method",
            "VARCHAR",
            "how it came about",
            allowed=("emergency", "elective", "transfer", "maternity", "unknown"),
        ),
        Column("attended", "BOOLEAN", "false when the person did not attend or it was cancelled"),
        Column("length_of_stay", "INTEGER", "nights of an admission", unit="days", minimum="0"),
        Column("currency", "VARCHAR", "what it is paid by: HRG or another currency's code"),
        Column("specialty", "VARCHAR", "treatment function or main specialty code"),
        code("reason_id", "why, where one code is given"),
        Column(
            "discharge_destination",
            "VARCHAR",
            "where the person went",
            allowed=("usual-residence", "care-home", "other-hospital", "died", "other"),
        ),
        Column("practitioner_code", "VARCHAR", "clinician seen"),
        Column("organisation_code", "VARCHAR", "provider or practice"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "start_date", "kind", "source_id", "file_id", "source_row"),
    fhir="Encounter, Appointment",
)
