"""Asking another team, and not letting go until the outcome is back, reviewed, and told to the person.

A request that stands always has one open promise: the team's, or the asker's to choose the next team or to review.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Unpack

from django.db.models import QuerySet
from django.utils import timezone

from carestead.care.machine import Refusal
from carestead.care.promise import DOING, OPEN
from carestead.care.request import REQUEST
from carestead.care.sides import Party
from carestead.store.actor import Actor
from carestead.store.assign.now import holders
from carestead.store.care import follow_ups as follow
from carestead.store.care.acting import How, Kind, NotPossibleError, act, once, refuse, step
from carestead.store.care.consequences import keep, withdraw
from carestead.store.care.log import Act, begin
from carestead.store.care.models import Promise, Request
from carestead.store.care.promises import KIND as PROMISE_KIND
from carestead.store.care.promises import make_promise, resume_refusal
from carestead.store.care.standing import request_sides, standpoint


def sides_of(request: Request, by: Actor, at: datetime) -> frozenset[str]:
    """On which sides of a request an actor stands at `at`. Four queries."""
    return request_sides(standpoint(by, at), request, holders([request.person_id])[request.person_id])


def _refusal(state: str, type: str, sides: frozenset[str], given: Mapping[str, Any]) -> Refusal | None:
    return REQUEST.refusal(state, type, sides, given)


KIND = Kind(Request, REQUEST, sides_of, _refusal)


def make_request(
    *, person_id: int, what: str, why: str, service: str, team: Party, asker: Party, done_means: str, due_at: datetime,
    by: Actor, plan_id: int | None = None, goal_id: int | None = None, consent_allows: bool = True,
    key: str | None = None, at: datetime | None = None,
) -> Request:  # fmt: skip
    """Ask a team: the request and its first promise, in one transaction. Raises as `make_promise` does, and when the
    team is no organisation or nothing says why."""
    if team.kind != "organisation" or asker.kind != "practitioner":
        raise NotPossibleError("A practitioner requests, and an organisation is asked.", "Choose a team to ask.")
    if not why.strip():
        raise NotPossibleError("The request does not say why.", "Say in a few words why the person needs it.")

    def do() -> Request:
        now = at or timezone.now()
        asked = begin(
            Request(
                person_id=person_id, state="active", what=what.strip(), why=why.strip(), service=service,
                team_code=team.code, team_name=team.name, asker_code=asker.code, asker_name=asker.name,
                author_username=by.username, asked_at=now, due_at=due_at, plan_id=plan_id, goal_id=goal_id,
            ),
            Act("ask", by, recorded_at=now, key=key),
        )  # fmt: skip
        _ask(asked, team, done_means, due_at, by, now, consent_allows=consent_allows)
        return asked

    return once(key, Request, do, type="ask", by=by)


def ask_next_team(
    *, request_id: int, team: Party, due_at: datetime, consent_allows: bool = True, **how: Unpack[How]
) -> Request:
    """The team before did not do it: ask another. Refused while a team's promise is open: one at a time."""
    by = how["by"]

    def sets(request: Request, now: datetime) -> dict[str, Any]:
        if team.kind != "organisation":
            raise NotPossibleError(f"{team.name or team.code} is no team.", "Choose an organisation to ask.")
        waiting = live_promise(request)
        if waiting and waiting.template not in follow.BY_REQUEST:
            raise NotPossibleError(
                f"{waiting.owner_name or waiting.owner_code} has been asked and has not finished.",
                "Cancel that promise with a reason first, or wait for the answer.",
            )
        # an outcome of the team before does not close the loop of the next
        return {"team_code": team.code, "team_name": team.name, "due_at": due_at, "outcome_at": None}

    def then(request: Request, now: datetime) -> None:
        waiting = live_promise(request)
        if waiting:
            keep(waiting, outcome="asked-another", evidence=team.name or team.code, happened_at=now, by=by, now=now)
        before = team_promises(request).last()
        done_means = before.done_means if before else request.what
        _ask(request, team, done_means, due_at, by, now, before=before, consent_allows=consent_allows)

    given = {"note": f"Asked {team.name or team.code}", "team": team.code}
    return act(KIND, request_id, "next-team", how, given=given, sets=sets, then=then)


def revoke_request(*, request_id: int, reason: str, **how: Unpack[How]) -> Request:
    """It was right and is no longer wanted. Its open promise is withdrawn, and its owner told."""
    return act(
        KIND, request_id, "revoke", how, given={"reason": reason}, sets=_ended(reason), then=_dispose(reason, how)
    )


def correct_request(*, request_id: int, reason: str, **how: Unpack[How]) -> Request:
    """It was never right. It stays to be seen; its open promise is withdrawn, and its owner told."""
    return act(
        KIND, request_id, "correct", how, given={"reason": reason}, sets=_ended(reason), then=_dispose(reason, how)
    )


def hold_request(*, request_id: int, reason: str, resume_on: date, **how: Unpack[How]) -> Request:
    """Put it on hold until a day; a promise that a team is keeping is put on hold with it."""
    said = {"reason": reason.strip(), "resume_on": resume_on}

    def sets(request: Request, now: datetime) -> dict[str, Any]:
        refuse(resume_refusal(resume_on, now))
        return said

    def then(request: Request, now: datetime) -> None:
        waiting = live_promise(request)
        if waiting and waiting.state in DOING:
            step(PROMISE_KIND, waiting, "hold", by=how["by"], now=now, given=said, **said)

    return act(KIND, request_id, "hold", how, given=said, sets=sets, then=then)


def resume_request(*, request_id: int, **how: Unpack[How]) -> Request:
    """Go on with it, and with its promise."""
    cleared = {"reason": "", "resume_on": None}

    def then(request: Request, now: datetime) -> None:
        waiting = live_promise(request)
        if waiting and waiting.state == "on-hold":
            step(PROMISE_KIND, waiting, "resume", by=how["by"], now=now, **cleared)

    return act(KIND, request_id, "resume", how, sets=lambda r, now: cleared, then=then)


def live_promise(request: Request) -> Promise | None:
    """The one open promise of a request."""
    return Promise.objects.filter(request_id=request.pk, state__in=OPEN).order_by("pk").first()


def team_promises(request: Request) -> QuerySet[Promise]:
    """What teams were asked for it, in turn, follow-ups aside."""
    return Promise.objects.filter(request_id=request.pk).exclude(template__in=list(follow.BY_REQUEST)).order_by("pk")


def _ask(
    request: Request, team: Party, done_means: str, due_at: datetime, by: Actor, now: datetime, *,
    before: Promise | None = None, consent_allows: bool = True,
) -> Promise:  # fmt: skip
    return make_promise(
        person_id=request.person_id, owner=team, what=request.what, why=request.why, done_means=done_means,
        requester=Party("practitioner", request.asker_code, request.asker_name), due_at=due_at, by=by, at=now,
        consent_allows=consent_allows, request_id=request.pk, plan_id=request.plan_id, goal_id=request.goal_id,
        replaces_id=before.pk if before else None,
    )  # fmt: skip


def _ended(reason: str):
    return lambda request, now: {"reason": reason.strip(), "ended_at": now}


def _dispose(reason: str, how: How):
    def then(request: Request, now: datetime) -> None:
        waiting = live_promise(request)
        if waiting:
            withdraw(waiting, reason=reason.strip(), by=how["by"], now=now, words="No longer wanted")

    return then
