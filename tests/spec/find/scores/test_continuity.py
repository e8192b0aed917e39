"""Continuity with a clinician: usual provider continuity, and Bice and Boxerman's index."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carestead.find.evidence import continuity_evidence
from carestead.find.scores import continuity

AS_OF = "2025-06-30"
SCORES = ("usual-provider-continuity", "bice-boxerman")
USUAL, PAIRS = SCORES
STEP = {s.name: s for s in continuity.steps}


def seen(*contacts: int, person_id: int = 1) -> list[dict]:
    """A person who saw the first clinician so often, the second so often ..."""
    return [
        {"person_id": person_id, "practitioner_code": f"G{n}", "contacts": c, "last_date": "2025-01-01"}
        for n, c in enumerate(contacts, 1)
    ]


def value(rows: list[dict]) -> float | None:
    return rows[0]["value"] if rows else None


@pytest.mark.parametrize(
    ("contacts", "usual", "pairs"),
    [
        ((5,), 1, 1),  # always the same
        ((1, 1, 1, 1), 0.25, 0),  # never the same
        ((2, 2), 0.5, 0.333333),
        ((3, 1), 0.75, 0.5),
        ((5, 3, 2), 0.5, 0.311111),  # (25 + 9 + 4 - 10) / 90
        ((2, 1), 0.666667, 0.333333),
        ((60, 1), 0.983607, 0.967213),  # (3600 + 1 - 61) / 3660
        ((1100, 900), 0.55, 0.504752),  # millionths of so many pairs are beyond 32 bits
        ((2,), 1, 1),  # two appointments are the fewest
        ((1, 1), 0.5, 0),
        ((1,), None, None),  # of one nothing can be said
        ((), None, None),
    ],
)
def test_the_formulas(run_step, contacts, usual, pairs):
    assert value(run_step(STEP[USUAL], AS_OF, contact_count=seen(*contacts))) == usual
    assert value(run_step(STEP[PAIRS], AS_OF, contact_count=seen(*contacts))) == pairs


def test_what_rounding_leaves_goes_to_the_clinician_seen_most(run_step):
    rows = run_step(continuity_evidence.step, AS_OF, contact_count=seen(2, 2, 2))
    assert [(r["item"], r["value"], r["points"]) for r in rows if r["score"] == PAIRS] == [
        ("G1", 2.0, 0.066668),  # 2 of 30 each is 0.0666…, together 0.2
        ("G2", 2.0, 0.066666),
        ("G3", 2.0, 0.066666),
    ]


def test_the_usual_clinician_is_the_one_seen_most_then_last(run_step):
    given_rows = seen(3, 3, 2)
    given_rows[1]["last_date"] = "2025-02-01"
    rows = run_step(continuity_evidence.step, AS_OF, contact_count=given_rows)
    assert [(r["item"], r["value"], r["points"]) for r in rows if r["score"] == USUAL] == [
        ("G2", 3, 0.375),
        ("other-clinicians", 5, 0),
    ]


def test_those_seen_once_are_told_together(run_step):
    rows = run_step(continuity_evidence.step, AS_OF, contact_count=seen(3, 1, 1))
    assert [(r["item"], r["value"], r["points"]) for r in rows if r["score"] == PAIRS] == [
        ("G1", 3, 0.3),
        ("seen-once", 2, 0),
    ]


CONTACTS = st.lists(st.integers(1, 60), min_size=0, max_size=7)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CONTACTS, min_size=1, max_size=5))
def test_the_index_is_the_share_of_pairs_and_the_evidence_adds_up_to_it(run_step, people):
    rows = [r for p, contacts in enumerate(people) for r in seen(*contacts, person_id=p)]
    evidence = run_step(continuity_evidence.step, AS_OF, contact_count=rows)
    for score in (USUAL, PAIRS):
        scored = {r["person_id"]: r["value"] for r in run_step(STEP[score], AS_OF, contact_count=rows)}
        assert set(scored) == {p for p, contacts in enumerate(people) if sum(contacts) >= 2}
        for p, found in scored.items():
            assert found == float(_millionths(score, people[p])) / 1e6
            points = [Fraction(repr(r["points"])) for r in evidence if (r["person_id"], r["score"]) == (p, score)]
            assert sum(points) == Fraction(repr(found))
            assert all(x >= 0 for x in points)


def _millionths(score: str, contacts: list[int]) -> int:
    """By the definition, the slow way; half rounded up."""
    if score == USUAL:
        share = Fraction(max(contacts), sum(contacts))
    else:
        pairs = list(combinations([n for n, c in enumerate(contacts) for _ in range(c)], 2))
        share = Fraction(sum(a == b for a, b in pairs), len(pairs))
    return int(share * 1_000_000 + Fraction(1, 2))
