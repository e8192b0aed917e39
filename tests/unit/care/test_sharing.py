"""Who may see a part of a plan: what was said last, else what the design gives."""

from datetime import UTC, datetime

import pytest

from carestead.care.sharing import ACCOUNTABLE, ALL_PARTS, AUDIENCES, CARE_TEAM, Choice, may_see, seen_by


def said(audience, allowed, hour, part="plan"):
    return Choice(part, audience, allowed, datetime(2026, 11, 20, hour, tzinfo=UTC))


@pytest.mark.parametrize("audience", [*AUDIENCES, "", "practice"])
def test_without_an_answer_only_the_care_team_sees(audience):
    assert may_see("plan", audience, []) is (audience in CARE_TEAM)


def test_the_newest_answer_counts_whatever_order_they_come_in():
    yes, no = said("council", True, 9), said("council", False, 10)
    assert not may_see("plan", "council", [no, yes])
    assert not may_see("plan", "council", [yes, no])
    assert may_see("plan", "council", [no, said("council", True, 11), yes])


def test_an_answer_for_all_parts_yields_to_a_newer_one_for_one_part():
    answers = [said("council", True, 9, ALL_PARTS), said("council", False, 10, "formulation")]
    assert may_see("plan", "council", answers)
    assert not may_see("formulation", "council", answers)
    assert may_see("formulation", "council", [*answers, said("council", True, 11, ALL_PARTS)])


def test_an_answer_for_one_audience_or_part_is_none_for_another():
    assert not may_see("plan", "home-care", [said("council", True, 9)])
    assert not may_see("about-me", "council", [said("council", True, 9)])


def test_refusing_narrows_but_never_hides_the_plan_from_the_accountable_gp():
    no = [said(ACCOUNTABLE, False, 9, ALL_PARTS)]
    assert not may_see("plan", ACCOUNTABLE, no)
    assert may_see("plan", ACCOUNTABLE, no, holder=True)


def test_seen_by_names_those_who_may():
    assert seen_by("plan", [said("lead", False, 9), said("home-care", True, 9)]) == [
        "named-gp", "care-coordinator", "home-care",
    ]  # fmt: skip
