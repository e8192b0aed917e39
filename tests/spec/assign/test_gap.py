"""A placement that is not proven to be the best says how much better one might be."""

import pytest

from carestead.assign.cannot import not_proven


@pytest.mark.parametrize(
    ("cost", "bound", "words"),
    [(1000, 990, "one may cost up to 1.00% less."), (1000, 1000, "others by need might be left out, or fewer moved.")],
)
def test_the_gap_is_told(cost, bound, words):
    solution = {"role": "gp", "pool": "A", "people": 1200, "cost": cost, "bound": bound, "proven": False}
    (finding,) = not_proven([solution, {**solution, "proven": True}])
    assert finding.what == f"The placement of 1,200 people is not proven to be the best: {words}"
