"""Who of the lists is proposed: those with a clinician's yes first, then by place, steady between runs."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.register.rule import list_table

step = SetStep(
    "register_candidate",
    Path(__file__).with_suffix(".sql"),
    reads=("cohort_member", "feature", "register_answer", "register_before", "register_place"),
    gives="register_candidate",
    per="area",
    references=(list_table(),),
)
