"""Contract table `evidence`: the rows behind each score."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "evidence",
    "A row behind a score: the points of one person's evidence rows add up to the score's value.",
    (
        person_id(),
        Column("score", "VARCHAR", "which score", required=True),
        Column("item", "VARCHAR", "the part of the score it counts for, e.g. a deficit or a code", required=True),
        code(meaning="what was recorded; null where the reason is a count or a length of time"),
        Column("date", "DATE", "when; the first time, where several records say the same"),
        Column("last_date", "DATE", "the last time, where several records say the same"),
        Column("times", "INTEGER", "how many records say it", unit="records", minimum="1"),
        Column("value", "DOUBLE", "the value measured or counted, where that is the reason"),
        Column("points", "DOUBLE", "what it adds; nought for what is already counted", required=True),
        Column("origin", "VARCHAR", "the contract table that holds the record"),
        Column("source_id", "SMALLINT", "which source said it (table source)"),
        Column("file_id", "INTEGER", "which delivered file (table file)"),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "score", "item", "date", "code_id", "source_id", "file_id", "source_row"),
    room="find",
    fhir="RiskAssessment.basis",
)
