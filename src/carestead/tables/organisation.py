"""Contract table `organisation`: practices, trusts, councils, care providers."""

from carestead.tables.schema import PROVENANCE, Column, Table, row_key

TABLE = Table(
    "organisation",
    "A practice, trust, council, care provider or group of practices. A practice is a row with kind `practice`.",
    (
        row_key(),
        Column("organisation_code", "VARCHAR", "ODS code, or the source's own id where it has none", required=True),
        Column("name", "VARCHAR", "name"),
        Column(
            "kind",
            "VARCHAR",
            "what it is",
            allowed=(
                "practice",
                "group",
                "acute-trust",
                "community-trust",
                "mental-health-trust",
                "council",
                "care-home",
                "home-care",
                "voluntary",
                "other",
            ),
        ),
        Column("group_code", "VARCHAR", "the group of practices it belongs to"),
        Column("postcode", "VARCHAR", "postcode"),
        *PROVENANCE,
    ),
    order=("organisation_code", "source_id", "file_id", "source_row"),
    per="area",
    fhir="Organization",
)
