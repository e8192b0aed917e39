"""The medicines behind each count of medicines."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.scores import polypharmacy

step = SetStep(
    "polypharmacy_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=("medicine_history",),
    gives="evidence",
    params={"counts": polypharmacy.PARAMS["counts"]},
)
