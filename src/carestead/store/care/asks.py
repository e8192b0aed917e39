"""The promises that a plan, a meeting or a lesson makes, and what becomes of them when their plan ends."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from carestead.care import promise as rules
from carestead.store.actor import Actor
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Goal, Plan, Promise
from carestead.store.care.refusing import hold_to

SELF_KINDS = ("person", "carer")
"""Owners who need not accept: what the person or their carer will do is agreed with them."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of whom, by when, and how one will know that it is done."""

    what: str
    done_means: str
    due_at: datetime | None
    owner_code: str
    owner_name: str = ""
    owner_kind: str = "practitioner"
    why: str = ""
    consent_allows: bool = True


def make(
    ask: Ask, *, person_id: int, by: Actor, at: datetime, plan: Plan | None = None, goal: Goal | None = None,
    meeting_item_id: int | None = None,
) -> Promise:  # fmt: skip
    """A promise asked for by `by`; one of one's own, or of the person's, needs no acceptance. Raises NotAllowedError
    when the terms make no promise."""
    own = by.practitioner_code or by.username
    terms = rules.Terms(ask.owner_code, own, ask.due_at, ask.what, ask.done_means, ask.consent_allows)
    hold_to(rules.terms_refusal(terms))
    assert ask.due_at is not None
    thing = Promise(
        person_id=person_id,
        state="ready" if ask.owner_kind in SELF_KINDS or ask.owner_code == own else "requested",
        what=ask.what.strip(),
        done_means=ask.done_means.strip(),
        why=ask.why.strip(),
        owner_kind=ask.owner_kind,
        owner_code=ask.owner_code,
        owner_name=ask.owner_name,
        requester_code=own,
        requester_name=by.name,
        author_username=by.username,
        asked_at=at,
        due_at=ask.due_at,
        first_due_at=ask.due_at,
        plan_id=plan.pk if plan else None,
        goal_id=goal.pk if goal else None,
        meeting_item_id=meeting_item_id,
    )
    return begin(thing, Act("ask", by, recorded_at=at))


def open_promises(plan_id: int) -> QuerySet[Promise]:
    """The promises of a plan that are still open, the next due first."""
    return Promise.objects.filter(plan_id=plan_id, state__in=sorted(rules.OPEN)).order_by("due_at", "pk")


def carry(promise: Promise, to: Plan | None, *, by: Actor, at: datetime) -> None:
    """Let a promise go on under another plan, or under none: nothing else about it changes."""
    act = Act("carry", by, recorded_at=at, given={"from_plan": promise.plan_id})
    change(promise, act, version=promise.version, plan_id=to.pk if to else None)


def cancel(promise: Promise, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel a promise with its plan, as the accountable GP. Raises NotAllowedError without a reason."""
    hold_to(rules.refusal(promise.state, "cancel", frozenset({rules.GP}), {"reason": reason}))
    act = Act("cancel", by, recorded_at=at, given={"with_plan": promise.plan_id})
    change(promise, act, version=promise.version, state="cancelled", reason=reason.strip(), ended_at=at)
