"""How promises, their parties and their times are written on a page."""

from datetime import datetime, timedelta
from typing import Any

from carestead.care.message import MESSAGE
from carestead.care.promise import ASKED, OPEN, PROMISE
from carestead.care.request import REQUEST
from carestead.care.sides import Party
from carestead.care.templates import outcome_words
from carestead.store.care.lists import Seen
from carestead.store.care.models import Promise
from carestead.store.care.standing import owner_of, requester_of
from carestead.store.care.take_over import replaced
from carestead.store.care.things import CareEvent
from carestead.web.published import Published
from carestead.web.shell.formats import when

_MACHINES = {m.name: m for m in (PROMISE, REQUEST, MESSAGE)}
_DID = {
    name: {t.act: t.words for t in machine.transitions}
    | {"ask": "asked for it", "send": "sent it", "hand-over": "handed it over", "take-over": "took it over"}
    for name, machine in _MACHINES.items()
}
_TAGS = {"ready": "blue", "requested": "yellow", "received": "yellow", "on-hold": "grey", "completed": "green"}


def party_words(found: Published, party: Party) -> str:
    """Who it is, as people call them."""
    if party.name:
        return party.name
    if party.kind == "practitioner":
        return found.practitioner_name(party.code)
    if party.kind == "desk":
        return f"The duty desk of {found.organisation_name(party.code)}"
    return {"person": "The person", "carer": "The carer"}.get(party.kind) or found.organisation_name(party.code)


def holder(found: Published, promise: Promise) -> str:
    """Who has what is offered here to be taken over; empty when it is no offer, or has been answered."""
    old = replaced(promise) if promise.state in ASKED else None
    return party_words(found, owner_of(old)) if old else ""


def state_words(promise: Promise) -> str:
    """The state as people say it, with how it ended."""
    if promise.state == "completed":
        return f"Kept: {outcome_words(promise.outcome)}"
    if promise.outcome == "handed-over":
        return outcome_words(promise.outcome)
    return PROMISE.label(promise.state).capitalize()


def line(found: Published, seen: Seen, now: datetime) -> dict[str, Any]:
    """One promise in a list: what, who, by when, and how it stands; what of it cannot wait is said in words."""
    p = seen.promise
    return {
        "id": p.pk,
        "person_id": p.person_id,
        "what": p.what,
        "owner": party_words(found, owner_of(p)),
        "asked_by": party_words(found, requester_of(p)),
        "state": state_words(p),
        "tag": _TAGS.get(p.state, "white" if p.state in OPEN else "grey"),
        "due": when(p.due_at, now) if seen.open else "",
        "ended": p.ended_at,
        "overdue": seen.overdue,
        "open": seen.open,
        "acts": seen.acts,
        "instead_of": seen.instead_of,
        "must_decide": p.state in ("rejected", "failed") and not p.decided_next,
        "must_acknowledge": "acknowledge" in seen.acts,
        "new_date": p.offered_due_at,
        "reason": p.reason,
        "own": (p.owner_kind, p.owner_code) == (p.requester_kind, p.requester_code),
    }


def told(event: CareEvent) -> dict[str, Any]:
    """An act in a history: who did what, when it was written down, when it happened if earlier, what was said."""
    given = event.given
    said = [str(given[n]) for n in ("note", "reason", "evidence", "outcome", "told_how", "text") if given.get(n)]
    if event.type == "complete" and given.get("outcome"):
        said = [outcome_words(given["outcome"]), *[s for s in said if s != given["outcome"]]]
    apart = abs(event.recorded_at - event.happened_at) > timedelta(minutes=5)
    return {
        "name": event.name,
        "did": _DID.get(event.kind, {}).get(event.type) or event.type.replace("-", " "),
        "at": event.recorded_at,
        "happened_at": event.happened_at if apart else None,
        "said": said,
        "channel": {"phone": "by telephone", "letter": "by letter"}.get(str(given.get("channel")), ""),
        "accepted_by": given.get("accepted_by") if given.get("accepted_by") != event.name else "",
    }
