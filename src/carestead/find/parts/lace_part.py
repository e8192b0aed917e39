"""The parts of LACE (van Walraven 2010) at a person's last discharge."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.bands import point_table
from carestead.reference import load

_facts = load("scores", "lace")

codes = ReferenceTable(
    "lace_code",
    {"prefix": "VARCHAR", "comorbidity": "VARCHAR", "points": "INTEGER", "under": "VARCHAR"},
    tuple(
        (str(prefix), name, facts["points"], facts.get("under"))
        for name, facts in _facts["comorbidities"].items()
        for prefix in facts["icd10"]
    ),
)

step = SetStep(
    "lace_part",
    Path(__file__).with_suffix(".sql"),
    reads=("discharge", "diagnosis", "code"),
    gives="score_part",
    references=(codes, point_table("lace_point", _facts["parts"])),
    params={"comorbidity_years": _facts["comorbidity_years"], "acute": _facts["acute_admission"]},
)
