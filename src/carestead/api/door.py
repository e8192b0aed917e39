"""The way into every answer for programs: the same policy and the same audit as the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from carestead.api import outcome
from carestead.api.outcome import Wrong
from carestead.api.sent import Demand, Sent, read
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.audit.actions import record_read, record_refusal
from carestead.store.jobs.once import hash_of, once


@dataclass(frozen=True)
class AuditRule:
    """What a route may disclose, and under which name it is written down."""

    discloses: str
    action: str


@dataclass(frozen=True)
class Answer:
    """What is sent, the person_ids it discloses, and the version of the thing, which becomes its ETag."""

    content: Any
    people: Sequence[int] = ()
    status: int = 200
    detail: dict[str, Any] = field(default_factory=dict)
    version: int | None = None


class Refused(Exception):
    """The actor may not have this; `why` names nobody."""

    def __init__(self, why: str, people: Sequence[int] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.people = people


View = Callable[..., Answer]
Route = Callable[..., HttpResponse]


def answers(action: str) -> Callable[[View], Route]:
    """A GET route for direct care that writes one read event for the people it discloses. The view gets (request,
    actor, ...)."""

    def decorate(view: View) -> Route:
        def respond(request: HttpRequest, actor: Actor, arguments: dict[str, Any]) -> HttpResponse:
            made = view(request, actor, **arguments)
            record_read(by=actor, action=action, people=made.people, detail=made.detail)
            return _sent_back(_kept(made))

        return _route(view, action, "GET", respond)

    return decorate


def writes(action: str, *, demands: Demand) -> Callable[[View], Route]:
    """A POST route for direct care. The view gets (sent, actor, ...) and calls one action, which writes its own audit.

    It demands If-Match (428 when absent) where it changes something, and Idempotency-Key where it makes something: the
    same key again gives the first answer and does nothing.
    """

    def decorate(view: View) -> Route:
        def respond(request: HttpRequest, actor: Actor, arguments: dict[str, Any]) -> HttpResponse:
            sent = read(request, demands)
            if not sent.key:
                return _sent_back(_kept(view(sent, actor, **arguments)))
            return _once(request, actor, action, sent, lambda: _kept(view(sent, actor, **arguments)))

        route = _route(view, action, "POST", respond)
        route.demands = demands  # type: ignore[attr-defined]
        route.csrf_exempt = True  # type: ignore[attr-defined]  see `sent.read`
        return route

    return decorate


def _route(view: View, action: str, method: str, respond: Callable[..., HttpResponse]) -> Route:
    def admitted(request: HttpRequest, actor: Actor, arguments: dict[str, Any]) -> HttpResponse:
        try:
            _admit(request, actor, method)
            return respond(request, actor, arguments)
        except Refused as refused:
            record_refusal(by=actor, action=action, people=refused.people, detail={"why": refused.why})
            return outcome.outcome(403, refused.why)

    @wraps(view)
    def enter(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return outcome.outcome(401, "Nobody is signed in.", "Sign in first.")
        actor: Actor = request.user.actor(request.session.get("role"))
        try:
            return admitted(request, actor, arguments)
        except Exception as error:
            if told := outcome.of(error):
                return told
            raise

    enter.audit_rule = AuditRule("people", action)  # type: ignore[attr-defined]
    enter.roles = DIRECT_CARE  # type: ignore[attr-defined]
    return enter


def _admit(request: HttpRequest, actor: Actor, method: str) -> None:
    if actor.role not in DIRECT_CARE:
        raise Refused(f"This is not for a {actor.role.title.lower()}: planning sees counts, never a person.")
    if request.method != method:
        raise Wrong(405, f"Only {method} is possible here.")


def _once(
    request: HttpRequest, actor: Actor, action: str, sent: Sent, do: Callable[[], dict[str, Any]]
) -> HttpResponse:
    # The same words to another address, or about another version, are another request.
    words = f"{request.path} {sent.version} ".encode() + sent.raw
    kept, now = once(key=sent.key, username=actor.username, body_hash=hash_of(words), do=do)
    if not now:
        record_read(by=actor, action=action, people=kept["people"], detail={"again": True})
    return _sent_back(kept)


def _kept(made: Answer) -> dict[str, Any]:
    """An answer in the form in which it can be kept and given again."""
    body = orjson.dumps(made.content).decode()
    return {"status": made.status, "body": body, "version": made.version, "people": list(made.people)}


def _sent_back(kept: dict[str, Any]) -> HttpResponse:
    answer = HttpResponse(kept["body"], status=kept["status"], content_type="application/json")
    if kept["version"] is not None:
        answer.headers["ETag"] = f'W/"{kept["version"]}"'
    return answer
