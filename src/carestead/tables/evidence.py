"""Contract table `evidence`: the rows behind each score."""

from carestead.tables.schema import PROVENANCE, Column, Table, code, person_id

TABLE = Table(
    "evidence",
    "A row behind a score: the points of one person's evidence rows add up to the score's value.",
    (
        person_id(),
        Column("score", "VARCHAR", "which score", required=True),
        Column("item", "VARCHAR", "the part of the score it counts for, e.g. a deficit or a code", required=True),
        code(required=True),
        Column("date", "DATE", "when"),
        Column("value", "DOUBLE", "the value measured, where that is the reason"),
        Column("points", "DOUBLE", "what it adds; nought for a repeat of an item already counted", required=True),
        *PROVENANCE,
    ),
    order=("person_id", "score", "item", "date", "code_id", "source_id", "file_id", "source_row"),
    room="find",
    fhir="RiskAssessment.basis",
)
