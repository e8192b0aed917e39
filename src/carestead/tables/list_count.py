"""Contract table `list_count`: registered people counted by practice, month and age band; no person."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "list_count",
    "People of one bucket registered and alive on the first day of a month: what payment by head reads.",
    (
        Column("month", "DATE", "first day of the month, on which people are counted", required=True),
        Column("practice_code", "VARCHAR", "the practice they are registered with", required=True),
        Column("age_band", "VARCHAR", "band of the capitation rates; unknown without a date of birth", required=True),
        Column("people", "BIGINT", "how many", unit="people", required=True, minimum="0"),
    ),
    order=("month", "practice_code", "age_band"),
    room="commission",
)
