"""The way into every page: who may come in, and what is written down about whom it shows.

A view returns a `Page`; only the door turns it into an answer, and it writes the audit row first. So a page cannot
disclose anybody without a row, and a route without a door is found by a test.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from carestead.store.access import READS_ONLY, STRANGER
from carestead.store.actor import DIRECT_CARE, Actor, Role
from carestead.store.audit.actions import record_read, record_refusal
from carestead.store.care.openings import opening_of
from carestead.web.shell.errors import sorry
from carestead.web.shell.session import actor_of

Discloses = Literal["nobody", "people"]


@dataclass(frozen=True)
class Page:
    """What a view wants shown. `people` are the person_ids it discloses; `detail` goes into the audit row."""

    template: str
    context: Mapping[str, Any]
    people: Sequence[int] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Download:
    """A table to keep, as CSV. Only counts may leave this way."""

    filename: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Data:
    """An answer for programs, as JSON; or a file to keep or print, of another type and with a name."""

    content: bytes
    people: Sequence[int] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    content_type: str = "application/json"
    filename: str = ""


class Refused(Exception):
    """The actor may not see or do this. `why` is shown to them; it names nobody."""

    def __init__(self, why: str, people: Sequence[int] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.people = people


@dataclass(frozen=True)
class AuditRule:
    """What a route may disclose, and under which name it is written down."""

    discloses: Discloses
    action: str


View = Callable[..., Page | Download | Data | HttpResponse]


def door(*roles: Role, discloses: Discloses, action: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let only `roles` in, and write down who was disclosed. The view gets (request, actor, ...)."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def enter(request: HttpRequest, **arguments: Any) -> HttpResponse:
            actor = actor_of(request)
            if actor is None:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            if actor.role not in roles:
                why = f"This page is not for a {actor.role.title.lower()}."
                return _refuse(
                    request, actor, action, Refused(why, [arguments["person_id"]] if "person_id" in arguments else [])
                )
            try:
                _refuse_writing_by_broken_glass(request, actor, arguments.get("person_id"))
                return _answer(request, actor, rule, view(request, actor, **arguments))
            except Refused as refused:
                return _refuse(request, actor, action, refused)

        rule = AuditRule(discloses, action)
        enter.audit_rule = rule  # type: ignore[attr-defined]
        enter.roles = frozenset(roles)  # type: ignore[attr-defined]
        return enter

    return decorate


def open_door(view: View) -> Callable[..., HttpResponse]:
    """A page for somebody who has not signed in: it discloses nobody."""

    @wraps(view)
    def enter(request: HttpRequest, **arguments: Any) -> HttpResponse:
        made = view(request, **arguments)
        return render(request, made.template, made.context, status=made.status) if isinstance(made, Page) else made

    enter.audit_rule = AuditRule("nobody", view.__name__)  # type: ignore[attr-defined]
    enter.roles = frozenset()  # type: ignore[attr-defined]
    return enter


def _refuse_writing_by_broken_glass(request: HttpRequest, actor: Actor, person_id: int | None) -> None:
    """Broken glass opens a record to be read: nothing is written about the person while it is open. Raises Refused."""
    if request.method != "POST" or person_id is None or actor.role not in DIRECT_CARE:
        return
    if opening_of(actor, person_id, timezone.now()):
        raise Refused(f"{READS_ONLY} If you have a part in the person's care now, end that first.", [person_id])


def _answer(request: HttpRequest, actor: Actor, rule: AuditRule, made: Any) -> HttpResponse:
    if isinstance(made, HttpResponse):
        return made
    if isinstance(made, Download):
        return _csv(made)
    if made.people and rule.discloses == "nobody":
        raise AssertionError(f"{rule.action} says that it discloses nobody, and disclosed somebody.")
    if rule.discloses == "people":
        record_read(by=actor, action=rule.action, people=made.people, detail=made.detail)
    if isinstance(made, Data):
        return _data(made)
    return render(request, made.template, made.context, status=made.status)


def _data(made: Data) -> HttpResponse:
    answer = HttpResponse(made.content, status=made.status, content_type=made.content_type)
    if made.filename:
        answer.headers["Content-Disposition"] = f'inline; filename="{made.filename}"'
    return answer


def _refuse(request: HttpRequest, actor: Actor, action: str, refused: Refused) -> HttpResponse:
    record_refusal(by=actor, action=action, people=refused.people, detail={"why": refused.why})
    do = "It has been noted that you asked. Use the menu above to go on."
    return sorry(request, refused.why, do, 403, in_emergency=refused.why == STRANGER)


def _csv(made: Download) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(made.columns)
    writer.writerows([[_unformula(cell) for cell in row] for row in made.rows])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    return answer


def _unformula(cell: Any) -> Any:
    """A spreadsheet takes text that begins like a formula for one; a leading quote stops it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell
