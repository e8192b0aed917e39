"""How promises end: kept, refused, not possible, no longer wanted, or never right; and what must follow each end."""

from datetime import datetime
from typing import Any, Unpack

from django.db.models import QuerySet

from carestead.care.machine import Refusal
from carestead.care.promise import BAD_NEWS, OPEN
from carestead.care.sides import Party
from carestead.care.templates import TAKE_OVER, follow_ups, outcome_refusal
from carestead.reference.calendars import working_calendar
from carestead.store.actor import Actor
from carestead.store.care import follow_ups as follow
from carestead.store.care.acting import How, NotPossibleError, act, refuse, step
from carestead.store.care.consequences import keep
from carestead.store.care.models import Promise
from carestead.store.care.promises import KIND, make_promise
from carestead.store.care.request_outcomes import outcome_came_back, outcome_was_not_so
from carestead.store.care.sending import tell_owner
from carestead.store.care.standing import owner_of, requester_of
from carestead.store.care.take_over import nothing_left, replaced


def complete_promise(
    *, promise_id: int, outcome: str, happened_at: datetime, evidence: str = "", **how: Unpack[How]
) -> Promise:
    """It was kept, on the day it really happened, however long after it was due. `outcome` is one of the ways its
    template knows; `evidence` what shows it. What a team was requested to do comes back to whoever asked."""
    by = how["by"]

    def sets(promise: Promise, now: datetime) -> dict[str, Any]:
        refuse(_by_hand_refusal(promise))
        refuse(outcome_refusal(promise.template, outcome))
        return {"outcome": outcome, "happened_at": happened_at, "evidence": evidence.strip(), "ended_at": now}

    def then(promise: Promise, now: datetime) -> None:
        if promise.template == "what-next":
            _decided(promise, evidence.strip() or outcome, by, now)
        elif promise.request_id is not None:
            outcome_came_back(promise, by, now)

    given = {"outcome": outcome, "happened_at": happened_at, "evidence": evidence}
    return act(KIND, promise_id, "complete", how, given=given, sets=sets, then=then)


def reject_promise(*, promise_id: int, reason: str, **how: Unpack[How]) -> Promise:
    """Refuse it, also after having accepted it: that is told as an alarm. Whoever asked has to decide what next."""
    late: list[bool] = []

    def sets(promise: Promise, now: datetime) -> dict[str, Any]:
        late.append(promise.state == "accepted")
        return {"reason": reason.strip(), "ended_at": now, "offered_due_at": None}

    def then(promise: Promise, now: datetime) -> None:
        follow.decide_what_next(promise, now)
        if late[-1]:
            follow.alarm_late_refusal(promise, now)

    return act(KIND, promise_id, "reject", how, given={"reason": reason}, sets=sets, then=then)


def fail_promise(*, promise_id: int, reason: str, **how: Unpack[How]) -> Promise:
    """It turned out not to be possible. Whoever asked has to decide what next."""
    ended = _ended(reason)
    return act(KIND, promise_id, "fail", how, given={"reason": reason}, sets=ended, then=follow.decide_what_next)


def cancel_promise(*, promise_id: int, reason: str, **how: Unpack[How]) -> Promise:
    """It is no longer wanted. The owner is told, and must acknowledge what they had accepted."""

    def then(promise: Promise, now: datetime) -> None:
        tell_owner(promise, f"No longer wanted: {promise.what}. {promise.reason}", how["by"], now)
        follow.choose_next_if_idle(promise, now)

    return act(KIND, promise_id, "cancel", how, given={"reason": reason}, sets=_ended(reason), then=then)


def correct_promise(*, promise_id: int, reason: str, **how: Unpack[How]) -> Promise:
    """It was never right. It stays to be seen, by its owner as well."""

    def then(promise: Promise, now: datetime) -> None:
        tell_owner(promise, f"Entered in error: {promise.what}. {promise.reason}", how["by"], now)
        follow.choose_next_if_idle(promise, now)

    def sets(promise: Promise, now: datetime) -> dict[str, Any]:
        if promise.state == "entered-in-error":
            raise NotPossibleError("It was corrected already.", "Read it again before you go on.")
        return {"reason": reason.strip(), "ended_at": now, "offered_due_at": None}

    return act(KIND, promise_id, "correct", how, given={"reason": reason}, sets=sets, then=then)


def decide_next(*, promise_id: int, note: str, **how: Unpack[How]) -> Promise:
    """After bad news: nobody else is asked, and `note` says why. The follow-up that waited for this is kept."""

    def then(promise: Promise, now: datetime) -> None:
        _keep_follow_ups(promise, "dropped", note.strip(), how["by"], now)

    return act(KIND, promise_id, "decide-next", how, given={"note": note}, sets=_undecided, then=then)


