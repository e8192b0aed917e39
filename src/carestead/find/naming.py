"""What the parts of a score are called, by its reference file."""

from carestead.find.diagnoses.diagnosis_scores import label
from carestead.find.risk.terms import labels as risk_labels
from carestead.reference import load, names

ADDED = {"age": "Age", "floor": "Raised to the least the score can be"}
"""Parts that no map of codes names."""


def item_name(score: str, item: str) -> str:
    """What a part of a score is called; a code, and whatever no file names, stands for itself."""
    facts = load("scores", score) if score in names("scores") else {}
    if "icd10" in facts:
        return ADDED.get(item) or label(score, item)
    labels = {**risk_labels(), **facts["features"]} if "features" in facts else facts.get("deficits")
    return str(labels.get(item, item)) if isinstance(labels, dict) else item
