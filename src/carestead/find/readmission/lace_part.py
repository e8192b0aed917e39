"""The parts of LACE (van Walraven 2010) at a person's last discharge."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.bands import point_table
from carestead.reference import load

_facts = load("scores", "lace")

_map = load("icd10", _facts["comorbidity_map"])
_worse = _facts["worse"]

weights = ReferenceTable(
    "lace_weight",
    {"item": "VARCHAR", "points": "INTEGER", "under": "VARCHAR"},
    tuple(
        (group, points, _worse.get(group, {}).get("group") or _map["severer"].get(group))
        for group, points in _facts["comorbidities"].items()
    ),
)

worse = ReferenceTable(
    "lace_worse",
    {"mild": "VARCHAR", "worse": "VARCHAR", "prefix": "VARCHAR"},
    tuple((mild, facts["group"], prefix) for mild, facts in _worse.items() for prefix in facts["codes"]),
)

points = point_table("lace_point", _facts["parts"])

step = SetStep(
    "lace_part",
    Path(__file__).with_suffix(".sql"),
    reads=("discharge", "diagnosis", "icd10_group"),
    gives="score_part",
    references=(weights, worse, points),
    params={
        "map": _map["id"],
        "comorbidity_years": _facts["comorbidity_years"],
        "acute": _facts["acute_admission"],
    },
)
