"""Agreeing a plan with the person, and signing it: the two acts after which it holds."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from carestead.care import plan as rules
from carestead.care.headings import agreeing_refusal
from carestead.store.actor import Actor
from carestead.store.care import asks
from carestead.store.care.log import Act, change
from carestead.store.care.models import Goal, Plan
from carestead.store.care.plans import active_plan, sides
from carestead.store.care.refusing import ahead, come, hold_to, locked
from carestead.store.care.sections import sections


@transaction.atomic
def agree_plan(
    *, plan_id: int, version: int, by: Actor, agreed_with: str, agreed_on: date, at: datetime | None = None
) -> Plan:
    """Record with whom a plan was agreed: the person, or who may speak for them, with name and role. The goals that
    were proposed are accepted with it."""
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    given = {"agreed_with": agreed_with, "agreed_on": agreed_on}
    goals = list(Goal.objects.filter(plan_id=plan_id))
    hold_to(
        rules.PLAN.refusal(plan.state, "agree", sides(by, plan.person_id), given),
        come(agreed_on, now),
        agreeing_refusal({key: s.text for key, s in sections(plan_id).items()}, len(goals)),
    )
    for goal in (g for g in goals if g.state == "proposed"):
        change(goal, Act("accept", by, recorded_at=now), version=goal.version, state="accepted")
    act = Act("agree", by, recorded_at=now)
    return change(plan, act, version=version, agreed_with=agreed_with.strip(), agreed_on=agreed_on)


@transaction.atomic
def sign_plan(*, plan_id: int, version: int, by: Actor, at: datetime | None = None) -> Plan:
    """Sign a plan as the accountable GP: from now on it holds. A plan that held until now is completed in the same
    transaction; its goals and its open promises go on under the new one."""
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    hold_to(
        rules.PLAN.refusal(plan.state, "sign", sides(by, plan.person_id), {}),
        rules.signing_refusal(plan.agreed_on, plan.review_on, plan.review_by_code),
        ahead(plan.review_on, now),
    )
    if before := active_plan(plan.person_id):
        _replace(before, plan, by, now)
    for goal in Goal.objects.filter(plan_id=plan_id, state="accepted"):
        change(goal, Act("begin", by, recorded_at=now), version=goal.version, state="active")
    signed = {"state": "active", "signed_by_code": by.practitioner_code, "signed_by": by.name, "signed_at": now}
    return change(plan, Act("sign", by, recorded_at=now), version=version, **signed)


def _replace(before: Plan, plan: Plan, by: Actor, now: datetime) -> None:
    for goal in Goal.objects.filter(plan_id=before.pk).exclude(state__in=sorted(rules.GOAL.ended)):
        act = Act("carry", by, recorded_at=now, given={"from_plan": before.pk})
        change(goal, act, version=goal.version, plan_id=plan.pk)
    for promise in asks.open_promises(before.pk):
        asks.carry(promise, plan, by=by, at=now)
    act = Act("complete", by, recorded_at=now, given={"replaced_by": plan.pk})
    reason = "A newer version was signed."
    change(before, act, version=before.version, state="completed", reason=reason, ended_at=now)
