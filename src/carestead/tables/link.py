"""Contract table `link`: which source's record is which person."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "link",
    "Each source's record of somebody and the person it was linked to. Undoing a merge is a decision that parts rows.",
    (
        Column("source_id", "SMALLINT", "the source", required=True),
        Column("source_person_id", "VARCHAR", "the record's id there", required=True),
        Column("person_id", "INTEGER", "the person", required=True, minimum="0"),
        Column(
            "method",
            "VARCHAR",
            "what joined it",
            required=True,
            allowed=("alone", "nhs-number", "rule", "model", "decision"),
        ),
        Column(
            "match_weight",
            "DOUBLE",
            "log2 of the Bayes factor of the strongest joining pair; null when alone",
            unit="bits",
        ),
        Column("linked_to_source_id", "SMALLINT", "the other record of that pair: its source"),
        Column("linked_to_source_person_id", "VARCHAR", "the other record of that pair: its id there"),
    ),
    order=("source_id", "source_person_id"),
    room="record",
    per="area",
    fhir="Patient.link",
)
