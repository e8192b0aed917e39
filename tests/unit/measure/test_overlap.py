"""Lists that overlap: the counts add up, and nobody can work a small number out of what is shown."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from carestead.measure.overlap import Overlap, chart, sentence, words

LISTS = {"frailty": "Frailty", "risk": "Risk of admission", "care": "Care"}
SOLLIS = [(["frailty", "risk"], 1232), (["frailty"], 3064 - 1232), (["risk"], 3313 - 1232)]
"""A list of 165,000: 3,064 frail, 3,313 at high risk, 1,232 both (Sollis, cited in the notes of the issue)."""


def of(*rows, lists=LISTS):
    return Overlap.of(lists, rows)


def test_frail_and_at_high_risk_are_different_people():
    two = of(*SOLLIS, lists={"frailty": "Frailty", "risk": "Risk of admission"})
    assert (two.total, two.size(0), two.size(1), two.on_both, two.alone) == (5145, 3064, 3313, 1232, 3913)
    assert sentence(two) == (
        "Of 5,145 people on a list, 3,913 are on one list only; 1,232 are on both Frailty and Risk of admission."
    )


def test_combinations_come_with_most_people_first():
    pairs = [(["frailty", "risk"], 12), (["frailty", "care"], 11), (["risk", "care"], 10)]
    overlap = of((["frailty"], 40), (["risk"], 90), (["care"], 60), (["frailty", "risk", "care"], 20), *pairs)
    assert overlap.withheld == set()
    assert [words(overlap, m) for m, _ in overlap.shown][:2] == ["Risk of admission only", "Care only"]
    assert [c.people for c in chart(overlap).combinations][:2] == [90, 60]
    assert words(overlap, (True, True, True)) == "Frailty, Risk of admission and Care only"


def test_a_small_combination_is_not_shown_and_does_not_count_as_one_of_the_rest():
    overlap = of((["frailty"], 40), (["risk"], 90), (["frailty", "risk"], 3), (["care"], 60), (["frailty", "care"], 4))
    assert all(n >= 5 for _, n in overlap.shown)
    assert overlap.others is None or overlap.others >= 5


def test_nobody_and_too_few():
    assert sentence(of()) == "Nobody is on a list."
    assert sentence(of((["care"], 4))).startswith("Fewer than 5 people are on a list")
    assert chart(of((["care"], 4))).sets == (("Frailty", None), ("Risk of admission", None), ("Care", None))


MEMBERS = st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()).filter(any)


@settings(max_examples=300)
@given(st.dictionaries(MEMBERS, st.integers(0, 30)))
def test_no_small_number_follows_from_the_others(counts):
    """What is shown are linear equations in the withheld numbers: no small one may have one answer only."""
    ids = {letter: letter for letter in "abcd"}
    overlap = Overlap.of(ids, [([i for i, on in zip(ids, m, strict=True) if on], n) for m, n in counts.items()])
    cells = sorted(overlap.withheld)
    known = [[True] * len(cells)] if overlap.total is not None else []
    known += [[m[n] for m in cells] for n in range(4) if overlap.size(n) is not None]
    known += [[sum(m) == 1 for m in cells]] if overlap.alone is not None else []
    known += [[m[0] and m[1] for m in cells]] if overlap.on_both is not None else []
    units = zip(cells, np.eye(len(cells)), strict=True)
    given_away = [c for c, unit in units if overlap.counts[c] < 5 and _follows(np.array(known, float), unit)]
    assert not given_away


def _follows(known, row) -> bool:
    """True when `row` is a combination of the rows of `known`."""
    return len(known) > 0 and np.linalg.matrix_rank(np.vstack([known, row])) == np.linalg.matrix_rank(known)
