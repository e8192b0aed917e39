"""Frailty indices worked out elsewhere (eFI, eFI2), each value where it is a possible one."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.reference import load

SCORES = ("recorded_efi", "recorded_efi2")
FACTS = {name: load("scores", name) for name in SCORES}
"""The reference file of each index."""

codes = ReferenceTable(
    "recorded_code",
    {"score": "VARCHAR", "system": "VARCHAR", "code": "VARCHAR", "items": "INTEGER"},
    tuple(
        (score, system, code, facts.get("deficits"))
        for score, facts in FACTS.items()
        for system, listed in facts["codes"].items()
        for code in listed
    ),
)

step = SetStep(
    "recorded_index",
    Path(__file__).with_suffix(".sql"),
    reads=("event", "code"),
    gives="recorded_index",
    references=(codes,),
)
