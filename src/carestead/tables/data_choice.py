"""Contract table `data_choice`: what the National Data Opt-Out service said of people."""

from carestead.tables.schema import PROVENANCE, Column, Table, person_id, row_key

TABLE = Table(
    "data_choice",
    "What the National Data Opt-Out service answered: a list of people who have opted out, or the cleaned list of those "
    "who have not.",
    (
        person_id(),
        Column(
            "choice",
            "VARCHAR",
            "what the list says of the people on it",
            required=True,
            allowed=("opted-out", "not-opted-out"),
        ),
        Column("date", "DATE", "when it was asked, where the list says", minimum="2018-05-25"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "date", "choice", "source_id", "file_id", "source_row"),
    fhir="Consent",
)
