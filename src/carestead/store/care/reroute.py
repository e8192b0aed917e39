"""What a hand-over takes with it: promises, requests and messages about the person of whoever leaves.

No owner is edited. A promise of the leaving holder ends as handed over, and a successor with the same due time carries
on; what the leaving holder asked of others stays as it is, with the arriving one to answer to.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from carestead.care.break_glass import REVIEW as BREAK_GLASS_REVIEW
from carestead.care.promise import ASKED, OPEN
from carestead.care.request import LIVE
from carestead.care.sides import Party
from carestead.care.templates import templates
from carestead.store.actor import Actor
from carestead.store.assign.models import Responsibility
from carestead.store.care import follow_ups as follow
from carestead.store.care.acting import step
from carestead.store.care.consequences import withdraw
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Message, Plan, Promise, Request
from carestead.store.care.openings import codes_of_opener
from carestead.store.care.promises import KIND
from carestead.store.care.things import Thing
from carestead.store.find.models import Enrolment

OUTCOME = "handed-over"
"""The outcome of a promise that a successor carries on, so that it is not counted as given up."""


def concerned(people: Collection[int], leaving: str) -> set[int]:
    """Those of `people` about whom anything is open that is `leaving`'s: in four queries, however many they are."""
    theirs = Q(owner_code=leaving) | Q(requester_code=leaving)
    looks = (
        Promise.objects.filter(theirs, state__in=OPEN),
        Request.objects.filter(asker_code=leaving, state__in=[*LIVE, "draft"]),
        Message.objects.filter(to_code=leaving, answered_at=None),
        Plan.objects.filter(review_by_code=leaving, state__in=[*LIVE, "draft"]),
    )
    wanted = set(people)
    return {p for look in looks for p in look.values_list("person_id", flat=True) if p in wanted}


@transaction.atomic
def reroute_promises(
    *, person_id: int, role: str, leaving: str, arriving: str, by: Actor, arriving_name: str = "",
    at: datetime | None = None,
) -> list[Promise]:  # fmt: skip
    """Carry over what `leaving` (a practitioner code) owes and is owed about the person because of `role`. Call it in
    the transaction of the hand-over. Gives the successors; sent again it finds nothing left to do.

    Because of the role means: by a template that binds to it; without one, everything when `leaving` holds no other
    role for the person now.
    """
    now = at or timezone.now()
    to = Party("practitioner", arriving, arriving_name)
    others = _other_roles(person_id, role, leaving)
    mine = Promise.objects.filter(person_id=person_id, state__in=OPEN, owner_kind="practitioner", owner_code=leaving)
    carried = [p for p in mine.order_by("due_at", "pk") if _bound(p.template, "owner", role, others)]
    # an offer of another of them has ended with that one
    successors = [_successor(p, _carrier(p, to), by, now) for p in carried if _still_open(p)]
    if not others:
        _answer_to(person_id, leaving, to, by, now)
    return successors


def _other_roles(person_id: int, role: str, code: str) -> frozenset[str]:
    held = Responsibility.objects.filter(person_id=person_id, practitioner_code=code, end__isnull=True)
    return frozenset(held.exclude(role=role).values_list("role", flat=True))


def _bound(template: str, end: str, role: str, others: frozenset[str]) -> bool:
    known = templates().get(template)
    binds = getattr(known, end) if known else ""
    return binds == role if binds in others | {role} else not others


def _still_open(promise: Promise) -> bool:
    promise.refresh_from_db()
    return promise.state in OPEN


def _carrier(promise: Promise, arriving: Party) -> Party:
    """Who carries a promise on: whoever arrives. Of the review of a record that they opened themselves it is the lead
    of the practice, as it is when the named GP opens one."""
    if promise.template != BREAK_GLASS_REVIEW or arriving.code not in codes_of_opener(promise):
        return arriving
    practice = Enrolment.objects.filter(person_id=promise.person_id).values_list("practice_code", flat=True).first()
    return Party("organisation", practice) if practice else arriving


def _successor(promise: Promise, to: Party, by: Actor, now: datetime) -> Promise:
    was = {"state": promise.state, "reason": promise.reason, "resume_on": promise.resume_on}
    if to.kind == "organisation":
        was = {"state": "ready", "reason": "", "resume_on": None}  # they accepted no hand-over
    own = (promise.requester_kind, promise.requester_code) == (promise.owner_kind, promise.owner_code)
    name = to.name or (to.code if to.kind == "practitioner" else "the practice's lead")
    copy = _copy(promise, to, own, was)
    withdraw(promise, reason=f"Handed over to {name}.", by=by, now=now, outcome=OUTCOME)
    made = begin(copy, Act("ask", by, recorded_at=now, given={"handed_over_from": promise.pk}))
    return _brought_up(made, was, name, by, now)


def _copy(promise: Promise, to: Party, own: bool, was: dict[str, Any]) -> Promise:
    """The same promise of another owner: what is asked, by when, and since when stay."""
    facts = {f.attname: getattr(promise, f.attname) for f in Promise._meta.concrete_fields if f.attname not in _NEW}
    owner = {"owner_kind": to.kind, "owner_code": to.code, "owner_name": to.name}
    asked = {"requester_kind": to.kind, "requester_code": to.code, "requester_name": to.name} if own else {}
    state = was["state"] if was["state"] in ("draft", "ready") else "requested"
    return Promise(**{**facts, **owner, **asked, **follow.links_of(promise), "state": state})


_NEW = ("id", "version", "state", "channel", "accepted_at", "accepted_by", "reason", "resume_on", "replaces_id",
        "outcome", "evidence", "happened_at", "ended_at", "acknowledged_at", "decided_next")  # fmt: skip
"""What a successor does not take over: it is told by its own acts."""


def _brought_up(made: Promise, was: dict[str, Any], name: str, by: Actor, now: datetime) -> Promise:
    """Whoever accepts a hand-over accepts, with it, what had been accepted."""
    if was["state"] in ASKED | {"draft", "ready"}:
        return made
    step(KIND, made, "accept", by=by, now=now, accepted_by=name, channel="hand-over", accepted_at=now)
    if was["state"] == "on-hold":
        held = {"reason": was["reason"], "resume_on": was["resume_on"]}
        step(KIND, made, "hold", by=by, now=now, given=held, **held)
    return made


def _answer_to(person_id: int, leaving: str, to: Party, by: Actor, now: datetime) -> None:
    """What others owe the leaving holder, their requests, and messages to them that wait for an answer."""
    asked = Promise.objects.filter(person_id=person_id, requester_kind="practitioner", requester_code=leaving)
    for promise in asked.filter(state__in=OPEN):
        _readdress(promise, by, now, requester_code=to.code, requester_name=to.name)
    for request in Request.objects.filter(person_id=person_id, asker_code=leaving, state__in=[*LIVE, "draft"]):
        _readdress(request, by, now, asker_code=to.code, asker_name=to.name)
    waiting = Message.objects.filter(person_id=person_id, to_kind="practitioner", to_code=leaving, answered_at=None)
    for message in waiting:
        _readdress(message, by, now, to_code=to.code, to_name=to.name)
    for plan in Plan.objects.filter(person_id=person_id, review_by_code=leaving, state__in=[*LIVE, "draft"]):
        _readdress(plan, by, now, review_by_code=to.code)


def _readdress(thing: Thing, by: Actor, now: datetime, **sets: Any) -> None:
    change(thing, Act("hand-over", by, recorded_at=now), version=thing.version, **sets)
