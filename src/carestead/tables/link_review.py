"""Contract table `link_review`: doubtful pairs for a person to look at."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "link_review",
    "Two records that may be one person: too doubtful to join, too alike to leave.",
    (
        Column("source_id_a", "SMALLINT", "first record: source", required=True),
        Column("source_person_id_a", "VARCHAR", "first record: id", required=True),
        Column("source_id_b", "SMALLINT", "second record: source", required=True),
        Column("source_person_id_b", "VARCHAR", "second record: id", required=True),
        Column("match_probability", "DOUBLE", "probability that they are one person", minimum="0", maximum="1"),
        Column("match_weight", "DOUBLE", "log2 of the Bayes factor", unit="bits"),
        Column(
            "reason",
            "VARCHAR",
            "why it was not joined",
            required=True,
            allowed=("doubtful", "different-nhs-numbers", "shared-nhs-number"),
        ),
    ),
    order=("source_id_a", "source_person_id_a", "source_id_b", "source_person_id_b"),
    room="record",
    per="area",
    fhir="Patient.link",
)
