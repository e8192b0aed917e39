"""Frailty as a clinician recorded it: read, never worked out."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.reference import load

grades = ReferenceTable(
    "recorded_frailty_grade",
    {"item": "VARCHAR", "grade": "INTEGER"},
    tuple(load("scores", "recorded_frailty")["grades"].items()),
)

step = SetStep(
    "recorded_frailty",
    Path(__file__).with_suffix(".sql"),
    reads=("item_fact",),
    gives="score",
    references=(grades,),
)
