"""How often each person met each clinician: what continuity is judged by."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "seen",
    Path(__file__).with_suffix(".sql"),
    reads=("encounter",),
    gives="contact_count",
)
