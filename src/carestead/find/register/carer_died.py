"""Sudden entries of people whose carer has died. The carer is somebody else: this looks at the whole area."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.register.rule import rule, sudden

step = SetStep(
    "carer_died",
    Path(__file__).with_suffix(".sql"),
    reads=("relationship", "link", "person"),
    gives="sudden_entry",
    per="area",
    params={"kept_days": rule()["kept_days"], "carer_days": sudden("carer-died")["days"]},
)
