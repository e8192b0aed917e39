"""Contract table `activity`: what was done, counted for payment; no person."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "activity",
    "Activity counted by month, provider, practice, kind and currency: what payment rules read. It names nobody.",
    (
        Column("month", "DATE", "first day of the month in which the activity ended", required=True),
        Column("provider_code", "VARCHAR", "who did it"),
        Column("practice_code", "VARCHAR", "practice of registration of the people"),
        Column("kind", "VARCHAR", "kind of encounter or care package", required=True),
        Column("method", "VARCHAR", "emergency, elective ..."),
        Column("currency", "VARCHAR", "HRG or another currency's code"),
        Column("age_band", "VARCHAR", "under-65 or 65-and-over on the day", required=True),
        Column("quantity", "BIGINT", "how many", unit="of the currency", required=True, minimum="0"),
        Column("bed_days", "BIGINT", "nights of admissions", unit="days", minimum="0"),
    ),
    order=("month", "provider_code", "practice_code", "kind", "method", "currency", "age_band"),
    room="commission",
    per="area",
)
