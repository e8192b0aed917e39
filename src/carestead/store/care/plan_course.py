"""What becomes of a signed plan: it is reviewed, put on hold, resumed, ended. Only people do that, never a clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from carestead.care import plan as rules
from carestead.care.machine import Refusal
from carestead.store.actor import Actor
from carestead.store.care import asks
from carestead.store.care.log import Act, change
from carestead.store.care.models import Plan, Promise
from carestead.store.care.plans import answered_gp, sides
from carestead.store.care.refusing import ahead, hold_to, locked
from carestead.store.care.telling import RESUMED, tell_to_know
from carestead.store.care.things import CareEvent


@transaction.atomic
def review_plan(
    *, plan_id: int, version: int, by: Actor, note: str, review_on: date, review_by_code: str,
    at: datetime | None = None,
) -> Plan:  # fmt: skip
    """Record that a signed plan was reviewed, what was found, and who reviews it next when."""
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    given = {"note": note, "review_on": review_on}
    hold_to(
        rules.PLAN.refusal(plan.state, "review", sides(by, plan.person_id), given),
        ahead(review_on, now),
        None if review_by_code else Refusal("It does not say who reviews the plan next.", "Choose who does."),
    )
    act = Act("review", by, recorded_at=now, given={"note": note})
    return change(plan, act, version=version, review_on=review_on, review_by_code=review_by_code)


@transaction.atomic
def hold_plan(
    *, plan_id: int, version: int, by: Actor, reason: str, resume_on: date, at: datetime | None = None
) -> Plan:
    """Put a signed plan on hold, until a day that is to come."""
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    given = {"reason": reason.strip(), "resume_on": resume_on}
    hold_to(rules.PLAN.refusal(plan.state, "hold", sides(by, plan.person_id), given), ahead(resume_on, now))
    return change(plan, Act("hold", by, recorded_at=now), version=version, state="on-hold", **given)


def held_since(plan: Plan) -> datetime | None:
    """When a plan that is on hold was put there; None for any other."""
    if plan.state != "on-hold":
        return None
    held = CareEvent.objects.filter(kind=Plan.KIND, subject_id=plan.pk, type="hold").order_by("-version")
    return held.values_list("recorded_at", flat=True).first()


@transaction.atomic
def resume_plan(*, plan_id: int, version: int, by: Actor, at: datetime | None = None) -> Plan:
    """Let a plan that is on hold hold again. Whoever does it for a named GP who is away is written down as such, and
    the GP is told."""
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    hold_to(rules.PLAN.refusal(plan.state, "resume", sides(by, plan.person_id, now), {}))
    away = answered_gp(by, plan.person_id, now)
    words = f"{by.name} let the plan go on instead of you. It was on hold: {plan.reason.rstrip('.')}."
    act = Act("resume", by, recorded_at=now, given={"instead_of": away} if away else {})
    change(plan, act, version=version, state="active", reason="", resume_on=None)
    if away:
        tell_to_know(person_id=plan.person_id, about=RESUMED, to=away, words=words, by=by, at=now)
    return plan


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one open promise when its plan ends: it is kept on without the plan, or cancelled for a
    reason."""

    keep: bool
    reason: str = ""


@transaction.atomic
def end_plan(
    *, plan_id: int, version: int, act: str, by: Actor, reason: str, fates: Mapping[int, Fate],
    at: datetime | None = None,
) -> Plan:  # fmt: skip
    """End a plan: `act` is complete, revoke (no longer wanted) or correct (never right). `fates` says of each open
    promise, by id, what becomes of it; while one is left out the plan does not end, and nothing is written."""
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    promises = list(asks.open_promises(plan_id))
    undecided = [p.pk for p in promises if p.pk not in fates]
    hold_to(
        None if act in ENDS else Refusal(f"A plan does not end by {act}.", f"It can: {', '.join(ENDS)}."),
        rules.PLAN.refusal(plan.state, act, sides(by, plan.person_id), {"reason": reason}),
        rules.ending_refusal(undecided),
    )
    for promise in promises:
        _settle(promise, fates[promise.pk], by, now)
    said = {"state": rules.PLAN.after(plan.state, act), "reason": reason.strip(), "ended_at": now}
    return change(plan, Act(act, by, recorded_at=now), version=version, **said)


ENDS = ("complete", "revoke", "correct")


def _settle(promise: Promise, fate: Fate, by: Actor, now: datetime) -> None:
    if fate.keep:
        asks.carry(promise, None, by=by, at=now)
    else:
        asks.cancel(promise, fate.reason, by=by, at=now)
