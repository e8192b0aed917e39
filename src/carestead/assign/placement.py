"""The people of the register as people to be placed."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "placement",
    Path(__file__).with_suffix(".sql"),
    reads=("register_entry", "person", "practice", "relationship"),
    gives="placement",
    per="area",
)
