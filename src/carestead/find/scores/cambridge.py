"""Cambridge Multimorbidity Score (Payne 2020): 20 conditions, with general weights and with those of mortality."""

from pathlib import Path

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.conditions.long_term_condition import FACTS

HUNDREDTHS = 100
_KINDS = {"cambridge": "general", "cambridge-mortality": "mortality"}

weights = ReferenceTable(
    "cambridge_weight",
    {"score": "VARCHAR", "condition": "VARCHAR", "hundredths": "INTEGER"},
    tuple(
        (score, condition, round(said[kind] * HUNDREDTHS))
        for score, kind in _KINDS.items()
        for condition, said in FACTS["conditions"].items()
    ),
)

step = SetStep(
    "cambridge",
    Path(__file__).with_suffix(".sql"),
    reads=("long_term_condition",),
    gives="score",
    references=(weights,),
)
