"""Goals in the person's own words, and the promises that work towards them."""

from datetime import timedelta

import pytest
from tests.unit.store.planning import NOW, TODAY, agreed, ask, enrol, signed, written

from carestead.care.plan import ACHIEVEMENT
from carestead.store.actor import Actor, Role
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.goals import add_goal, courses, judge_goal, move_goal, promise_for_plan
from carestead.store.care.log import Act, ChangedMeanwhileError, change, untold
from carestead.store.care.models import Goal, Promise
from carestead.store.care.signing import sign_plan

WORDS = "  I want to get to the alotment again,\nme and the dog  "
PERSON = Actor("edith", "Edith", Role.PERSON, person_id=7)


@pytest.fixture
def draft(db, gp, coordinator):
    enrol(gp)
    return written(coordinator)


def refused(words):
    return pytest.raises(NotPossibleError, match=words)


def test_the_words_are_kept_as_they_were_said(draft, coordinator):
    add_goal(plan_id=draft.pk, words=WORDS, need="Falls", importance=10, confidence=1, by=coordinator, at=NOW)
    kept = Goal.objects.get()
    assert kept.words == WORDS
    assert (kept.need, kept.importance, kept.confidence, kept.state) == ("Falls", 10, 1, "proposed")
    assert list(untold()) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"words": " \n"}, "has no words"),
        ({"importance": 0}, "0 is not a score"),
        ({"importance": 11}, "11 is not a score"),
        ({"confidence": -1}, "-1 is not a score"),
    ],
)
def test_a_goal_without_words_or_with_a_strange_score_is_none(draft, coordinator, said, words):
    with refused(words):
        add_goal(**{"plan_id": draft.pk, "words": WORDS, "by": coordinator, **said})
    assert not Goal.objects.exists()


def test_agreeing_accepts_and_signing_begins(draft, gp, coordinator):
    add_goal(plan_id=draft.pk, words=WORDS, by=coordinator, at=NOW)
    no = add_goal(plan_id=draft.pk, words="Never mind", by=coordinator, at=NOW)
    move_goal(goal_id=no.pk, act="reject", version=1, by=coordinator, reason="Edith laughed", at=NOW)
    plan = agreed(draft, coordinator)
    assert [g.state for g in Goal.objects.order_by("pk")] == ["accepted", "rejected"]
    sign_plan(plan_id=plan.pk, version=plan.version, by=gp, at=NOW)
    assert [g.state for g in Goal.objects.order_by("pk")] == ["active", "rejected"]
    assert list(untold()) == []


def test_the_person_accepts_a_goal_of_a_signed_plan(db, gp, coordinator):
    enrol(gp)
    plan = signed(gp, coordinator)
    goal = add_goal(plan_id=plan.pk, words=WORDS, by=coordinator, at=NOW)
    assert move_goal(goal_id=goal.pk, act="accept", version=1, by=PERSON, at=NOW).state == "accepted"
    with refused("Only the"):
        move_goal(goal_id=goal.pk, act="begin", version=2, by=Actor("x", "X", Role.PERSON, person_id=8))


@pytest.fixture
def active(db, gp, coordinator):
    enrol(gp)
    plan = signed(gp, coordinator)
    goal = add_goal(plan_id=plan.pk, words=WORDS, by=coordinator, at=NOW)
    return move_goal(goal_id=goal.pk, act="begin", version=1, by=coordinator, at=NOW)


def judge(goal, by, **changed):
    say = {"goal_id": goal.pk, "version": goal.version, "by": by, "achievement": "improving",
           "outcome": "As far as the gate", "happened_at": NOW - timedelta(days=1), "at": NOW}  # fmt: skip
    return judge_goal(**{**say, **changed})


def test_how_far_it_got_is_said_apart_with_its_day(active, coordinator):
    goal = judge(active, coordinator)
    assert (goal.state, goal.achievement, goal.outcome) == ("active", "improving", "As far as the gate")
    assert goal.achieved_on == TODAY - timedelta(days=1)
    ended = judge(goal, coordinator, achievement="achieved", ends=True)
    assert (ended.state, ended.achievement) == ("completed", "achieved")
    assert judge(ended, coordinator, achievement="sustaining").state == "completed"
    assert list(untold()) == []


def test_how_it_went_is_told_the_newest_day_first(active, coordinator):
    judge(active, coordinator)
    goal = judge(Goal.objects.get(), PERSON, achievement="worsening", outcome="My knee again", happened_at=NOW)
    assert (goal.achievement, goal.achieved_on, goal.outcome) == ("worsening", TODAY, "My knee again")
    late = judge(goal, coordinator, achievement="no-change", outcome="Rain", happened_at=NOW - timedelta(days=9))
    assert (late.achievement, late.achieved_on, late.outcome) == ("worsening", TODAY, "My knee again")
    again = judge(late, coordinator, achievement="no-progress", outcome="Rang her", happened_at=NOW)
    assert again.achievement == "no-progress"
    course = courses([goal.pk, 999])
    assert set(course) == {goal.pk}
    said = [((j.on - TODAY).days, j.achievement, j.outcome, j.name, j.role) for j in course[goal.pk]]
    assert said == [
        (0, "no-progress", "Rang her", "Kim Teal", Role.CARE_COORDINATOR),
        (0, "worsening", "My knee again", "Edith", Role.PERSON),
        (-1, "improving", "As far as the gate", "Kim Teal", Role.CARE_COORDINATOR),
        (-9, "no-change", "Rain", "Kim Teal", Role.CARE_COORDINATOR),
    ]
    assert list(untold()) == []


