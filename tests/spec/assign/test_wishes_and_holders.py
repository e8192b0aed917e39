"""What people ask for, whom they have already, and how much work they are."""

from datetime import date

import pytest
from tests.spec.assign.test_proposal import (
    ABBEY,
    BRIDGE,
    CASTLE,
    coordinated,
    coordinator,
    decided,
    findings,
    gp,
    named,
    person,
    propose,
    proposed_before,
    reasons,
    seen,
    wants,
)


def row(outcome, person_id: int) -> dict:
    return next(r for r in outcome.tables["assignment"] if r["person_id"] == person_id)


def load(outcome, code: str) -> dict:
    return next(r for r in outcome.tables["workload"] if r["practitioner_code"] == code)


def test_the_gp_whom_a_person_asks_for_comes_before_the_usual_one():
    outcome = propose(
        [person(1, "G1")], [gp("G1", 5), gp("G2", 5)], [seen(1, "G1", 20)], wishes=[wants(1, "this-gp", "G2")]
    )
    assert named(outcome) == {1: "G2"}
    assert reasons(outcome) == {
        1: "Usual GP is not whom the person asks for; not seen in two years; as the person wishes"
    }
    assert row(outcome, 1)["wish"] == "met"


def test_a_gp_whom_a_person_will_not_have_is_never_proposed_even_when_nobody_else_has_room():
    people, staff = [person(1, "G1")], [gp("G1", 5), gp("G2", 0)]
    outcome = propose(people, staff, wishes=[wants(1, "not-this-gp", "G1")])
    assert named(outcome) == {1: None}
    assert reasons(outcome) == {1: "Nobody at the practice is left whom the person would have"}
    assert len(findings(outcome, "assign.no-capacity")) == 1


def test_a_woman_doctor_is_found_while_one_has_room_and_the_price_is_told_when_not():
    staff = [gp("G1", 5, sex="male"), gp("G2", 1, sex="female")]
    wishes = [wants(n, "sex-of-gp", "female") for n in (1, 2)]
    outcome = propose([person(1, "G1"), person(2, "G1")], staff, [seen(2, "G1", 20)], wishes=wishes)
    assert named(outcome) == {1: "G2", 2: "G1"}
    assert reasons(outcome)[2] == ("Usual GP; seen 20 times in two years; asks for a woman doctor, which cannot be met")
    assert [row(outcome, n)["wish"] for n in (1, 2)] == ["met", "not-met"]
    # to be with G1 costs 2,000 for the wish, less the 1,000 that G2, whom they do not know, would have cost
    assert (row(outcome, 2)["gp_cost"], row(outcome, 2)["best_gp_code"]) == (1000, "G2")
    assert findings(outcome, "wish.not-met")[0].count == 1


def test_the_newest_wish_counts():
    wishes = [wants(1, "this-gp", "G1"), wants(1, "this-gp", "G2", on=date(2025, 6, 1)),
              wants(2, "not-this-gp", "G1"), wants(2, "this-gp", "G1", on=date(2025, 6, 1))]  # fmt: skip
    outcome = propose([person(1), person(2)], [gp("G1", 5), gp("G2", 5)], wishes=wishes)
    assert named(outcome) == {1: "G2", 2: "G1"}


def test_a_wish_for_a_gp_who_does_not_exist_is_a_finding_and_changes_nothing():
    outcome = propose([person(1, "G1")], [gp("G1", 5)], wishes=[wants(1, "this-gp", "G9")])
    assert named(outcome) == {1: "G1"}
    (finding,) = findings(outcome, "wish.unknown-gp")
    assert (finding.count, finding.example) == (1, "G9")


def test_what_a_choice_costs_is_told_against_the_best_for_that_person_alone():
    known = [seen(1, "G1", 10), seen(2, "G1", 2)]
    outcome = propose([person(1, "G1"), person(2, "G1")], [gp("G1", 1), gp("G2", 1)], known)
    assert [(row(outcome, n)["gp_cost"], row(outcome, n)["best_gp_code"]) for n in (1, 2)] == [(0, None), (730, "G1")]


