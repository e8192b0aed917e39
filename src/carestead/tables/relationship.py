"""Contract table `relationship`: carers and households."""

from carestead.tables.schema import PROVENANCE, Column, Table, person_id, row_key

TABLE = Table(
    "relationship",
    "How a person stands to another, or to a household.",
    (
        person_id(),
        Column(
            "kind",
            "VARCHAR",
            "what the other is to the person",
            required=True,
            allowed=("carer", "cared-for", "household", "next-of-kin", "partner", "parent", "child", "other"),
        ),
        Column("related_person", "VARCHAR", "the other's id at the same source; for a household, its id"),
        Column("related_name", "VARCHAR", "the other's name, when they are not on any list"),
        Column("related_phone", "VARCHAR", "how to reach them"),
        Column("start_date", "DATE", "since"),
        Column("end_date", "DATE", "until; null while it lasts"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "kind", "related_person", "source_id", "file_id", "source_row"),
    fhir="RelatedPerson",
)
