"""The exhaustive check of the hand-over: every state of a small model, over the table that the store calls.

Three GPs, one person, absence with and without cover, notice, leaving, offers, interim, the explicit end, and clocks
that run out. Two things are assumed: the duty desk is staffed, and the seat of the clinical lead is never empty.
"""

from dataclasses import replace

import pytest
from tests.hand_over_model import LEAD, MOVES, START, enrolled, settled, steps, who_answers
from tests.model_check import cannot_reach, reachable
from tests.naive_hand_overs import NAIVE, Small

from carestead.care.answering import By
from carestead.care.hand_over import TABLE
from carestead.care.hand_over_alarms import alarms
from carestead.care.standing import Basis

STATES = 16_544
ENROLLED_STATES = 14_832
INTERIM_STATES = 9_888
BARE_WITHOUT_DESK = 8_352


@pytest.fixture(scope="module")
def explored():
    """The graph of all states, and the names of the moves that changed who is responsible."""
    changers = set()

    def after(state):
        for name, following in steps(state):
            if following.holder != state.holder:
                changers.add(name)
            yield following

    return reachable(START, after), changers


@pytest.fixture(scope="module")
def states(explored):
    return [state for state in explored[0] if enrolled(state)]


@pytest.mark.slow
def test_every_state_is_looked_at(explored, states):
    assert (len(explored[0]), len(states)) == (STATES, ENROLLED_STATES)
    assert {m.name for m in MOVES} == set(TABLE)


@pytest.mark.slow
def test_somebody_who_has_not_left_is_always_responsible(states):
    assert [s for s in states if not s.holder] == []
    assert [s for s in states if s.colleague(s.holder).left] == []


@pytest.mark.slow
def test_somebody_always_answers_given_a_staffed_desk(states):
    answers = [who_answers(s.holder, s.colleagues).by for s in states]
    assert By.NOBODY not in answers
    assert {By.HOLDER, By.COVER, By.DESK} == set(answers), "each way of answering is reached"


@pytest.mark.slow
def test_the_promise_rests_on_the_desk(states):
    bare = [s for s in states if who_answers(s.holder, s.colleagues, ()).by is By.NOBODY]
    assert len(bare) == BARE_WITHOUT_DESK
    assert all(s.colleague(s.holder).away for s in bare)


@pytest.mark.slow
def test_no_offer_waits_for_somebody_who_is_gone(states):
    offered = [s.colleague(s.offered_to) for s in states if s.offered_to]
    assert offered
    assert [c for c in offered if not c.here or c.leaving] == []


@pytest.mark.slow
def test_every_state_can_be_settled(explored):
    assert cannot_reach(explored[0], settled) == set()


@pytest.mark.slow
def test_an_interim_holder_always_has_a_clock_and_an_overdue_one_an_alarm(states):
    interim = [s for s in states if s.basis is Basis.INTERIM]
    assert len(interim) == INTERIM_STATES
    assert [s for s in interim if s.acknowledge_by is None] == []
    overdue = [s for s in interim if s.acknowledge_by <= s.at]
    assert overdue
    assert [s for s in overdue if "interim-overdue" not in _names(s)] == []


@pytest.mark.slow
def test_somebody_is_told_to_choose_whenever_an_offer_came_to_nothing_or_the_holder_is_going(states):
    refused = [s for s in states if s.was_refused]
    going = [s for s in states if s.colleague(s.holder).leaving and not s.offered_to]
    assert refused
    assert going
    assert [s for s in refused if "choose-next" not in _names(s)] == []
    assert [s for s in going if "holder-leaving" not in _names(s)] == []


@pytest.mark.slow
def test_only_an_acceptance_the_lead_or_the_end_changes_who_is_responsible(explored):
    assert explored[1] == {"accept", "interim", "leave", "end"}, "neither absence, notice nor any clock does"


@pytest.mark.slow
def test_the_coordinator_never_becomes_the_named_gp_too():
    lead = START.colleague(LEAD)
    two = replace(START, other_holder="brown", colleagues=(*START.colleagues[:2], lead))
    graph = reachable(two, lambda s: (following for _, following in steps(s)))
    assert len(graph) == 100
    assert [s for s in graph if s.holder == "brown"] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("release to a pool, then claim", (104, 26, 24, 77, 0, 0, 24)),
        ("push, nobody asked", (156, 0, 48, 102, 0, 78, 0)),
        ("owner immutable", (26, 0, 8, 17, 0, 0, 8)),
        ("handshake only", (234, 0, 72, 153, 102, 0, 36)),
        ("handshake, leaving blocked", (162, 0, 0, 81, 72, 0, 0)),
        ("the same with timeout and lead", (162, 0, 0, 81, 72, 0, 0)),
    ],
)
def test_the_check_finds_what_is_wrong_with_simpler_ways(name, expected):
    """Reachable states; nobody holds; the holder has left; nobody answers; an offer to somebody gone; not
    acknowledged; no way back. None of the six has an answer while the holder is away."""
    graph = reachable(Small(), NAIVE[name])
    hazards = (
        len(graph),
        sum(s.holder is None for s in graph),
        sum(s.has(s.holder, "left") for s in graph),
        sum(not s.has(s.holder, "here") for s in graph),
        sum(s.offered is not None and not s.has(s.offered, "here") for s in graph),
        sum(not s.acknowledged for s in graph),
        len(cannot_reach(graph, lambda s: s.holder is not None and not s.has(s.holder, "left"))),
    )
    assert hazards == expected
    assert hazards[3] > 0


def _names(state):
    return [alarm.name for alarm in alarms(state)]