def test_people_stay_with_whom_they_have_however_much_better_another_were():
    people = [person(1, "G2"), person(2, "G2"), person(3, "G1")]
    outcome = propose(
        people, [gp("G1", 5), gp("G2", 5)], [seen(1, "G2", 20)],
        decisions=[decided(1, "G1")], before=[proposed_before(2, "G1"), proposed_before(1, "G2")],
    )  # fmt: skip
    assert named(outcome) == {1: "G1", 2: "G1", 3: "G1"}
    assert reasons(outcome)[1] == "Named GP already; not seen in two years"
    assert load(outcome, "G1")["held"] == 1


def test_the_newest_decision_says_who_holds():
    earlier = {**decided(1, "G1"), "decided_on": date(2024, 1, 1)}
    assert named(propose([person(1)], [gp("G1", 5), gp("G2", 5)], decisions=[decided(1, "G2"), earlier])) == {1: "G2"}


def test_only_those_move_whose_gp_goes():
    people = [person(n, "G1") for n in range(1, 7)]
    before = [proposed_before(n, f"G{n % 3}") for n in range(1, 7)]
    outcome = propose(people, [gp("G1", 5), gp("G2", 5)], before=before)
    now = named(outcome)
    assert {n: now[n] for n in (1, 2, 4, 5)} == {1: "G1", 2: "G2", 4: "G1", 5: "G2"}
    assert sum(s["moved"] for s in outcome.tables["solution"] if s["role"] == "gp") == 0


def test_an_agreed_person_goes_before_a_newcomer_of_greater_need():
    outcome = propose([person(1), person(2)], [gp("G1", 1)], decisions=[decided(2, "G1")])
    assert named(outcome) == {1: None, 2: "G1"}


def test_a_gp_who_agreed_to_hold_more_than_there_is_time_for_keeps_them_and_it_is_said():
    decisions = [decided(n, "G1") for n in (1, 2, 3)]
    outcome = propose([person(n) for n in (1, 2, 3, 4)], [gp("G1", 2), gp("G2", 1)], decisions=decisions)
    assert named(outcome) == {1: "G1", 2: "G1", 3: "G1", 4: "G2"}
    (finding,) = findings(outcome, "assign.over-room")
    assert finding.what == "G1 agreed to hold people who take 4 minutes a week more than there is room for."
    assert "1.0 more session a week" in finding.do
    assert (load(outcome, "G1")["capacity"], load(outcome, "G1")["people"]) == (2, 3)


def test_an_agreed_holder_on_long_leave_is_named_with_the_day_they_are_back():
    away = gp("G1", 8, leave_start=date(2025, 6, 1), leave_end=date(2025, 9, 1))
    outcome = propose([person(1, "G1")], [away, gp("G2", 8)], decisions=[decided(1, "G1")])
    assert reasons(outcome) == {1: "Named GP until now, G1, is on leave until 1 September 2025; not seen in two years"}


def test_coordinators_keep_their_people_too():
    people, staff = [person(1), person(2)], [coordinator("K1", 5), coordinator("K2", 5)]
    outcome = propose(
        people, staff, decisions=[decided(1, "K2", "coordinator")], before=[proposed_before(2, None, "K2")]
    )
    assert coordinated(outcome) == {1: "K2", 2: "K2"}
    assert row(outcome, 1)["coordinator_reason"] == "Coordinator already"


def test_room_is_time_and_heavy_people_take_more_of_it():
    """Four sessions of four minutes: two heavy people of six minutes and one ordinary of four."""
    people = [person(1, weight=15), person(2, weight=12), person(3), person(4)]
    outcome = propose(people, [gp("G1", 4)])
    assert named(outcome) == {1: "G1", 2: "G1", 3: "G1", 4: None}
    assert (load(outcome, "G1")["room"], load(outcome, "G1")["minutes"]) == (16, 16)


def test_a_long_list_leaves_less_room():
    long = {**ABBEY, "list_size": 4000, "gp_sessions": 8.0}  # 500 a session, twice the ordinary
    very_long = {**ABBEY, "list_size": 40000, "gp_sessions": 8.0}
    for practice, room in ((ABBEY, 32), (long, 16), (very_long, 16)):
        outcome = propose([person(1)], [gp("G1", 8)], practices=[practice, BRIDGE, CASTLE])
        assert load(outcome, "G1")["room"] == room


