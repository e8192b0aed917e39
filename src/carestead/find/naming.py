"""What the parts of a score are called, by its reference file."""

from carestead.find.diagnoses.diagnosis_scores import label
from carestead.find.risk.terms import labels as risk_labels
from carestead.find.words import in_words
from carestead.reference import names, shared

ADDED = {"age": "Age", "floor": "Raised to the least the score can be"}
"""Parts that no map of codes names."""


def item_name(score: str, item: str) -> str:
    """What a part of a score is called; a code stands for itself."""
    facts = shared("scores", score) if score in names("scores") else {}
    if "icd10" in facts:
        return ADDED.get(item) or label(score, item)
    labels = {**risk_labels(), **facts["features"]} if "features" in facts else facts.get("deficits")
    named = labels.get(item) if isinstance(labels, dict) else None
    return str(named or (in_words(item) if item.islower() else item))
