"""Contract table `recorded_index`: frailty indices that were worked out elsewhere, as sent with the record."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "recorded_index",
    "A frailty index worked out elsewhere, where its value is possible: the score takes the latest, and its "
    "evidence shows them all.",
    (
        person_id(),
        Column("score", "VARCHAR", "which index, e.g. recorded_efi", required=True),
        Column("date", "DATE", "when; null when the source gives none, which counts as the oldest"),
        code(required=True),
        Column("sent", "DOUBLE", "the value as sent", required=True),
        Column("value", "DOUBLE", "the index: a share of its deficits is turned into the count it came from",
               required=True, minimum="0"),
        Column("is_latest", "BOOLEAN", "whether it is the one that counts", required=True),
        Column("source_id", "SMALLINT", "which source sent it", required=True),
        Column("file_id", "INTEGER", "which delivered file", required=True),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "score", "date", "code_id", "source_id", "file_id", "source_row"),
    room="find",
    fhir="RiskAssessment",
)  # fmt: skip
