"""Contract table `score`: scores of people."""

from carestead.tables.schema import Column, Table, person_id

TABLE = Table(
    "score",
    "A score of a person on the run's date. People without a row score nought, "
    "or have none where the score's reference file says so (`without_a_row`).",
    (
        person_id(),
        Column("score", "VARCHAR", "which score: the stem of its files, e.g. hfrs, efi", required=True),
        Column("value", "DOUBLE", "its value, in the unit of its reference file", required=True),
        Column("band", "VARCHAR", "its band, by the reference file"),
    ),
    order=("person_id", "score"),
    room="find",
    fhir="RiskAssessment",
)
