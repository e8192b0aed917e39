"""Contract table `care_package`: social care a council or a fund pays for."""

from carestead.tables.schema import PROVENANCE, Column, Table, person_id, row_key

TABLE = Table(
    "care_package",
    "Social care arranged for a person: home care, a care home, equipment, day care.",
    (
        person_id(),
        Column(
            "kind",
            "VARCHAR",
            "what sort of care",
            required=True,
            allowed=(
                "home-care",
                "residential",
                "nursing",
                "day-care",
                "equipment",
                "direct-payment",
                "reablement",
                "other",
            ),
        ),
        Column("start_date", "DATE", "first day", minimum="1890-01-01"),
        Column("end_date", "DATE", "last day; null while it goes on"),
        Column("hours_per_week", "DOUBLE", "hours of care", unit="hours a week", minimum="0", maximum="168"),
        Column("weekly_cost_pence", "BIGINT", "price", unit="pence a week", minimum="0"),
        Column("provider_code", "VARCHAR", "who gives it (table organisation)"),
        Column("funder_code", "VARCHAR", "who pays (table organisation)"),
        row_key(),
        *PROVENANCE,
    ),
    order=("person_id", "start_date", "kind", "source_id", "file_id", "source_row"),
    fhir="ServiceRequest, CarePlan.activity",
)
