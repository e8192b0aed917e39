"""Who may do what to whom."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.store.access import READS_ONLY, Action, Opening, PersonFacts, Verdict, may
from carestead.store.actor import DIRECT_CARE, PLANNING, Actor, Role

HERE = PersonFacts(1, practice_code="Y00001", group_code="GRP1")
ON_REGISTER = PersonFacts(1, practice_code="Y00001", group_code="GRP1", on_register=True)
ENROLLED = PersonFacts(1, "Y00001", "GRP1", enrolled=True, holders=frozenset({"G1", "K1"}))


def actor(role: Role, organisation: str = "", practitioner: str = "") -> Actor:
    return Actor("a", "A", role, organisation, practitioner)


@pytest.mark.parametrize(
    ("who", "person", "allowed"),
    [
        (actor(Role.NAMED_GP, "Y00001"), HERE, True),
        (actor(Role.NAMED_GP, "Y00002"), HERE, False),
        (actor(Role.NAMED_GP, "Y00002", "G1"), ENROLLED, True),
        (actor(Role.NAMED_GP, "GRP1"), ENROLLED, False),
        (actor(Role.LEAD, "Y00001"), HERE, True),
        (actor(Role.LEAD, "GRP1"), HERE, False),
        (actor(Role.LEAD, "GRP1"), ON_REGISTER, True),
        (actor(Role.CARE_COORDINATOR, "GRP1"), HERE, False),
        (actor(Role.CARE_COORDINATOR, "GRP1"), ON_REGISTER, True),
        (actor(Role.CARE_COORDINATOR, "OTHER", "K1"), ENROLLED, True),
        (actor(Role.PARTNER, "RX901"), HERE, False),
        (actor(Role.PARTNER, "RX901"), PersonFacts(1, care_organisations=frozenset({"RX901"})), True),
        (actor(Role.PARTNER, "Y00001"), HERE, False),
        (actor(Role.NAMED_GP), PersonFacts(1), False),
    ],
)
def test_who_may_see(who, person, allowed):
    assert may(who, Action.SEE, person).allowed is allowed


def test_who_answers_now_and_who_was_asked_may_see():
    cover = actor(Role.NAMED_GP, "Y00009", "G9")
    assert not may(cover, Action.SEE, ENROLLED).allowed
    assert may(cover, Action.SEE, replace(ENROLLED, answered_by=frozenset({"a"}))).allowed
    nurse = actor(Role.PARTNER, "RX901")
    assert may(nurse, Action.SEE, replace(HERE, promised_by=frozenset({"a"}))).allowed
    assert not may(nurse, Action.SEE, replace(HERE, promised_by=frozenset({"b"}))).allowed
    for planner in PLANNING:
        seen = replace(ENROLLED, answered_by=frozenset({"a"}), promised_by=frozenset({"a"}))
        assert not may(actor(planner), Action.SEE, seen).allowed


def test_only_a_gp_decides_and_only_a_coordinator_buys_for_the_enrolled():
    gp, coordinator = actor(Role.NAMED_GP, "Y00001", "G1"), actor(Role.CARE_COORDINATOR, "GRP1", "K1")
    assert may(gp, Action.DECIDE, ON_REGISTER).allowed
    assert not may(coordinator, Action.DECIDE, ON_REGISTER).allowed
    assert not may(actor(Role.LEAD, "Y00001"), Action.DECIDE, ON_REGISTER).allowed
    assert may(coordinator, Action.BUY, ENROLLED).allowed
    assert not may(coordinator, Action.BUY, ON_REGISTER).allowed
    assert not may(gp, Action.BUY, ENROLLED).allowed


OPENED = frozenset(
    {
        Opening("a", datetime(2026, 11, 23, 18, 40, tzinfo=UTC), datetime(2026, 11, 23, 22, 40, tzinfo=UTC)),
        Opening("b", datetime(2026, 11, 23, 19, 0, tzinfo=UTC), datetime(2026, 11, 23, 23, 0, tzinfo=UTC)),
    }
)


def test_broken_glass_lets_whoever_broke_it_see_and_a_tie_is_named_first():
    nurse = actor(Role.PARTNER, "RX901")
    assert may(nurse, Action.SEE, replace(HERE, opened_by=OPENED)) == Verdict(
        True, "you broke the glass at 18:40; it ends at 22:40", reads_only=True
    )
    tied = replace(HERE, opened_by=OPENED, care_organisations=frozenset({"RX901"}))
    assert may(nurse, Action.SEE, tied) == Verdict(True, "your organisation cares for the person")
    for planner in PLANNING:
        assert not may(actor(planner), Action.SEE, replace(HERE, opened_by=OPENED)).allowed


def test_broken_glass_lets_nobody_decide_or_buy():
    opened = replace(ENROLLED, opened_by=OPENED)
    assert may(actor(Role.NAMED_GP, "Y00009", "G9"), Action.DECIDE, opened) == Verdict(False, READS_ONLY)
    assert may(actor(Role.CARE_COORDINATOR, "GRP9", "K9"), Action.BUY, opened) == Verdict(False, READS_ONLY)
    # who has a part of their own in the care buys as ever
    assert may(actor(Role.CARE_COORDINATOR, "GRP1", "K1"), Action.BUY, opened).allowed


codes = st.sampled_from(["", "Y00001", "Y00002", "GRP1", "RX901", "G1", "K1"])
sets = st.frozensets(codes.filter(bool))
people = st.builds(
    PersonFacts, st.just(1), codes, codes, st.booleans(), st.booleans(), sets, sets, sets,
    opened_by=st.sampled_from([frozenset(), OPENED]),
)  # fmt: skip
actors = st.builds(Actor, st.just("a"), st.just("A"), st.sampled_from(Role), codes, codes)


@given(actors, st.sampled_from(Action), people)
def test_planning_never_sees_a_person_and_acting_needs_seeing(who, action, person):
    verdict = may(who, action, person)
    assert not (verdict.allowed and who.role in PLANNING)
    if verdict.allowed:
        assert who.role in DIRECT_CARE
        assert may(who, Action.SEE, person).allowed


@given(actors, st.sampled_from(Action))
def test_a_stranger_is_refused_by_default(who, action):
    stranger = PersonFacts(1, practice_code="Z99999", group_code="ZZZ", enrolled=True, on_register=True)
    assert not may(who, action, stranger).allowed
