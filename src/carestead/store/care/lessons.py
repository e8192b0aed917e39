"""Findings that are followed up (invariant R19): each ends in a promise whose effect is measured, or it stays open."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from carestead.care import lesson as rules
from carestead.care.machine import Refusal
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care import asks
from carestead.store.care.follow_ups import carried_on
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Lesson, Promise
from carestead.store.care.refusing import hold_to, locked


@transaction.atomic
def record_lesson(*, person_id: int, what: str, cause: str, by: Actor, at: datetime | None = None) -> Lesson:
    """Write down what went wrong in somebody's care, and the class of its cause."""
    now = at or timezone.now()
    hold_to(_team_refusal(by), rules.finding_refusal(what, cause))
    lesson = Lesson(person_id=person_id, state="open", what=what.strip(), cause=cause, found_at=now)
    return begin(lesson, Act("find", by, recorded_at=now))


@transaction.atomic
def promise_for_lesson(
    *, lesson_id: int, version: int, by: Actor, ask: asks.Ask, at: datetime | None = None
) -> tuple[Lesson, Promise]:
    """Promise to do something about it. A later promise takes the place of one that was not kept."""
    now = at or timezone.now()
    lesson = _open(lesson_id, by)
    hold_to(_still_promised(lesson))
    assert lesson.person_id is not None
    promise = asks.make(ask, person_id=lesson.person_id, by=by, at=now)
    return change(lesson, Act("promise", by, recorded_at=now), version=version, promise_id=promise.pk), promise


@transaction.atomic
def measure_effect(
    *, lesson_id: int, version: int, by: Actor, effect: str, measured_on: date, at: datetime | None = None
) -> Lesson:
    """Say what changed, and on which day that was measured."""
    now = at or timezone.now()
    lesson = _open(lesson_id, by)
    found_on, today = timezone.localdate(lesson.found_at), timezone.localdate(now)
    hold_to(rules.effect_refusal(effect, measured_on, found_on=found_on, today=today))
    act = Act("measure", by, recorded_at=now)
    return change(lesson, act, version=version, effect=effect.strip(), measured_on=measured_on)


@transaction.atomic
def close_lesson(*, lesson_id: int, version: int, by: Actor, at: datetime | None = None) -> Lesson:
    """Close it, with its evidence: the promise was kept and the effect measured."""
    now = at or timezone.now()
    lesson = _open(lesson_id, by)
    promise = carried_on(lesson.promise_id)
    hold_to(rules.closing_refusal(promise.state if promise else None, lesson.effect))
    return change(lesson, Act("close", by, recorded_at=now), version=version, state="closed", closed_at=now)


def _open(lesson_id: int, by: Actor) -> Lesson:
    lesson = locked(Lesson, lesson_id)
    ended = None if lesson.state == "open" else Refusal("The lesson is closed.", "Write down a new finding.")
    hold_to(_team_refusal(by), ended)
    return lesson


def _still_promised(lesson: Lesson) -> Refusal | None:
    promise = carried_on(lesson.promise_id)
    if promise is None or promise.state in ("failed", "rejected", "cancelled", "entered-in-error"):
        return None
    return Refusal("Something is promised already.", "Wait until it is kept, or has failed.")


def _team_refusal(by: Actor) -> Refusal | None:
    return None if by.role in DIRECT_CARE else Refusal("Only those who care for people do that.", "Tell one of them.")
