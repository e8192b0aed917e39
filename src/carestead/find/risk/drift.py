"""Are the people of a run still those that the model was fitted on? Asked at every run."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from carestead.core.finding import Finding, Severity
from carestead.core.step import Outcome, ReferenceTable, rows

LOWEST, HIGHEST = -(2**31), 2**31 - 1
FLOOR = 1e-4
"""The least share a range is taken to have, so that an empty one does not make the index endless."""


def ranges(values: np.ndarray, most: int = 10) -> list[tuple[int, int]]:
    """Ranges of whole numbers, both ends included, with about equal numbers of people in each; they cover all."""
    known = values[~np.isnan(values)]
    if not len(known):
        return [(LOWEST, HIGHEST)]
    ends = np.unique(np.quantile(known, np.arange(1, most) / most, method="lower").astype(int)).tolist()
    starts = [LOWEST, *(e + 1 for e in ends if e < known.max())]
    return list(zip(starts, [*(s - 1 for s in starts[1:]), HIGHEST], strict=True))


def spread(values: np.ndarray, kept: Sequence[tuple[int, int]]) -> dict[str, int]:
    """Number of the range → people in it; `-1` are those not known. Ranges without people are left out."""
    starts = [low for low, _ in kept]
    place = np.searchsorted(starts, np.nan_to_num(values, nan=0), side="right") - 1
    numbers, times = np.unique(np.where(np.isnan(values), -1, place), return_counts=True)
    return {str(int(n)): int(t) for n, t in zip(numbers, times, strict=True)}


def range_table(kept: Mapping[str, Sequence[Sequence[int]]]) -> ReferenceTable:
    """Table `risk_range`: the ranges of each item."""
    told = [(item, n, low, high) for item, each in sorted(kept.items()) for n, (low, high) in enumerate(each)]
    columns = {"item": "VARCHAR", "range": "INTEGER", "lowest": "INTEGER", "highest": "INTEGER"}
    return ReferenceTable("risk_range", columns, tuple(told))


def psi(at_fitting: Mapping[str, int], now: Mapping[str, int]) -> float:
    """Population stability index: the sum over ranges of (share now - share then) x log of their ratio."""
    names = sorted({*at_fitting, *now})
    then, today = (
        np.array([max(n.get(k, 0) / max(sum(n.values()), 1), FLOOR) for k in names]) for n in (at_fitting, now)
    )
    return float(np.sum((today - then) * np.log(today / then)))


def decide(tables: Mapping[str, Any], as_of: date, params: Mapping[str, Any]) -> Outcome:
    """Rows of table risk_drift, and a finding for what is over its limit. `params`: model, labels, spread (item → range
    → people at fitting), limits. An item of which nobody is known now has no row."""
    now: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows(tables["risk_summary"]):
        now[row["item"]][str(row["range"])] += row["people"]
    told = [_row(item, dict(now[item]), params) for item in params["spread"] if now[item]]
    return Outcome({"risk_drift": told}, list(_findings(told, params)))


def _row(item: str, now: Mapping[str, int], params: Mapping[str, Any]) -> dict[str, Any]:
    then = params["spread"][item]
    row = {
        "model": params["model"], "item": item, "label": params["labels"][item], "at_fitting": _above(then),
        "now": _above(now),
    }  # fmt: skip
    if item == "outcome":
        ratio = row["now"] / row["at_fitting"] if row["at_fitting"] else None
        return row | {"measure": "ratio", "value": ratio, "is_over": _rate_moved(then, now, params["limits"])}
    limit = params["limits"]["score_psi" if item == "score" else "feature_psi"]
    value = psi(then, now)
    return row | {"measure": "psi", "value": value, "is_over": value > limit}


def _above(counts: Mapping[str, int]) -> float:
    """The share of people above the lowest range, those not known left out."""
    known = sum(n for k, n in counts.items() if k != "-1")
    return round(1 - counts.get("0", 0) / known, 6) if known else 0.0


def _rate_moved(then: Mapping[str, int], now: Mapping[str, int], limits: Mapping[str, Any]) -> bool:
    """The rate is beyond its limits, and by more than chance explains (two proportions, 95%)."""
    (a, n), (b, m) = ((c.get("1", 0), sum(c.values())) for c in (then, now))
    if not a or not n or not m:
        return False
    low, high = limits["event_ratio"]
    pooled = (a + b) / (n + m)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return not low <= (b / m) / (a / n) <= high and abs(b / m - a / n) > 1.96 * error


def _findings(told: Sequence[Mapping[str, Any]], params: Mapping[str, Any]) -> Iterator[Finding]:
    do = "See the page Model card; fit again with: carestead risk fit. Until then, do not rely on the risks."
    where = f"model {params['model']}"
    over = [r for r in told if r["is_over"]]
    moved = sorted((r for r in over if r["item"] not in ("score", "outcome")), key=lambda r: -r["value"])
    if moved:
        named = ", ".join(r["label"].lower() for r in moved[:3])
        said = f"{len(moved)} features of the risk model are spread otherwise than at its fitting: {named}."
        yield Finding("risk.feature-drift", Severity.WARNING, where, said, do, len(moved), moved[0]["item"])
    for row in (r for r in over if r["item"] == "score"):
        said = f"Risks are spread otherwise than at fitting: population stability index {row['value']:.2f}."
        yield Finding("risk.score-drift", Severity.WARNING, where, said, do)
    for row in (r for r in over if r["item"] == "outcome"):
        rates = f"{row['now']:.1%} of people were admitted as emergencies; at fitting {row['at_fitting']:.1%}"
        said = f"In the last year {rates}."
        yield Finding("risk.rate-drift", Severity.WARNING, where, said, do)
