"""The separate lists, each ranked by itself at each practice."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.register.rule import criterion_table, list_table, rule, value_table

step = SetStep(
    "cohort",
    Path(__file__).with_suffix(".sql"),
    reads=("feature", "score", "flag", "segment", "need", "sudden_entry", "register_before"),
    gives="cohort_member",
    per="area",
    references=(criterion_table(), list_table(), value_table()),
    params={"from_age": rule()["from_age"]},
)
