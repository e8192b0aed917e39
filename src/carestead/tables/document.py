"""Contract table `document`: letters, summaries, plans made elsewhere."""

from carestead.tables.schema import PROVENANCE, Column, Table, code, key, person_id, row_key

TABLE = Table(
    "document",
    "A letter, a summary or a plan somebody wrote about a person.",
    (
        person_id(),
        Column("date", "DATE", "when it was written", minimum="1890-01-01"),
        code("type_id", "what sort of document"),
        Column("title", "VARCHAR", "title as sent"),
        Column("status", "VARCHAR", "current, superseded, as sent"),
        Column("author_organisation_code", "VARCHAR", "who wrote it"),
        Column("content_type", "VARCHAR", "media type"),
        Column("location", "VARCHAR", "where the source keeps it"),
        key("encounter_key", "the encounter it belongs to (row_key of encounter)"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "date", "title", "source_id", "file_id", "source_row"),
    fhir="DocumentReference, Composition, CarePlan",
)
