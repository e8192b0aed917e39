"""The diagnoses behind each Hospital Frailty Risk Score."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.scores import hfrs

step = SetStep(
    "hfrs_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=hfrs.step.reads,
    gives="evidence",
    references=(hfrs.points,),
    params=hfrs.step.params,
)
