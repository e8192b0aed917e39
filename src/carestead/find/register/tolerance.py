"""A finding for each practice whose agreed register is below the tolerance."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "register_tolerance",
    Path(__file__).with_suffix(".sql"),
    reads=("register_place",),
    gives="finding",
    per="area",
)
