"""Anticholinergic burden by named scale: a score a scale, each `anticholinergic-burden-<scale>`."""

from collections.abc import Sequence
from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.bands import band_table
from carestead.find.medicines.anticholinergic import SCALES
from carestead.find.medicines.ingredients import BURDEN
from carestead.reference import load


def bands(scales: Sequence[str]) -> ReferenceTable:
    """Table `anticholinergic_band`: the bands of each scale that has some."""
    facts = {BURDEN + scale: load("scores", BURDEN + scale).get("bands", ()) for scale in scales}
    rows = tuple((score, *row) for score, said in facts.items() for row in band_table(score, said).rows)
    columns = {"score": "VARCHAR", "band": "VARCHAR", "lowest": "INTEGER", "highest": "INTEGER"}
    return ReferenceTable("anticholinergic_band", columns, rows)


step = SetStep(
    "anticholinergic_burden",
    Path(__file__).with_suffix(".sql"),
    reads=("anticholinergic",),
    gives="score",
    references=(bands(SCALES),),
)
