"""How often each person met, or missed, each kind of service in the last year: the one count of encounters."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "meeting_count",
    Path(__file__).with_suffix(".sql"),
    reads=("encounter", "hospital_visit"),
    gives="meeting_count",
)
