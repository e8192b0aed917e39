"""What an act upon one thing does to the promises that hang on it, in the same transaction: never without a person who
acted, and never without the states' own rules."""

from datetime import datetime

from carestead.care.promise import ASKED, OPEN
from carestead.store.actor import Actor
from carestead.store.care.acting import step
from carestead.store.care.models import Promise
from carestead.store.care.promises import KIND
from carestead.store.care.withdrawing import end_unwanted


def keep(promise: Promise, *, outcome: str, evidence: str, happened_at: datetime, by: Actor, now: datetime) -> Promise:
    """What was promised turns out to be done: it is accepted or resumed first where it stood before that, so that its
    history stays one that a life cycle can tell. Nothing for one that has ended."""
    if promise.state not in OPEN:
        return promise
    if promise.state == "draft":
        step(KIND, promise, "ask", by=by, now=now, asked_at=now)
    if promise.state in ASKED:
        accepted = {"accepted_by": promise.owner_name or by.name, "channel": "letter", "accepted_at": now}
        step(KIND, promise, "accept", by=by, now=now, given={"because": "its outcome came back"}, **accepted)
    if promise.state == "on-hold":
        step(KIND, promise, "resume", by=by, now=now, reason="", resume_on=None)
    given = {"outcome": outcome, "happened_at": happened_at, "evidence": evidence}
    kept = {"outcome": outcome, "evidence": evidence, "happened_at": happened_at, "ended_at": now}
    return step(KIND, promise, "complete", by=by, now=now, given=given, **kept)


def withdraw(
    promise: Promise, *, reason: str, by: Actor, now: datetime, outcome: str = "", words: str = ""
) -> Promise:  # fmt: skip
    """What was promised is no longer wanted; its owner is told in `words`, unless they asked for it themselves."""
    return end_unwanted(KIND, promise, reason=reason, by=by, now=now, words=words, outcome=outcome)
