"""The last decision about each person: of several, the latest counts."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    "register_answer", Path(__file__).with_suffix(".sql"), reads=("decision",), gives="register_answer", per="area"
)
