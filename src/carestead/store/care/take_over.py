"""Offers to take over what is long late. Whoever accepts one ends the promise it replaces, and owes it from then on.

No clock and no offer ends anything: the old promise stays its owner's until somebody accepts. Whatever else ends it
leaves nothing to take over, so the offers of it end in the same transaction, and say why.
"""

from collections.abc import Iterator
from datetime import datetime

from carestead.care.break_glass import REVIEW
from carestead.care.promise import ASKED, OPEN
from carestead.care.templates import TAKE_OVER
from carestead.store.actor import Actor
from carestead.store.care.acting import Kind, NotPossibleError
from carestead.store.care.log import Act, change
from carestead.store.care.models import Promise, Request
from carestead.store.care.standing import party_of
from carestead.store.care.withdrawing import end_unwanted

_SAME = ("what", "done_means", "why", "template", "attempts", "plan_id", "goal_id", "request_id", "stay_id",
         "meeting_item_id")  # fmt: skip
"""What the promise of whoever took over has of the one it replaces. Owner, requester, due time and the acts upon it
are its own: they were asked, and have said yes, by the time that the offer gave."""

_ENDED = {"completed": "it is done", "cancelled": "it is no longer wanted of its owner", "rejected": "it was refused",
          "failed": "it was not possible", "entered-in-error": "it was entered in error"}  # fmt: skip


def lock(promise_id: int) -> None:
    """Lock what is always locked before a promise: its request; for an offer, also what it offers, and before that
    the request of that."""
    promise = Promise.objects.filter(pk=promise_id).first()
    if promise is None:
        return
    old = replaced(promise)
    if wanted := {p.request_id for p in (promise, old) if p and p.request_id}:
        list(Request.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if old:
        Promise.objects.select_for_update().filter(pk=old.pk).first()


def replaced(offer: Promise) -> Promise | None:
    """What an offer offers, also one that was passed on to somebody else; None for a promise that is no offer."""
    found: Promise | None = offer
    while found is not None and found.template == TAKE_OVER:
        found = Promise.objects.filter(pk=found.replaces_id).first()
    return None if found is offer else found


def nothing_left(old: Promise) -> NotPossibleError:
    """Why what has ended cannot be taken over."""
    return NotPossibleError(_nothing_left(old), "Decline the offer, or ask nobody else.")


def follow(kind: Kind[Promise], promise: Promise, type: str, by: Actor, now: datetime) -> None:
    """What follows from any act upon a promise. Raises NotPossibleError when an offer is accepted of what has ended."""
    if type == "accept" and promise.template == TAKE_OVER:
        if (old := replaced(promise)) is not None:
            _take(kind, old, promise, by, now)
    elif promise.state in kind.machine.ended:
        for offer in _waiting(promise):
            _end(kind, offer, _nothing_left(promise), by, now)


def _take(kind: Kind[Promise], old: Promise, new: Promise, by: Actor, now: datetime) -> None:
    if old.state not in OPEN:
        raise nothing_left(old)
    same = {name: getattr(old, name) for name in _SAME}
    if old.template == REVIEW:
        same["author_username"] = old.author_username  # whoever opened the record has no part in its review
    _end(kind, old, f"Taken over by {new.accepted_by}.", by, now)
    act = Act("take-over", by, recorded_at=now, given={"taken_over_from": old.pk})
    change(new, act, version=new.version, **same, replaces_id=old.pk)


def _end(kind: Kind[Promise], promise: Promise, reason: str, by: Actor, now: datetime) -> None:
    """It is no longer wanted of its owner, who is told, also of what they had asked of themselves, unless they are who
    ended it."""
    end_unwanted(kind, promise, reason=reason, by=by, now=now, words="No longer wanted of you", knows=party_of(by))


def _waiting(promise: Promise) -> Iterator[Promise]:
    """The offers of a promise that nobody has answered."""
    for offer in Promise.objects.filter(replaces_id=promise.pk, template=TAKE_OVER).order_by("pk"):
        if offer.state in ASKED:
            yield offer
        yield from _waiting(offer)


def _nothing_left(old: Promise) -> str:
    said = f" {old.reason}" if old.reason else ""
    return f"There is nothing left to take over: {_ENDED[old.state]}.{said}"
