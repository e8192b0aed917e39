"""Drift: ranges, the index by hand, and a finding when limits are passed."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.find.risk import drift

DAY = date(2026, 3, 31)
LIMITS = {"feature_psi": 0.25, "score_psi": 0.1, "event_ratio": [0.8, 1.25]}
THEN = {"age": {"0": 500, "1": 500}, "score": {"0": 900, "1": 100}, "outcome": {"0": 900, "1": 100}}
PARAMS = {
    "model": "m",
    "labels": {"age": "Age", "score": "Risk", "outcome": "Admitted"},
    "spread": THEN,
    "limits": LIMITS,
}


def decided(now):
    rows = [{"item": i, "range": int(r), "people": n} for i, counts in now.items() for r, n in counts.items()]
    return drift.decide({"risk_summary": rows}, DAY, PARAMS)


def test_the_index_by_hand():
    """Half and half then; a quarter and three quarters now: (-1/4) log(1/2) + (1/4) log(3/2)."""
    found = drift.psi({"0": 50, "1": 50}, {"0": 25, "1": 75})
    assert found == pytest.approx(0.25 * math.log(2) + 0.25 * math.log(1.5))
    assert drift.psi({"0": 50, "1": 50}, {"0": 5, "1": 5}) == 0


def test_nothing_is_said_when_nothing_moved():
    found = decided(THEN)
    assert not found.findings
    assert [r["is_over"] for r in found.tables["risk_drift"]] == [False, False, False]


def test_each_kind_of_drift_is_a_finding():
    moved = decided({"age": {"0": 100, "1": 900}, "score": {"0": 600, "1": 400}, "outcome": {"0": 700, "1": 300}})
    assert [f.code for f in moved.findings] == ["risk.feature-drift", "risk.score-drift", "risk.rate-drift"]
    assert all(f.severity == "warning" for f in moved.findings)


def test_a_rate_among_few_people_is_not_called_moved():
    assert not decided({"age": {"0": 5, "1": 5}, "outcome": {"0": 8, "1": 2}}).findings


@given(st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=1, max_size=60))
def test_ranges_cover_every_value_once_and_ends_are_where_the_sql_looks(values):
    array = np.array([np.nan if v is None else float(v) for v in values])
    kept = drift.ranges(array)
    known = [v for v in values if v is not None]
    assert all(sum(low <= v <= high for low, high in kept) == 1 for v in [*known, -1000, 1000])
    expected: dict[str, int] = {}
    for v in values:
        n = -1 if v is None else next(i for i, (low, high) in enumerate(kept) if low <= v <= high)
        expected[str(n)] = expected.get(str(n), 0) + 1
    assert drift.spread(array, kept) == expected
