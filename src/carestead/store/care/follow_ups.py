"""What follows at once from bad news: a promise of whoever asked to decide what next, so that nothing is dropped."""

from datetime import datetime

from carestead.care.promise import OPEN
from carestead.care.request import LIVE
from carestead.care.sides import Party
from carestead.care.templates import follow_ups
from carestead.reference.calendars import working_calendar
from carestead.store.actor import SYSTEM
from carestead.store.assign.now import holders
from carestead.store.care.models import Alarm, Promise, Request
from carestead.store.care.promises import Links, make_promise
from carestead.store.care.standing import owner_of, requester_of

BY_REQUEST = {
    "choose-next": "Choose the next team on the page of the request, or end the request with a reason.",
    "review-outcome": "Review the outcome on the page of the request, tell the person, and close the request.",
}
"""Promises that end with an act upon their request, and never by themselves."""
DECISIONS = ("what-next", *BY_REQUEST)
"""Templates of promises to decide something about another promise."""


def links_of(promise: Promise) -> Links:
    """What a successor is part of: all that the promise was part of, and the promise itself."""
    return Links(
        plan_id=promise.plan_id,
        goal_id=promise.goal_id,
        request_id=promise.request_id,
        stay_id=promise.stay_id,
        meeting_item_id=promise.meeting_item_id,
        replaces_id=promise.pk,
    )


def decide_what_next(promise: Promise, now: datetime) -> Promise:
    """A promise ended with bad news: whoever asked has a day to say what happens instead."""
    return follow_up("choose-next" if asked_by_request(promise) else "what-next", promise, now)


def choose_next_if_idle(promise: Promise, now: datetime) -> Promise | None:
    """A promise ended without outcome: if its request still stands and nobody else is at work on it, the next team has
    to be chosen."""
    waiting = Promise.objects.filter(request_id=promise.request_id, state__in=OPEN)
    return follow_up("choose-next", promise, now) if asked_by_request(promise) and not waiting.exists() else None


def asked_by_request(promise: Promise) -> bool:
    """Whether the promise is that of a request that still stands."""
    return promise.request_id is not None and Request.objects.filter(pk=promise.request_id, state__in=LIVE).exists()


def follow_up(template: str, promise: Promise, now: datetime, *, why: str = "") -> Promise:
    """Make the follow-up `template` of a promise, for its requester to do, in carestead's name."""
    form = follow_ups()[template]
    decider = _decider(promise)
    # a follow-up that itself failed keeps its words: they do not pile up
    what = promise.what if promise.template in DECISIONS else form.what.format(what=promise.what)
    return make_promise(
        person_id=promise.person_id,
        owner=decider,
        requester=decider,
        what=what,
        done_means=form.done_means,
        why=why or promise.reason,
        due_at=form.due(now, working_calendar()),
        template=template,
        by=SYSTEM,
        at=now,
        **links_of(promise),
    )


def alarm_late_refusal(promise: Promise, now: datetime) -> Alarm:
    """What was accepted is refused after all: whoever asked is interrupted, once."""
    alarm, _ = Alarm.objects.get_or_create(
        key=f"promise/{promise.pk}/refused-late",
        defaults={
            "person_id": promise.person_id,
            "subject_kind": Promise.KIND,
            "subject_id": promise.pk,
            "milestone": "refused-late",
            "rung": "requester",
            "effect": "asks",
            "to_kind": promise.requester_kind,
            "to_code": promise.requester_code,
            "interrupts": True,
            "raised_at": now,
        },
    )
    return alarm


def open_follow_ups(promise: Promise) -> list[Promise]:
    """The open follow-ups of a promise, and of those follow-ups of it that failed themselves."""
    found = list(Promise.objects.filter(replaces_id=promise.pk, template__in=DECISIONS))
    return [f for f in found if f.state in OPEN] + [
        later for f in found if f.state not in OPEN for later in open_follow_ups(f)
    ]


def carried_on(promise_id: int | None) -> Promise | None:
    """A promise as it stands now: where somebody else has it since, theirs."""
    promise = Promise.objects.filter(pk=promise_id).first()
    while promise is not None and promise.state == "cancelled":
        heir = Promise.objects.filter(replaces_id=promise.pk, template=promise.template).order_by("pk").last()
        if heir is None:
            break
        promise = heir
    return promise


def _decider(promise: Promise) -> Party:
    """Whoever asked; for a person or carer, who are not left with it, their coordinator or named GP."""
    asked = owner_of(promise) if promise.template in DECISIONS else requester_of(promise)
    if asked.kind not in ("person", "carer"):
        return asked
    held = holders([promise.person_id])[promise.person_id]
    code = held.get("coordinator") or held.get("named-gp")
    return Party("practitioner", code) if code else asked
