"""Who came home from hospital lately, with the visits before the stay: what scores at discharge read."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.reference import load

step = SetStep(
    "discharge",
    Path(__file__).with_suffix(".sql"),
    reads=("hospital_visit", "person"),
    gives="discharge",
    params=load("find", "discharge")["looks"],
)
