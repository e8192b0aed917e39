"""Contract table `anticholinergic`: the anticholinergic ingredients a person takes, with their points by scale."""

from carestead.tables.schema import Column, Table, code, person_id

TABLE = Table(
    "anticholinergic",
    "An ingredient with points on an anticholinergic scale that a person takes on the run's date; each once, however "
    "many of the person's medicines hold it.",
    (
        person_id(),
        Column("score", "VARCHAR", "the score of the scale, an id of reference/scores", required=True),
        Column("ingredient", "VARCHAR", "the ingredient", required=True),
        Column("points", "INTEGER", "its points", required=True, minimum="1"),
        code(meaning="the medicine last prescribed that holds it", required=True),
        Column("first_date", "DATE", "when it was first prescribed"),
        Column("last_date", "DATE", "when it was last prescribed"),
        Column("issues", "INTEGER", "prescriptions ever", unit="prescriptions", required=True, minimum="1"),
        Column("source_id", "SMALLINT", "which source the last is from"),
        Column("file_id", "INTEGER", "which delivered file"),
        Column("source_row", "BIGINT", "1-based line, entry or record number in that file"),
    ),
    order=("person_id", "score", "ingredient"),
    room="find",
    fhir="MedicationStatement",
)
