"""What the person hopes for, the need it answers, and the promises that work towards it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from carestead.care import plan as rules
from carestead.care.machine import Refusal
from carestead.store.actor import Actor, Role
from carestead.store.care import asks
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Goal, Plan, Promise
from carestead.store.care.own_page import tell_of_own_page
from carestead.store.care.plans import reopen, sides, writing_refusal
from carestead.store.care.refusing import come, hold_to, locked
from carestead.store.care.things import CareEvent

SCORES = range(1, 11)
"""How important a goal is to the person, and how confident they are: 1 (not at all) to 10."""


@transaction.atomic
def add_goal(
    *, plan_id: int, words: str, by: Actor, need: str = "", importance: int | None = None,
    confidence: int | None = None, at: datetime | None = None,
) -> Goal:  # fmt: skip
    """Write down a goal. `words` are the person's own: they are kept as they were said and never changed, not even
    their spaces. In a signed plan the goal is proposed until the person accepts it."""
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    hold_to(writing_refusal(plan, by), _words_refusal(words), _score_refusal(importance), _score_refusal(confidence))
    goal = Goal(
        plan_id=plan_id,
        person_id=plan.person_id,
        state="proposed",
        words=words,
        need=need.strip(),
        importance=importance,
        confidence=confidence,
        written_at=now,
    )
    begin(goal, Act("propose", by, recorded_at=now))
    reopen(plan, by=by, at=now)
    return goal


def _words_refusal(words: str) -> Refusal | None:
    return None if words.strip() else Refusal("The goal has no words.", "Write it as the person says it.")


def _score_refusal(score: int | None) -> Refusal | None:
    if score is None or score in SCORES:
        return None
    return Refusal(f"{score} is not a score.", "Give a whole number from 1 (not at all) to 10 (very).")


@transaction.atomic
def move_goal(*, goal_id: int, act: str, version: int, by: Actor, reason: str = "", at: datetime | None = None) -> Goal:
    """Accept, reject, begin, hold, resume or cancel a goal (with a reason where the rules ask for one)."""
    now = at or timezone.now()
    goal = locked(Goal, goal_id)
    if act in ("achievement", "complete"):
        raise NotPossibleError("It does not say how far the goal was reached.", "Judge the goal first.")
    hold_to(rules.GOAL.refusal(goal.state, act, sides(by, goal.person_id), {"reason": reason}))
    sets = {"state": rules.GOAL.after(goal.state, act), "reason": reason.strip()}
    return change(goal, Act(act, by, recorded_at=now), version=version, **sets)


@transaction.atomic
def judge_goal(
    *, goal_id: int, version: int, by: Actor, achievement: str, outcome: str, happened_at: datetime,
    ends: bool = False, at: datetime | None = None,
) -> Goal:  # fmt: skip
    """Say how far a goal was reached (a code of FHIR goal-achievement), what came of it and when. `ends`: nobody works
    on it any longer. What is said of an earlier day than was said before stands in the goal's course alone: the goal
    itself stays as it was found last."""
    now = at or timezone.now()
    goal = locked(Goal, goal_id)
    act = "complete" if ends else "achievement"
    day = timezone.localdate(happened_at)
    said = {"achievement": achievement, "achieved_on": day, "outcome": outcome.strip()}
    given = {"achievement": achievement, "happened_at": happened_at}
    hold_to(
        _achievement_refusal(achievement), rules.GOAL.refusal(goal.state, act, sides(by, goal.person_id), given),
        come(day, now),
    )  # fmt: skip
    is_newest = goal.achieved_on is None or day >= goal.achieved_on
    sets = {"state": rules.GOAL.after(goal.state, act), **(said if is_newest else {})}
    judged = change(goal, Act(act, by, happened_at, now, said), version=version, **sets)
    tell_of_own_page(person_id=goal.person_id, did="goal", by=by, at=now)
    return judged


@dataclass(frozen=True, slots=True)
class Judged:
    """How far a goal was on a day: a code of FHIR goal-achievement, what came of it, and who said so in which role."""

    on: date
    achievement: str
    outcome: str
    name: str
    role: Role


def courses(goal_ids: Collection[int]) -> dict[int, list[Judged]]:
    """How each goal went: everything that was said of how far it is, the newest day first. One query."""
    found: dict[int, list[Judged]] = defaultdict(list)
    events = CareEvent.objects.filter(kind=Goal.KIND, subject_id__in=goal_ids, type__in=("achievement", "complete"))
    # of one day, what was said later comes first
    for event in events.order_by("-version"):
        found[event.subject_id].append(_judged(event))
    return {pk: sorted(said, key=lambda j: j.on, reverse=True) for pk, said in found.items()}


def _judged(event: CareEvent) -> Judged:
    said = {**event.sets, **event.given}
    on = date.fromisoformat(said["achieved_on"])
    return Judged(on, said["achievement"], said["outcome"], event.name, Role(event.role))


def _achievement_refusal(code: str) -> Refusal | None:
    if code in rules.ACHIEVEMENT:
        return None
    return Refusal(f"{code or 'Nothing'} does not say how far.", f"Choose one of: {', '.join(rules.ACHIEVEMENT)}.")


@transaction.atomic
def promise_for_plan(
    *, plan_id: int, ask: asks.Ask, by: Actor, goal_id: int | None = None, at: datetime | None = None
) -> Promise:
    """An action of the plan: a promise, towards a goal of it or towards none."""
    plan = locked(Plan, plan_id)
    goal = locked(Goal, goal_id) if goal_id is not None else None
    hold_to(writing_refusal(plan, by), _goal_refusal(plan, goal))
    return asks.make(ask, person_id=plan.person_id, by=by, at=at or timezone.now(), plan_id=plan_id, goal_id=goal_id)


def _goal_refusal(plan: Plan, goal: Goal | None) -> Refusal | None:
    if goal is None or (goal.person_id == plan.person_id and goal.state not in rules.GOAL.ended):
        return None
    if goal.person_id != plan.person_id:
        return Refusal("The goal is somebody else's.", "Choose a goal of this plan.")
    return Refusal(f"The goal is {rules.GOAL.label(goal.state)}.", "Choose one that is still worked on, or write it.")
