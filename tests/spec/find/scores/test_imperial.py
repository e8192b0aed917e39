"""Imperial frailty: how many of nine groups the diagnoses show."""

import pytest

from tests.spec.find.scores.diagnosed import coded, groups_and_points, values


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["R54"], 1),
        (["F00", "F03", "R41"], 1),  # dementia once
        (["F05", "F00"], 2),
        (["Z74"], 2),  # dependence and mobility
        (["W19", "S720", "R55"], 1),
        (["W99", "W00"], 1),
        (["F32", "F05", "F01", "Z75", "W01", "R15", "R26", "L89", "R54"], 9),
    ],
)
def test_groups_are_counted_once(scored, codes, expected):
    assert values(scored("imperial", coded(codes))) == {1: expected}


@pytest.mark.parametrize("code", ["F34", "F40", "S52", "X59", "V01"])
def test_near_misses(scored, code):
    assert scored("imperial", coded([code])) == {}


def test_nine_groups_of_a_point_each():
    groups = groups_and_points("imperial")
    assert set(groups.values()) == {1}
    assert len(groups) == 9
