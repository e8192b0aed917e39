"""Step `registered`: settle overlapping registrations, so that on each day a person counts at one practice."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "registered",
    Path(__file__).with_suffix(".sql"),
    reads=("registration", "person", "source"),
    gives="registered",
)
