"""Forms that are done once: a double click, a reload or a second Send answers with the first outcome.

A form carries `{{ once_input() }}`. Its view calls `again` first and does its work in `first`:

    if seen := once.again(request, actor):
        return seen
    ...
    return once.first(request, actor, lambda: once.Outcome(url, message_of(action(...))))
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from markupsafe import Markup

from carestead.core.finding import UsageError
from carestead.store.actor import Actor
from carestead.store.jobs import once
from carestead.web.shell.errors import sorry

FIELD = "once"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody sees when a form is done: the page they come to, and what it says."""

    url: str
    message: str


def once_input() -> Markup:
    """The hidden field of a form, new each time the form is shown."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, uuid4())


def again(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """The first outcome, when this very form was done before; a page that says so, when it had other answers then;
    else nothing."""
    if request.method != "POST" or FIELD not in request.POST:
        return None
    try:
        seen = once.answered(key=_key(request), username=actor.username, body_hash=_hash(request))
    except once.KeyUsedError as used:
        return sorry(request, used.what, used.do, 409, "This was already sent")
    return _show(request, Outcome(**seen)) if seen else None


def first(request: HttpRequest, actor: Actor, do: Callable[[], Outcome]) -> HttpResponse:
    """Do it and keep its outcome in one transaction, unless it was done before; then go to the page it names. A form
    without the field is done as often as it is sent: a test of the house finds those."""
    if FIELD not in request.POST:
        return _show(request, do())
    said, _ = once.once(key=_key(request), username=actor.username, body_hash=_hash(request), do=lambda: asdict(do()))
    return _show(request, Outcome(**said))


def _show(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    messages.success(request, outcome.message)
    return redirect(outcome.url)


def _key(request: HttpRequest) -> str:
    try:
        return f"form:{UUID(request.POST[FIELD])}"
    except ValueError:
        raise UsageError(
            "The form was incomplete. Nothing was changed.", "Load the page again, then send it."
        ) from None


def _hash(request: HttpRequest) -> str:
    """What was typed and where: not the mark against forgery, which differs each time."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return once.hash_of(f"{request.path}?{urlencode(typed, doseq=True)}".encode())
