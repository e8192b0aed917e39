"""The promises that a plan, a meeting or a lesson makes, and what becomes of them when their plan ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Unpack

from django.db.models import QuerySet

from carestead.care.promise import OPEN
from carestead.care.sides import Party
from carestead.store.actor import Actor
from carestead.store.care.log import Act, change
from carestead.store.care.models import Plan, Promise
from carestead.store.care.promise_ends import cancel_promise
from carestead.store.care.promises import Links, make_promise
from carestead.store.care.standing import party_of


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
    template: str = ""


def make(ask: Ask, *, person_id: int, by: Actor, at: datetime, **links: Unpack[Links]) -> Promise:
    """A promise asked for by `by`. Raises NotPossibleError when the terms make no promise."""
    return make_promise(
        person_id=person_id,
        owner=Party(ask.owner_kind, ask.owner_code, ask.owner_name),
        requester=party_of(by),
        what=ask.what,
        done_means=ask.done_means,
        due_at=ask.due_at,
        why=ask.why,
        consent_allows=ask.consent_allows,
        template=ask.template,
        by=by,
        at=at,
        **links,
    )


def open_promises(plan_id: int) -> QuerySet[Promise]:
    """The promises of a plan that are still open, the next due first."""
    return Promise.objects.filter(plan_id=plan_id, state__in=sorted(OPEN)).order_by("due_at", "pk")


def carry(promise: Promise, to: Plan | None, *, by: Actor, at: datetime) -> None:
    """Let a promise go on under another plan, or under none: nothing else about it changes."""
    act = Act("carry", by, recorded_at=at, given={"from_plan": promise.plan_id})
    change(promise, act, version=promise.version, plan_id=to.pk if to else None)


def cancel(promise: Promise, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel a promise with its plan; its owner is told. Raises NotPossibleError without a reason."""
    cancel_promise(promise_id=promise.pk, version=promise.version, by=by, at=at, reason=reason)
