"""Features and terms: what the model of risk sees of a person, and how it is written as numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from carestead.reference import load
from carestead.tables import table

NOT_FEATURES = {"person_id", "practice_code"}
Columns = Mapping[str, np.ndarray]
"""Feature name → float64 of one length; NaN where the value is not known."""


@dataclass(frozen=True, slots=True)
class Term:
    """What one coefficient belongs to: how far `feature` is above `low`, at most up to `high`; or, `for_missing`, 1
    where the feature is not known."""

    feature: str
    low: int
    high: int
    for_missing: bool = False

    def of(self, values: np.ndarray) -> np.ndarray:
        """The term's value for each person, whole numbers as float64."""
        if self.for_missing:
            return np.isnan(values).astype(float)
        return np.nan_to_num(np.clip(values, self.low, self.high) - self.low, nan=0.0)


@cache
def labels() -> dict[str, str]:
    """Every feature, in the order of table risk_feature, with its words."""
    return {c.name: c.meaning for c in table("risk_feature").columns if c.name not in NOT_FEATURES}


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the features. A deficit is a term from 0 to 1."""
    facts = load("find", "risk")["features"]
    return tuple(t for name in labels() for t in _terms(name, facts.get(name, {"terms": [[0, 1]]})))


def _terms(name: str, facts: Mapping[str, Any]) -> Iterator[Term]:
    yield from (Term(name, low, high) for low, high in facts["terms"])
    if facts.get("missing"):
        yield Term(name, 0, 0, for_missing=True)


def design(columns: Columns, of: tuple[Term, ...] | None = None) -> np.ndarray:
    """People × terms, as float64."""
    return np.column_stack([t.of(columns[t.feature]) for t in of or terms()])
