"""What the names of medicines say, read once a code."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.medicines import ingredients

step = SetStep(
    "medicine_name",
    Path(__file__).with_suffix(".sql"),
    reads=("code",),
    gives="medicine_name",
    per="area",
    references=(ingredients.phrase_table(), ingredients.local_use()[0]),
)
