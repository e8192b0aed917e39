"""Contract table `registration`: a person's registration with a practice."""

from carestead.tables.schema import PROVENANCE, Column, Table, person_id, row_key

TABLE = Table(
    "registration",
    "A person's registration with a GP practice, from start up to but without end.",
    (
        person_id(),
        row_key(),
        Column("practice_code", "VARCHAR", "the practice (table organisation)", required=True),
        Column("start_date", "DATE", "first day registered; null when the source does not say"),
        Column("end_date", "DATE", "first day no longer registered; null while registered"),
        Column("usual_gp_code", "VARCHAR", "the GP the practice names as usual (table practitioner)"),
        *PROVENANCE,
    ),
    order=("person_id", "start_date", "practice_code", "source_id", "file_id", "source_row"),
    fhir="Patient.generalPractitioner, EpisodeOfCare",
)
