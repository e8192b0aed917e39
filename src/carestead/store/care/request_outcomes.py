"""The outcome of a request: it comes back, is reviewed, and is told to the person; only then can the request close."""

from datetime import datetime
from typing import Any, Unpack

from carestead.care.request import LIVE, closing_refusal
from carestead.care.templates import outcome_words
from carestead.store.actor import Actor
from carestead.store.care import follow_ups as follow
from carestead.store.care.acting import How, NotPossibleError, act, refuse, step
from carestead.store.care.consequences import keep, withdraw
from carestead.store.care.models import Promise, Request
from carestead.store.care.requests import KIND, live_promise, team_promises


def record_outcome(*, request_id: int, outcome: str, happened_at: datetime, **how: Unpack[How]) -> Request:
    """The outcome came back, here or by letter. The team's promise is kept by it; the asker has to review it."""
    by = how["by"]

    def then(request: Request, now: datetime) -> None:
        waiting = live_promise(request)
        if waiting is None or waiting.template not in follow.BY_REQUEST:
            kept = waiting and keep(
                waiting, outcome="done", evidence=outcome.strip(), happened_at=happened_at, by=by, now=now
            )
            follow.follow_up("review-outcome", kept or team_promises(request).latest("pk"), now, why=outcome)
        elif waiting.template == "choose-next":
            keep(waiting, outcome="no-longer-needed", evidence=outcome.strip(), happened_at=now, by=by, now=now)
            follow.follow_up("review-outcome", waiting, now, why=outcome)

    given = {"outcome": outcome, "happened_at": happened_at}
    sets = {"outcome": outcome.strip()}
    return act(
        KIND, request_id, "outcome", how, given=given, sets=lambda r, now: {**sets, "outcome_at": now}, then=then
    )


def review_outcome(*, request_id: int, note: str, **how: Unpack[How]) -> Request:
    """Whoever asked says what the outcome means for the plan."""

    def sets(request: Request, now: datetime) -> dict[str, Any]:
        _came_back(request)
        return {"reviewed_at": now, "reviewed_by": how["by"].name, "review": note.strip()}

    return act(KIND, request_id, "review", how, given={"note": note}, sets=sets)


def tell_outcome(*, request_id: int, told_how: str, **how: Unpack[How]) -> Request:
    """The person was told the outcome, and how."""

    def sets(request: Request, now: datetime) -> dict[str, Any]:
        _came_back(request)
        return {"told_at": now, "told_how": told_how.strip()}

    return act(KIND, request_id, "tell", how, given={"told_how": told_how}, sets=sets)


def close_request(*, request_id: int, **how: Unpack[How]) -> Request:
    """Close it: possible only with an outcome that came back, was reviewed, and was told to the person (R8)."""

    def sets(request: Request, now: datetime) -> dict[str, Any]:
        refuse(closing_refusal(request.outcome_at, request.reviewed_at, request.told_at))
        waiting = live_promise(request)
        if waiting and waiting.template not in follow.BY_REQUEST:
            raise NotPossibleError("A team has been asked and has not finished.", "Cancel that promise, or wait.")
        return {"ended_at": now}

    def then(request: Request, now: datetime) -> None:
        waiting = live_promise(request)
        if waiting:
            evidence = f"{request.review} Told {request.told_how}."
            keep(waiting, outcome="closed-loop", evidence=evidence, happened_at=now, by=how["by"], now=now)

    return act(KIND, request_id, "close", how, sets=sets, then=then)


def outcome_came_back(promise: Promise, by: Actor, now: datetime) -> None:
    """A team kept its promise: the outcome is written into the request, and the asker has to review it."""
    request = Request.objects.select_for_update().filter(pk=promise.request_id, state__in=LIVE).first()
    if request is None:
        return
    said = promise.evidence or outcome_words(promise.outcome)
    given = {"outcome": said, "happened_at": promise.happened_at}
    step(KIND, request, "outcome", by=by, now=now, given=given, outcome=said, outcome_at=now)
    follow.follow_up("review-outcome", promise, now, why=said)


def outcome_was_not_so(promise: Promise, reason: str, by: Actor, now: datetime) -> None:
    """What a team was said to have done was not: a request that still stands waits for its outcome again."""
    request = Request.objects.select_for_update().filter(pk=promise.request_id, state__in=LIVE).first()
    if request is None:
        return
    waiting = live_promise(request)
    if waiting and waiting.template not in follow.BY_REQUEST:
        raise NotPossibleError("A team has been asked again already.", "Add what you know to that promise.")
    if waiting:
        withdraw(waiting, reason=reason, by=by, now=now)
    said = {"outcome": f"Said not to be done: {reason}", "happened_at": now}
    step(KIND, request, "outcome", by=by, now=now, given=said, outcome=said["outcome"], outcome_at=None)


def _came_back(request: Request) -> None:
    if request.outcome_at is None:
        raise NotPossibleError("The outcome has not come back.", "Record the outcome first.")
