"""Contract table `data_choice`: what the National Data Opt-Out service answered. Holds NHS numbers."""

from carestead.tables.schema import PROVENANCE, Column, Table, row_key

TABLE = Table(
    "data_choice",
    "A line of what the National Data Opt-Out service answered, which knows people by NHS number alone: a list of "
    "people who have opted out, or the cleaned list of those who have not. Only the newest of each counts.",
    (
        row_key(),
        Column("nhs_number", "VARCHAR", "NHS number as sent, spaces removed", required=True),
        Column(
            "choice",
            "VARCHAR",
            "what the list says of the people on it",
            required=True,
            allowed=("opted-out", "not-opted-out"),
        ),
        *PROVENANCE,
    ),
    order=("nhs_number", "choice", "source_id", "file_id", "source_row"),
    per="area",
    fhir="Consent",
)
