"""Why somebody came onto the register or left it, compared with the newest earlier day."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.register.rule import rule

step = SetStep(
    "register_change",
    Path(__file__).with_suffix(".sql"),
    reads=("register_entry", "register_candidate", "register_before", "person", "feature", "register_answer"),
    gives="register_change",
    per="area",
    params={"from_age": rule()["from_age"]},
)
