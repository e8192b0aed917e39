"""The logistic model as it is kept and used: whole numbers, so that everybody and every engine works out the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carestead.core.step import ReferenceTable
from carestead.find.risk.terms import Columns, Term

MICRO = 1_000_000
"""Coefficients are in millionths of a log-odds a unit of their term."""
POINTS = 1000
"""Points are thousandths of a log-odds."""


@dataclass(frozen=True)
class RiskModel:
    """`micro` is the coefficient of each term, `usual` what each feature's usual value adds (both in millionths of a
    log-odds), `baseline` the points of somebody usual in everything, `cut` the points from which people are within
    the capacity."""

    terms: tuple[Term, ...]
    micro: tuple[int, ...]
    usual: Mapping[str, int]
    baseline: int
    cut: int = 0

    def reasons(self, columns: Columns) -> dict[str, np.ndarray]:
        """Feature → the points it adds for each person, beside its usual value."""
        sums = {name: np.full(len(columns[name]), -float(usual)) for name, usual in self.usual.items()}
        for term, micro in zip(self.terms, self.micro, strict=True):
            sums[term.feature] += micro * term.of(columns[term.feature])
        return {name: np.floor((total + MICRO / POINTS / 2) / (MICRO / POINTS)) for name, total in sums.items()}

    def points(self, columns: Columns) -> np.ndarray:
        """The score of each person: the baseline and every reason."""
        reasons = self.reasons(columns)
        return self.baseline + np.sum(list(reasons.values()), axis=0)

    def term_table(self) -> ReferenceTable:
        """Table `risk_term`: a row a term, as `risk_reason.sql` reads it."""
        columns = {
            "feature": "VARCHAR", "low": "INTEGER", "high": "INTEGER", "for_missing": "BOOLEAN", "micro": "BIGINT",
            "usual": "BIGINT",
        }  # fmt: skip
        rows = (
            (t.feature, t.low, t.high, t.for_missing, m, self.usual[t.feature])
            for t, m in zip(self.terms, self.micro, strict=True)
        )
        return ReferenceTable("risk_term", columns, tuple(rows))

    def as_dict(self) -> dict[str, Any]:
        """The model as JSON can keep it."""
        terms = [
            {"feature": t.feature, "low": t.low, "high": t.high, "for_missing": t.for_missing, "micro": m}
            for t, m in zip(self.terms, self.micro, strict=True)
        ]
        return {"terms": terms, "usual": dict(self.usual), "baseline": self.baseline, "cut": self.cut}


def from_dict(said: Mapping[str, Any]) -> RiskModel:
    """The model that `as_dict` told of."""
    terms = tuple(Term(t["feature"], t["low"], t["high"], t["for_missing"]) for t in said["terms"])
    return RiskModel(
        terms, tuple(t["micro"] for t in said["terms"]), dict(said["usual"]), said["baseline"], said["cut"]
    )


def whole(
    terms: Sequence[Term], coefficients: np.ndarray, intercept: float, columns: Columns, shift: float = 0.0,
    slope: float = 1.0,
) -> RiskModel:  # fmt: skip
    """The model in whole numbers, recalibrated: its log-odds are `shift` + `slope` × those of the coefficients.

    What is usual is the median of each feature in `columns`, of those who are known.
    """
    micro = tuple(round(float(c) * slope * MICRO) for c in coefficients)
    usual = {t.feature: 0 for t in terms}
    for term, each in zip(terms, micro, strict=True):
        usual[term.feature] += each * int(term.of(_usual(columns[term.feature]))[0])
    baseline = round((shift + slope * intercept) * POINTS + sum(usual.values()) * POINTS / MICRO)
    return RiskModel(tuple(terms), micro, usual, baseline)


def _usual(values: np.ndarray) -> np.ndarray:
    known = values[~np.isnan(values)]
    return np.array([np.floor(np.median(known)) if len(known) else np.nan])


def probability(points: np.ndarray | float) -> Any:
    """The probability that belongs to points."""
    return 1 / (1 + np.exp(-np.asarray(points, dtype=float) / POINTS))
