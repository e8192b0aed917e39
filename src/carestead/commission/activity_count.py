"""Step `activity_count`: what was done for the people of one bucket, counted for payment."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "activity_count",
    Path(__file__).with_suffix(".sql"),
    reads=("encounter", "care_package", "person", "registered", "source"),
    gives="activity_count",
)
