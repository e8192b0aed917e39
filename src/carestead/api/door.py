"""The way into every answer for programs: the same policy and the same audit as the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.audit.actions import record_read, record_refusal


@dataclass(frozen=True)
class AuditRule:
    """What a route may disclose, and under which name it is written down."""

    discloses: str
    action: str


@dataclass(frozen=True)
class Answer:
    """What is sent, and the person_ids it discloses."""

    content: Any
    people: Sequence[int] = ()
    status: int = 200
    detail: dict[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """The actor may not have this; `why` names nobody."""

    def __init__(self, why: str, people: Sequence[int] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.people = people


def answers(action: str) -> Callable[[Callable[..., Answer]], Callable[..., HttpResponse]]:
    """A GET route for direct care that writes one read event for the people it discloses."""

    def decorate(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def enter(request: HttpRequest, **arguments: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _json({"what": "Nobody is signed in.", "do": "Sign in first."}, 401)
            actor: Actor = request.user.actor(request.session.get("role"))
            try:
                made = _made(request, actor, view, arguments)
            except Refused as refused:
                record_refusal(by=actor, action=action, people=refused.people, detail={"why": refused.why})
                return _json({"what": refused.why}, 403)
            record_read(by=actor, action=action, people=made.people, detail=made.detail)
            return _json(made.content, made.status)

        enter.audit_rule = AuditRule("people", action)  # type: ignore[attr-defined]
        enter.roles = DIRECT_CARE  # type: ignore[attr-defined]
        return enter

    return decorate


def _made(request: HttpRequest, actor: Actor, view: Callable[..., Answer], arguments: dict[str, Any]) -> Answer:
    if request.method != "GET":
        raise Refused("Only reading is possible here.")
    if actor.role not in DIRECT_CARE:
        raise Refused(f"This is not for a {actor.role.title.lower()}: planning sees counts, never a person.")
    return view(request, actor, **arguments)


def _json(content: Any, status: int) -> HttpResponse:
    return HttpResponse(orjson.dumps(content), status=status, content_type="application/json")
