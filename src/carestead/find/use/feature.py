"""What the register's rule asks about each person, besides scores: made once a bucket, read by the whole area."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "feature",
    Path(__file__).with_suffix(".sql"),
    reads=("person", "meeting_count", "hospital_visit", "care_package"),
    gives="feature",
)