def ask_another(
    *, promise_id: int, owner: Party, due_at: datetime, consent_allows: bool = True, **how: Unpack[How]
) -> Promise:
    """After bad news: the same is asked of somebody else, by a new promise that replaces the old one. Gives the new
    one."""
    by = how["by"]

    def then(promise: Promise, now: datetime) -> None:
        make_promise(
            person_id=promise.person_id, owner=owner, requester=requester_of(promise), what=promise.what,
            done_means=promise.done_means, due_at=due_at, why=promise.why, template=promise.template, by=by, at=now,
            consent_allows=consent_allows, **follow.links_of(promise),
        )  # fmt: skip
        _keep_follow_ups(promise, "asked-another", f"Asked {owner.name or owner.code}", by, now)

    def sets(promise: Promise, now: datetime) -> dict[str, Any]:
        _not_a_decision(promise)
        if (old := replaced(promise)) and old.state not in OPEN:
            raise nothing_left(old)
        return _undecided(promise, now)

    given = {"note": f"Asked {owner.name or owner.code}", "owner": owner.code}
    old = act(KIND, promise_id, "decide-next", how, given=given, sets=sets, then=then)
    return successor_of(old)


def say_not_done(*, promise_id: int, reason: str, **how: Unpack[How]) -> Promise:
    """Somebody says that what is written down as kept was not done. The old promise stays as it is; a new one says so,
    of the same owner. Gives the new one."""
    form = follow_ups()["not-done"]

    def then(promise: Promise, now: datetime) -> None:
        outcome_was_not_so(promise, reason.strip(), how["by"], now)
        make_promise(
            person_id=promise.person_id, owner=owner_of(promise), requester=requester_of(promise),
            what=_again(form.what, promise.what), done_means=promise.done_means,
            due_at=form.due(now, working_calendar()), why=reason, template=promise.template, by=how["by"], at=now,
            **follow.links_of(promise),
        )  # fmt: skip

    def sets(promise: Promise, now: datetime) -> dict[str, Any]:
        _not_a_decision(promise)
        if _successors(promise).exclude(state="entered-in-error").exists():
            raise NotPossibleError("A new promise says already that this was not done.", "Add what you know to it.")
        return {}

    old = act(KIND, promise_id, "not-done", how, given={"reason": reason}, sets=sets, then=then)
    return successor_of(old)


def successor_of(promise: Promise) -> Promise:
    """The newest promise that was made in place of this one, follow-ups aside. Raises Promise.DoesNotExist."""
    return _successors(promise).latest("pk")


def _successors(promise: Promise) -> QuerySet[Promise]:
    others = {*follow.DECISIONS, TAKE_OVER} - {promise.template}  # an offer that is passed on is an offer again
    return Promise.objects.filter(replaces_id=promise.pk).exclude(template__in=others)


def _ended(reason: str):
    return lambda promise, now: {"reason": reason.strip(), "ended_at": now, "offered_due_at": None}


def _by_hand_refusal(promise: Promise) -> Refusal | None:
    if promise.template in follow.BY_REQUEST and follow.asked_by_request(promise):
        return Refusal("This ends with an act upon its request.", follow.BY_REQUEST[promise.template])
    return None


def _not_a_decision(promise: Promise) -> None:
    if promise.template in follow.DECISIONS:
        raise NotPossibleError("This was about a decision, not done for the person.", "Go to the promise it was about.")


def _undecided(promise: Promise, now: datetime) -> dict[str, Any]:
    if follow.asked_by_request(promise):
        raise NotPossibleError("The request of this promise still stands.", follow.BY_REQUEST["choose-next"])
    if promise.decided_next:
        raise NotPossibleError("It was decided already what happens next.", "Read what was decided.")
    return {"decided_next": True}


def _decided(what_next: Promise, note: str, by: Actor, now: datetime) -> None:
    """The follow-up was kept by hand: what it was about is decided."""
    about = Promise.objects.filter(pk=what_next.replaces_id).first()
    while about is not None and about.template == "what-next":
        about = Promise.objects.filter(pk=about.replaces_id).first()
    if about is not None and about.state in BAD_NEWS and not about.decided_next:
        step(KIND, about, "decide-next", by=by, now=now, given={"note": note}, decided_next=True)


def _keep_follow_ups(promise: Promise, outcome: str, evidence: str, by: Actor, now: datetime) -> None:
    for waiting in follow.open_follow_ups(promise):
        keep(waiting, outcome=outcome, evidence=evidence, happened_at=now, by=by, now=now)


def _again(form: str, what: str) -> str:
    start = form.partition("{")[0]
    return what if what.startswith(start) else form.format(what=what)
