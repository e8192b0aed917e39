"""Step `activity`: the counts of the buckets added up. It reads no person."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "activity",
    Path(__file__).with_suffix(".sql"),
    reads=("activity_count",),
    gives="activity",
    per="area",
)
