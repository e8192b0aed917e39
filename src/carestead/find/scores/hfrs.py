"""Hospital Frailty Risk Score (Gilbert 2018): 109 ICD-10 codes of hospital stays over two years."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.bands import band_table
from carestead.reference import load

_facts = load("scores", "hfrs")

TENTHS = 10

points = ReferenceTable(
    "hfrs_points",
    {"icd10": "VARCHAR", "tenths": "INTEGER"},
    tuple((icd10, round(value * TENTHS)) for icd10, value in _facts["points"].items()),
)

step = SetStep(
    "hfrs",
    Path(__file__).with_suffix(".sql"),
    reads=("diagnosis", "code"),
    gives="score",
    references=(points, band_table("hfrs_band", _facts["bands"], scale=TENTHS)),
    params={"lookback_years": _facts["lookback_years"]},
)
