"""The clinicians behind each share of continuity."""

from pathlib import Path

from carestead.core.step import SetStep
from carestead.find.scores.continuity import LEAST_CONTACTS

step = SetStep(
    "continuity_evidence",
    Path(__file__).with_suffix(".sql"),
    reads=("contact_count",),
    gives="evidence",
    params={
        "least_of_usual": LEAST_CONTACTS["usual-provider-continuity"],
        "least_of_pairs": LEAST_CONTACTS["bice-boxerman"],
    },
)