def test_ending_a_goal_by_what_was_so_before_keeps_the_newest_word(active, coordinator):
    goal = judge(active, coordinator, achievement="achieved", happened_at=NOW)
    ended = judge(goal, coordinator, achievement="improving", happened_at=NOW - timedelta(days=5), ends=True)
    assert (ended.state, ended.achievement) == ("completed", "achieved")
    assert [j.achievement for j in courses([goal.pk])[goal.pk]] == ["achieved", "improving"]


def test_a_course_as_it_was_written_down_before_stands(active, coordinator):
    """Events of earlier releases hold what was said in what they set alone."""
    sets = {"state": "active", "achievement": "improving", "achieved_on": TODAY, "outcome": "To the gate"}
    change(active, Act("achievement", coordinator, recorded_at=NOW), version=active.version, **sets)
    assert [(j.on, j.outcome) for j in courses([active.pk])[active.pk]] == [(TODAY, "To the gate")]


@pytest.mark.parametrize(
    "by", [Actor("x", "X", Role.PERSON, person_id=8), Actor("ann", "Ann", Role.CARER, person_id=7)]
)
def test_nobody_else_speaks_for_the_person(active, by):
    with refused("Only the"):
        judge(active, by)


def test_every_code_of_the_value_set_has_its_words():
    """FHIR R4 4.0.1, code system goal-achievement."""
    assert set(ACHIEVEMENT) == {
        "in-progress", "improving", "worsening", "no-change", "achieved", "sustaining", "not-achieved", "no-progress",
        "not-attainable",
    }  # fmt: skip
    assert len(set(ACHIEVEMENT.values())) == len(ACHIEVEMENT)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"achievement": "good"}, "good does not say how far"),
        ({"achievement": ""}, "Nothing does not say how far"),
        ({"happened_at": NOW + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_a_judgement_that_is_none(active, coordinator, changed, words):
    with refused(words):
        judge(active, coordinator, **changed)


def test_a_goal_is_given_up_for_a_reason_and_ended_by_a_judgement(active, coordinator):
    with refused("no reason"):
        move_goal(goal_id=active.pk, act="cancel", version=active.version, by=coordinator)
    with refused("how far the goal was reached"):
        move_goal(goal_id=active.pk, act="complete", version=active.version, by=coordinator)
    with refused("no act sell of a goal"):
        move_goal(goal_id=active.pk, act="sell", version=active.version, by=coordinator)
    with pytest.raises(ChangedMeanwhileError):
        move_goal(goal_id=active.pk, act="cancel", version=1, by=coordinator, reason="Too far")
    gone = move_goal(goal_id=active.pk, act="cancel", version=active.version, by=coordinator, reason="Too far")
    assert (gone.state, gone.reason) == ("cancelled", "Too far")


def test_an_action_leads_to_a_goal_or_to_none(active, coordinator):
    promise_for_plan(plan_id=active.plan_id, goal_id=active.pk, ask=ask(), by=coordinator, at=NOW)
    loose = promise_for_plan(plan_id=active.plan_id, ask=ask(what="Order a bed"), by=coordinator, at=NOW)
    assert loose.goal_id is None
    assert {p.plan_id for p in Promise.objects.all()} == {active.plan_id}
    assert Promise.objects.first().requester_code == "K1"


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"owner_code": ""}, "no owner"), ({"due_at": None}, "no due"), ({"what": " "}, "what is to be done"),
     ({"done_means": ""}, "how one will know")],
)  # fmt: skip
def test_an_action_has_owner_due_and_done_means(active, coordinator, changed, words):
    with pytest.raises(Exception, match=words):
        promise_for_plan(plan_id=active.plan_id, goal_id=active.pk, ask=ask(**changed), by=coordinator, at=NOW)
    assert not Promise.objects.exists()


def test_no_action_for_a_goal_of_another_or_that_ended(active, gp, coordinator):
    enrol(gp, 8)
    other = add_goal(plan_id=signed(gp, coordinator, 8).pk, words="Mine", by=coordinator, at=NOW)
    with refused("somebody else's"):
        promise_for_plan(plan_id=active.plan_id, goal_id=other.pk, ask=ask(), by=coordinator)
    move_goal(goal_id=active.pk, act="cancel", version=active.version, by=coordinator, reason="Too far")
    with refused("The goal is given up"):
        promise_for_plan(plan_id=active.plan_id, goal_id=active.pk, ask=ask(), by=coordinator)


@pytest.mark.parametrize("kind", ["person", "carer"])
def test_what_the_person_does_themselves_needs_no_acceptance(active, coordinator, kind):
    own = ask(owner_kind=kind, owner_code="7", owner_name="Edith")
    made = promise_for_plan(plan_id=active.plan_id, goal_id=active.pk, ask=own, by=coordinator, at=NOW)
    assert made.state == "ready"
