"""The coordinator is told what the person and their carer wrote: once a day, without alarm, again when more comes."""

from datetime import date, timedelta
from functools import partial

import pytest
from tests.at_once import at_once
from tests.unit.store.planning import NOW, TODAY, enrol, signed

from carestead.store.actor import Actor, Role
from carestead.store.care.goals import add_goal, judge_goal, move_goal
from carestead.store.care.lists import history
from carestead.store.care.log import untold
from carestead.store.care.models import Alarm, Goal, Notice
from carestead.store.care.sections import Place, write_own_words, write_section
from carestead.store.care.seen import see_notice
from carestead.store.care.sharing import answer_for, choose_sharing
from carestead.store.care.sweep import sweep
from carestead.store.care.today import matters_of

EDITH = Actor("edith", "Edith Moss", Role.PERSON, person_id=7)
ANN = Actor("ann", "Ann Cole", Role.CARER, person_id=7)
MATTERS = "what-is-most-important-to-me"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def plan(db, gp, coordinator):
    enrol(gp)
    yield signed(gp, coordinator)
    assert list(untold()) == []


def say(by=EDITH, at=NOW, version=0, heading=MATTERS):
    return write_own_words(person_id=7, heading=heading, text="Bess", version=version, by=by, at=at)


def share(by=EDITH, at=NOW, audience="council"):
    return choose_sharing(
        person_id=7, part="about-me", audience=audience, allowed=True, said_on=date(2026, 11, 20), by=by, at=at
    )


def judge(by, goal, at=NOW):
    return judge_goal(
        goal_id=goal.pk, version=goal.version, by=by, achievement="improving", outcome="Nearer", happened_at=NOW, at=at
    )


def told() -> Notice:
    return Notice.objects.get(about="own-words")


def test_three_saves_of_a_day_are_one_notice_that_names_all_three(plan, gp, coordinator):
    goal = add_goal(plan_id=plan.pk, words="See the sea", by=coordinator, at=NOW)
    for act in ("accept", "begin"):
        goal = move_goal(goal_id=goal.pk, act=act, version=goal.version, by=coordinator, at=NOW)
    assert not Notice.objects.filter(about="own-words").exists()
    say()
    first = told()
    assert (first.person_id, first.to_kind, first.to_code, first.state) == (7, "practitioner", "K1", "given")
    assert first.facts_told["words"] == "The person wrote in About me."
    share(at=NOW + HOUR)
    judge(EDITH, Goal.objects.get(), at=NOW + 2 * HOUR)
    say(at=NOW + 3 * HOUR, heading="my-wellness")
    assert told().facts_told["words"] == (
        "The person wrote in About me, said how a goal goes and changed who may see the plan."
    )
    assert (told().queued_at, told().given_at) == (NOW, NOW + 3 * HOUR)


def test_the_carer_is_named_apart(plan):
    share(audience="carer")
    say(by=ANN, at=NOW + HOUR)
    assert told().facts_told["words"] == "The person changed who may see the plan. Their carer wrote in About me."


def test_what_was_seen_is_to_be_seen_again_when_more_is_saved_that_day(plan, coordinator):
    say()
    see_notice(notice_id=told().pk, by=coordinator, mine=frozenset({"K1"}))
    assert [m.kind for m in matters_of(["K1"], NOW + DAY)] == []
    say(at=NOW + HOUR, version=1)
    [matter] = matters_of(["K1"], NOW + DAY)
    assert (matter.kind, matter.since, matter.due, matter.holder_code) == ("wrote", NOW + HOUR, None, "K1")
    assert [e.type for e in history("notice", told().pk)] == ["tell", "see", "tell"]


def test_the_next_day_of_london_is_another_notice(plan):
    at_night = NOW.replace(hour=23, minute=59)
    say(at=at_night)
    say(at=at_night + timedelta(minutes=1), version=1)
    assert Notice.objects.filter(about="own-words").count() == 2


def test_several_answers_of_one_form_are_one_telling(plan):
    answer_for(
        person_id=7, audience="council", answers={"about-me": True, "plan": False}, seen=0, said_on=TODAY, by=EDITH,
        at=NOW,
    )  # fmt: skip
    assert [e.type for e in history("notice", told().pk)] == ["tell"]


def test_what_professionals_write_is_told_to_nobody(plan, gp, coordinator):
    for by in (gp, coordinator):
        share(by=by)
    write_section(plan_id=plan.pk, place=Place("about-me", MATTERS), text="Bess", version=0, by=gp, at=NOW)
    assert not Notice.objects.filter(about="own-words").exists()


def test_it_is_never_late_and_alarms_nobody(plan):
    say()
    sweep(at=NOW + 30 * DAY)
    assert told().state == "given"
    assert not Alarm.objects.filter(subject_kind="notice", subject_id=told().pk).exists()


def test_two_who_save_at_once_make_one_notice(committed, gp, coordinator):
    enrol(gp)
    signed(gp, coordinator)
    saves = [partial(share, audience=a) for a in ("council", "carer", "community-trust", "voluntary")]
    assert [e for e in at_once(saves) if isinstance(e, str)] == []
    assert len(history("notice", told().pk)) == len(saves)
