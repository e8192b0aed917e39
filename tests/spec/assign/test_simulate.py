"""What breaks if somebody is away, leaves, retires, or a practice closes."""

from datetime import date

import pytest
from tests.spec.assign.test_proposal import (
    ABBEY,
    AS_OF,
    BRIDGE,
    CASTLE,
    coordinator,
    decided,
    gp,
    person,
    proposed_before,
)

from carestead.assign import proposal
from carestead.assign.simulate import Change, simulate
from carestead.core.finding import UsageError

PEOPLE = [person(n) for n in (1, 2, 3)] + [person(4, at="B", rank=1)]
STAFF = [gp("G1", 3), gp("G2", 2), gp("G8", 3, at="B"), coordinator("K1", 3, at="N1"), coordinator("K2", 2, at="N1")]
BEFORE = [
    proposed_before(1, "G1", "K1"), proposed_before(2, "G1", "K1"), proposed_before(3, "G2", "K2"),
    proposed_before(4, "G8", "K2"),
]  # fmt: skip


def broken(what: str, who: str, *, people=PEOPLE, staff=STAFF, before=BEFORE, decisions=(), **more):
    capacity = {**proposal.step.params["capacity"], "minutes_per_session": {"gp": 4, "care-coordinator": 20}}
    tables = {
        "placement": people, "practitioner": staff, "practice": [ABBEY, BRIDGE, CASTLE], "familiar_clinician": [],
        "decision": list(decisions), "wish": [], "assignment_before": list(before),
    }  # fmt: skip
    return simulate(tables, AS_OF, {**proposal.step.params, "capacity": capacity}, Change(what, who), **more)


@pytest.mark.parametrize("what", ["away", "leaves", "retires"])
def test_a_gp_who_goes_leaves_their_people_bare_and_it_is_said_who_could_take_them(what):
    found = broken(what, "G1")
    assert [b.person_id for b in found.bare] == [1, 2]
    assert (found.taken, found.without, found.moved) == (1, 1, 0)
    assert [(t.code, t.people, t.minutes, t.left) for t in found.takers] == [("G2", 1, 4, 0)]
    assert [(t.code, t.organisation, t.people) for t in found.neighbours] == [("G8", "B", 1)]
    assert found.tenths == 10
    (finding,) = found.findings
    assert finding.do.startswith("Cheapest: share 1 person with Bridge (room for about 2): 5 minutes a week.")


def test_nobody_else_moves_and_nothing_is_bare_when_somebody_holds_nobody():
    found = broken("leaves", "G9", staff=[*STAFF, gp("G9", 1)])
    assert (found.bare, found.takers, found.moved, found.findings) == ((), (), 0, ())


def test_an_agreed_holder_counts_before_a_proposed_one():
    found = broken("leaves", "G2", decisions=[decided(1, "G2")])
    assert [b.person_id for b in found.bare] == [1, 3]


def test_a_practice_that_closes_leaves_everybody_on_its_list_bare():
    found = broken("closes", "A")
    assert [b.person_id for b in found.bare] == [1, 2, 3]
    assert [(t.code, t.people) for t in found.takers] == [("G8", 2)]
    assert [b.taker for b in found.bare] == ["G8", "G8", None]
    assert (found.without, found.moved, found.tenths, found.findings) == (1, 0, 10, ())
    assert found.bare[0].reason == "No GP at the practice is at work; a GP of a neighbouring practice has room"


def test_the_only_gp_of_a_single_handed_practice():
    found = broken("leaves", "G8")
    assert [(b.person_id, b.taker, b.reason) for b in found.bare] == [(4, None, "No GP at the practice is at work")]
    assert [(t.organisation, t.people) for t in found.neighbours] == [("A", 1)]


def test_a_coordinator_who_leaves():
    found = broken("leaves", "K2")
    assert found.role == "care-coordinator"
    assert [(b.person_id, b.taker) for b in found.bare] == [(3, None), (4, "K1")]
    assert found.without == 1
    assert found.findings[0].code == "assign.no-coordinator-capacity"
    assert found.neighbours == ()


def test_the_promises_of_people_left_bare_are_counted():
    assert broken("leaves", "G1", promises={1: 3, 2: 1, 3: 9}).promises == 4


@pytest.mark.parametrize(("what", "who"), [("leaves", "G77"), ("closes", "G1"), ("closes", ""), ("away", "A")])
def test_somebody_who_does_not_exist_is_refused_in_words(what, who):
    with pytest.raises(UsageError, match="There is no"):
        broken(what, who)


def test_nothing_of_the_tables_is_changed():
    staff = [dict(r) for r in STAFF]
    broken("away", "G1", staff=staff)
    assert staff == STAFF
    assert staff[0]["leave_start"] is None
    assert date(2025, 6, 30) == AS_OF
