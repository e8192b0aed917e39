"""The register: people a clinician has agreed to, and people proposed to one, each with reasons."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.register.rule import list_table, rule

step = SetStep(
    "register",
    Path(__file__).with_suffix(".sql"),
    reads=("register_candidate", "cohort_member", "register_answer"),
    gives="register_entry",
    per="area",
    references=(list_table(),),
    params={"rule": rule()["id"]},
)
