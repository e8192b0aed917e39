"""Contract table `share_choice`: what a person agreed that an audience may see of one part; the newest row counts."""

from carestead.tables.schema import Column, Table, instant, person_id

TABLE = Table(
    "share_choice",
    "What a person agreed that an audience may see of one part; the newest row counts.",
    (
        Column("id", "BIGINT", "the choice's number in the store", required=True, unique=True),
        person_id(),
        Column("part", "VARCHAR", "of what", required=True),
        Column("audience", "VARCHAR", "who may see it", required=True),
        Column("allowed", "BOOLEAN", "yes or no", required=True),
        instant("recorded_at", "when it was written down", required=True),
    ),
    order=("id",),
    room="store",
    per="area",
    fhir="Consent",
)
