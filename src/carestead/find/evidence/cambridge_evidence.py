"""The records behind each Cambridge Multimorbidity Score."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.conditions import long_term_condition
from carestead.find.scores import cambridge

step = SetStep(
    "cambridge_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=("long_term_condition", "item_fact", "prescribed"),
    gives="evidence",
    references=(cambridge.weights, long_term_condition.way_table(), long_term_condition.prescription_table()),
)
