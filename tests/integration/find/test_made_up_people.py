"""Segments and needs of a made-up neighbourhood: nobody is left out, nothing is listed without a way to help."""

from pathlib import Path

import pytest

from carestead import results
from carestead.reference import load

pytestmark = pytest.mark.slow
NEEDS = {n["id"]: n for n in load("find", "needs")["needs"]}
RARE = {"care-home-review", "advance-care-plan"}
"""Of a thousand people perhaps nobody has them."""


@pytest.fixture(scope="module")
def published(made_up_area: Path):
    with results.latest(made_up_area) as snapshot:
        yield snapshot


def test_everybody_alive_and_registered_has_one_segment(published):
    (row,) = published.rows(
        """select count(*) as people, count(segment) as placed, count(distinct person_id) as different
        from feature full join segment using (person_id)""",
        ("feature", "segment"),
    )
    assert row["people"] == row["placed"] == row["different"] > 900


def test_planners_count_the_same_people(published):
    counted = {r["segment"]: r["n"] for r in published.rows(
        "select segment, sum(people) as n from segment_count group by segment", ("segment_count",)
    )}  # fmt: skip
    placed = {r["segment"]: r["n"] for r in published.rows(
        "select segment, count(*) as n from segment group by segment", ("segment",)
    )}  # fmt: skip
    assert counted == placed
    assert set(placed) >= {"age-well", "stay-well", "feel-well", "be-well", "live-well"}


def test_needs_are_seen_and_each_names_the_action_of_its_rule(published):
    listed = published.rows("from need", ("need",))
    assert {n for n in NEEDS if n not in RARE} - {r["need"] for r in listed} == set()
    for r in listed:
        assert (r["action"], r["points"]) == (NEEDS[r["need"]]["action"], NEEDS[r["need"]]["points"])
        assert "{" not in r["because"]
        assert r["because"]


def test_most_people_need_nothing(published):
    """A list of everybody would help nobody."""
    (row,) = published.rows(
        """select count(distinct need.person_id) / count(distinct feature.person_id) as share
        from feature left join need using (person_id)""",
        ("feature", "need"),
    )
    assert 0.05 < row["share"] < 0.5
