"""Contract table `activity_count`: activity counted within one bucket of people; no person."""

from carestead.tables.activity import TABLE as ACTIVITY
from carestead.tables.schema import Table

TABLE = Table(
    "activity_count",
    "Activity of one bucket of people, counted like activity, which adds the buckets up. It names nobody.",
    ACTIVITY.columns,
    order=ACTIVITY.order,
    room="commission",
)
