"""Contract table `segment_count`: people counted by practice, segment and age band; no person."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "segment_count",
    "People of one bucket by practice, segment and age band: what planners read. Sum over rows; withhold small sums.",
    (
        Column("practice_code", "VARCHAR", "the practice they are registered with", required=True),
        Column("segment", "VARCHAR", "which segment", required=True),
        Column("age_band", "VARCHAR", "such as 65-74 or 85+; unknown without a date of birth", required=True),
        Column("people", "BIGINT", "how many", unit="people", required=True, minimum="1"),
    ),
    order=("practice_code", "segment", "age_band"),
    room="find",
)
