"""Remedies are the cheapest there are: against every remedy, and tried by placing people again."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from carestead.assign import remedy
from carestead.assign.holder import Holder
from carestead.assign.work import work
from carestead.reference import load

RULE = load("assign", "remedy")
WORK = work(load("assign", "capacity"), "gp")
MINUTES = WORK.minutes.tolist()


def gp(code: str, practice: str, room: int) -> Holder:
    return Holder(code, practice, "gp", room, Fraction(4))


def reach(practice: str, holder: Holder) -> str:
    return "own" if holder.organisation == practice else "share"


def least(short: list[int], own: int, near: int) -> int:
    """The price of the cheapest of all ways to part people of practice A (bands) over own GP, neighbour, new GP."""
    prices = []
    for each in product([0, 1, 2], repeat=len(short)):
        minutes = [sum(MINUTES[b] for b, way in zip(short, each, strict=True) if way == w) for w in range(3)]
        if minutes[1] > near:
            continue
        tenths = -(-max(0, 10 * (minutes[0] - own)) // WORK.per_tenth) + -(-10 * minutes[2] // WORK.per_tenth)
        prices.append(tenths * RULE["minutes_per_session"] // 10 + RULE["minutes_per_shared_person"] * each.count(1))
    return min(prices)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=5), st.integers(0, 12), st.integers(0, 20))
def test_no_remedy_is_cheaper(bands, own, near):
    short = {("A", b): bands.count(b) for b in bands}
    gps = [gp("G1", "A", 40), gp("G2", "B", 40)]
    found = remedy.cheapest(short, gps, {("G1", "A"): own, ("G2", "B"): near}, reach, WORK, RULE)["A"]
    assert found.minutes == least(bands, own, near)
    assert found.shared.get("B", 0) <= len(bands)


def test_minutes_that_are_left_over_are_used_before_sessions_are_added():
    """A heavy person of 6 minutes beside 5 minutes left: a tenth of a session, 2.4 minutes, is enough."""
    gps = [gp("G1", "A", 40)]
    found = remedy.cheapest({("A", 2): 1}, gps, {("G1", "A"): 5}, reach, WORK, RULE)["A"]
    assert (found.shared, found.tenths, found.minutes) == ({}, {"A": 1}, 25)


def test_a_neighbours_room_is_offered_once():
    short = {("A", 1): 2, ("C", 1): 2}
    found = remedy.cheapest(short, [gp("G2", "B", 40)], {("G2", "B"): 12}, reach, WORK, RULE)
    assert sum(r.shared.get("B", 0) for r in found.values()) == 3
    assert sum(sum(r.tenths.values()) for r in found.values()) == 2
