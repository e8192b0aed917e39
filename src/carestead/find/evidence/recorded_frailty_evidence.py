"""The records behind each recorded grade of frailty."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.scores import recorded_frailty

step = SetStep(
    "recorded_frailty_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=("item_fact",),
    gives="evidence",
    references=(recorded_frailty.grades,),
)
