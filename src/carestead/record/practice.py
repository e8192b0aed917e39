"""The step that gives `practice`: one row a GP practice of the area."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    name="practice",
    sql=Path(__file__).with_suffix(".sql"),
    reads=("organisation", "person", "practitioner", "source"),
    gives="practice",
    per="area",
)
