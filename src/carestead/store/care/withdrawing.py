"""The end of a promise that is no longer wanted because of something else that was done. What ends along with one knows
how promises are kept, and that again what ends along with them, so the kind is given and nothing here imports it."""

from datetime import datetime
from typing import Any

from carestead.care.sides import Party
from carestead.store.actor import Actor
from carestead.store.care.acting import Kind, step
from carestead.store.care.models import Promise
from carestead.store.care.sending import tell_owner


def end_unwanted(
    kind: Kind[Promise], promise: Promise, *, reason: str, by: Actor, now: datetime, words: str = "",
    knows: Party | None = None, **sets: Any,
) -> Promise:  # fmt: skip
    """End it, with the reason. Its owner is told in `words`, before what was promised and the reason, unless they are
    `knows` (`tell_owner`); nobody is where there are no words: who then does it tells them otherwise."""
    ended = {"reason": reason, "ended_at": now, "offered_due_at": None, **sets}
    step(kind, promise, "cancel", by=by, now=now, given={"reason": reason}, **ended)
    if words:
        tell_owner(promise, f"{words}: {promise.what}. {reason}", by, now, knows=knows)
    return promise
