"""The last two days' values of the measurements that some score's `last_values` name."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.measurements import code_table
from carestead.reference import load, names

WANTED = sorted({v["measurement"] for s in names("scores") for v in load("scores", s).get("last_values", {}).values()})

step = SetStep(
    "last_value",
    Path(__file__).with_suffix(".sql"),
    reads=("event", "code"),
    gives="last_value",
    references=(code_table(WANTED),),
)
