"""The stays, attendances and counts of meetings behind each score of use."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "use_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=("hospital_visit", "meeting_count"),
    gives="evidence",
)
