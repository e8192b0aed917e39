"""Polypharmacy: how many medicines a person takes, by one named definition."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.bands import band_table
from carestead.find.medicines.medicine_count import choice
from carestead.reference import load

_facts = load("scores", "polypharmacy")

PARAMS = choice(_facts["definition"])

step = SetStep(
    "polypharmacy",
    Path(__file__).with_suffix(".sql"),
    reads=("medicine_count",),
    gives="score",
    references=(band_table("polypharmacy_band", _facts["bands"]),),
    params={"definition": PARAMS["definition"]},
)