def test_work_of_each_weight_is_shared_by_sessions():
    people = [person(n, weight=w) for n, w in enumerate([15] * 6 + [9] * 6 + [3] * 6, 1)]
    outcome = propose(people, [gp("G1", 20), gp("G2", 40)])
    held = {n: named(outcome)[n] for n in range(1, 19)}
    for first in (1, 7, 13):
        assert [held[n] for n in range(first, first + 6)].count("G1") == 2


def test_people_who_live_together_have_one_gp_unless_that_costs_more_than_it_is_worth():
    together = [person(1, "G1", household="H"), person(2, household="H")]
    outcome = propose([*together, person(3), person(4)], [gp("G1", 5), gp("G2", 5)])
    assert named(outcome)[1] == named(outcome)[2] == "G1"
    assert reasons(outcome)[2].endswith("with 1 more of the household")
    apart = [person(1, "G1", household="H"), person(2, "G2", household="H")]
    assert named(propose(apart, [gp("G1", 5), gp("G2", 5)])) == {1: "G1", 2: "G2"}


def test_households_that_name_one_another_are_two_households():
    people = [person(1, household="1:P2"), person(2, household="1:P1")]
    assert set(named(propose(people, [gp("G1", 5)])).values()) == {"G1"}


@pytest.mark.parametrize("sessions", [-3, 0])
def test_a_gp_of_no_or_negative_sessions_has_no_room(sessions):
    outcome = propose([person(1, "G1")], [gp("G1", sessions)])
    assert named(outcome) == {1: None}
    assert load(outcome, "G1")["room"] == 0


def test_no_gp_at_all_is_a_finding_not_a_fault():
    outcome = propose([person(1), person(2, at="C", group="N2")], [])
    assert named(outcome) == {1: None, 2: None}
    assert [f.what for f in findings(outcome, "assign.no-capacity")] == [
        "1 person of Abbey has no named GP: no GP of the practice is at work.",
        "1 person of Castle has no named GP: no GP of the practice is at work.",
    ]


def buddy(outcome) -> dict[str, tuple]:
    return {r["practice_code"]: (r["buddy_code"], r["people"], r["room"]) for r in outcome.tables["buddy"]}


def test_a_single_handed_practice_gets_a_buddy_with_room():
    dale = {"practice_code": "D", "name": "Dale", "group_code": "N1"}
    staff = [gp("G1", 5), gp("G2", 2, at="B"), gp("G3", 2, at="B"), gp("G4", 4, at="D"), gp("G5", 4, at="D")]
    outcome = propose([person(1), person(2), person(3)], staff, practices=[ABBEY, BRIDGE, CASTLE, dale])
    assert buddy(outcome) == {"A": ("D", 3, 32)}
    assert outcome.tables["buddy"][0]["reason"] == "Dale has room for about 8 people"


def test_two_single_handed_practices_cover_each_other():
    outcome = propose([person(1), person(2, at="B")], [gp("G1", 5), gp("G2", 5, at="B")])
    assert buddy(outcome) == {"A": ("B", 1, 16), "B": ("A", 1, 16)}


def test_a_buddy_without_enough_room_is_said_and_so_is_a_practice_alone():
    outcome = propose(
        [person(1), person(2), person(3, at="C", group="N2")], [gp("G1", 5), gp("G2", 1, at="B"), gp("G9", 3, at="C")]
    )
    assert buddy(outcome)["A"] == ("B", 2, 4)
    assert buddy(outcome)["C"] == (None, 1, 0)
    assert [f.what for f in findings(outcome, "assign.no-buddy")] == [
        "Abbey has one GP, with 2 people of the register; Bridge, with most room, could cover about 1 of them.",
        "Castle has one GP, with 1 person of the register, and is in no group with another practice.",
    ]


def test_how_good_each_placement_is_is_published():
    outcome = propose([person(1, "G1"), person(2, at="C", group="N2")], [gp("G1", 5), gp("G9", 3, at="C")])
    assert [(s["role"], s["pool"], s["people"], s["cost"] == s["bound"]) for s in outcome.tables["solution"]] == [
        ("gp", "A", 1, True), ("gp", "C", 1, True),
        ("care-coordinator", "A", 1, True), ("care-coordinator", "C", 1, True),
    ]  # fmt: skip
