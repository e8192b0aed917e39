"""The step that gives `person`: one row a person, from what each source says of them."""

from pathlib import Path

from carestead.core.step import SetStep

step = SetStep(
    name="person",
    sql=Path(__file__).with_suffix(".sql"),
    reads=("patient", "registration", "source"),
    gives="person",
    per="bucket",
)
