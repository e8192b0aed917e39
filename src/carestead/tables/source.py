"""Contract table `source`: the suppliers of records."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "source",
    "A supplier of records. Ids are unique only within a source.",
    (
        Column("source_id", "SMALLINT", "the number", required=True, unique=True),
        Column("name", "VARCHAR", "short name, as in source.yaml or the folder's name", required=True, unique=True),
        Column("title", "VARCHAR", "name for people"),
        Column(
            "kind",
            "VARCHAR",
            "what sort of supplier; `gp` is believed first on demographics",
            allowed=("gp", "acute", "community", "mental-health", "social-care", "voluntary", "other"),
        ),
        Column("organisation_code", "VARCHAR", "its organisation"),
        Column("expected_every_days", "SMALLINT", "how often a delivery is due", unit="days", minimum="1"),
        Column("last_delivery", "DATE", "date of the newest delivery"),
    ),
    order=("source_id",),
    per="area",
    fhir="Organization, Device",
)
