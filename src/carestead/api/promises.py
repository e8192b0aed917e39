"""Promises: read with their version, made under a key, moved by naming the version that was read."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from carestead import results
from carestead.api import policy
from carestead.api.door import Answer, Refused, answers, writes
from carestead.api.outcome import Wrong
from carestead.api.sent import Sent
from carestead.care.sides import Party
from carestead.store.access import Action
from carestead.store.actor import Actor
from carestead.store.care import promise_ends as ends
from carestead.store.care import promises as moves
from carestead.store.care.models import Promise
from carestead.store.care.standing import party_of

Given = Callable[[Sent], dict[str, Any]]


def _why(sent: Sent) -> dict[str, Any]:
    return {"reason": sent.text("reason")}


def _note(sent: Sent) -> dict[str, Any]:
    return {"note": sent.text("note")}


def _nothing(sent: Sent) -> dict[str, Any]:
    return {}


def _happened(sent: Sent, note: str | None = None) -> dict[str, Any]:
    return {"happened_at": sent.moment("happened_at"), "note": sent.text("note", note)}


def _accepted(sent: Sent) -> dict[str, Any]:
    new_due = sent.moment("new_due") if "new_due" in sent.body else None
    return {
        "channel": sent.text("channel", "screen"),
        "accepted_by": sent.text("accepted_by", ""),
        "new_due": new_due,
    }


def _kept(sent: Sent) -> dict[str, Any]:
    return {
        "outcome": sent.text("outcome"),
        "happened_at": sent.moment("happened_at"),
        "evidence": sent.text("evidence", ""),
    }


ACTS: dict[str, tuple[Callable[..., Promise], Given]] = {
    "send": (moves.send_promise, _nothing),
    "open": (moves.open_promise, _nothing),
    "accept": (moves.accept_promise, _accepted),
    "begin": (moves.begin_promise, lambda sent: _happened(sent, "")),
    "attempt": (moves.record_attempt, _happened),
    "hold": (moves.hold_promise, lambda sent: {**_why(sent), "resume_on": sent.day("resume_on")}),
    "resume": (moves.resume_promise, _nothing),
    "note": (moves.note_on_promise, _note),
    "offer-date": (moves.offer_date, lambda sent: {**_why(sent), "new_due": sent.moment("new_due")}),
    "agree-date": (moves.agree_date, _nothing),
    "keep-date": (moves.keep_date, _nothing),
    "acknowledge": (moves.acknowledge_cancelled, _nothing),
    "complete": (ends.complete_promise, _kept),
    "reject": (ends.reject_promise, _why),
    "fail": (ends.fail_promise, _why),
    "cancel": (ends.cancel_promise, _why),
    "correct": (ends.correct_promise, _why),
    "decide-next": (ends.decide_next, _note),
    "not-done": (ends.say_not_done, _why),
}
"""What can be done to a promise, by its name in the address: the action, and what is read of what was sent."""


@answers("api-promises")
def of_person(request: HttpRequest, actor: Actor, person_id: int) -> Answer:
    """Every promise made for a person, each with its version, the newest due last."""
    _may_see(actor, person_id)
    rows = Promise.objects.filter(person_id=person_id).order_by("due_at", "pk")
    return Answer({"person_id": person_id, "promises": [_said(p) for p in rows]}, people=[person_id])


@answers("api-promise")
def promise(request: HttpRequest, actor: Actor, promise_id: int) -> Answer:
    """One promise; its ETag is what an act upon it must name in If-Match."""
    return _answer(_seen(actor, promise_id))


@writes("api-make-promise", demands="Idempotency-Key")
def make(sent: Sent, actor: Actor, person_id: int) -> Answer:
    """Ask for a promise: `what`, `done_means`, `due_at`, and `owner` with its `kind`, `code` and `name`."""
    _may_see(actor, person_id)
    made = moves.make_promise(
        person_id=person_id, owner=_party(sent, "owner"), requester=party_of(actor), what=sent.text("what"),
        done_means=sent.text("done_means"), due_at=sent.moment("due_at"), why=sent.text("why", ""),
        template=sent.text("template", ""), by=actor,
    )  # fmt: skip
    return _answer(made, 201)


@writes("api-promise-act", demands="If-Match")
def act(sent: Sent, actor: Actor, promise_id: int, act: str) -> Answer:
    """Do one of ACTS to a promise that stands at the version named in If-Match."""
    if act not in ACTS:
        raise Wrong(404, f"A promise knows no act {act}.", f"There are: {', '.join(ACTS)}.")
    _seen(actor, promise_id)
    do, given = ACTS[act]
    return _answer(do(promise_id=promise_id, version=sent.version, by=actor, **given(sent)))


def _seen(actor: Actor, promise_id: int) -> Promise:
    """The promise, for one of its sides and for whoever may see its person. There is one answer to whoever may not,
    and to whoever guesses at numbers."""
    found = Promise.objects.filter(pk=promise_id).first()
    if found is None:
        raise Refused("There is no such promise that you may see.")
    if not moves.sides_of(found, actor, timezone.now()):
        _may_see(actor, found.person_id)
    return found


def _may_see(actor: Actor, person_id: int) -> None:
    with results.latest(settings.AREA) as snapshot:
        policy.require(snapshot, actor, Action.SEE, person_id)


def _party(sent: Sent, name: str) -> Party:
    given = sent.body.get(name)
    if not isinstance(given, dict) or not all(isinstance(given.get(k, ""), str) for k in ("kind", "code", "name")):
        raise Wrong(400, f"`{name}` is no party.", 'Send {"kind": "practitioner", "code": "...", "name": "..."}.')
    return Party(given.get("kind", "practitioner"), given.get("code", ""), given.get("name", ""))


def _said(thing: Promise) -> dict[str, Any]:
    return {"id": thing.pk, "version": thing.version, **thing.facts()}


def _answer(thing: Promise, status: int = 200) -> Answer:
    return Answer(_said(thing), people=[thing.person_id], status=status, version=thing.version)
