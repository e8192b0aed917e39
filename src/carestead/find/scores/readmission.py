"""LACE and HOSPITAL: how likely a return to hospital within thirty days is, at a person's last discharge."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.bands import band_table
from carestead.reference import load

SCORES = ("hospital", "lace")

steps = [
    SetStep(
        score,
        Path(__file__).with_name(f"{score}.sql"),
        reads=("score_part",),
        gives="score",
        references=(band_table(f"{score}_band", load("scores", score)["bands"]),),
    )
    for score in SCORES
]
