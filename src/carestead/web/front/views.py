"""The one page of a person and of who cares for them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from carestead.core.finding import CaresteadError
from carestead.store.actor import OWN_PAGE, Actor
from carestead.web.front import presenters
from carestead.web.published import published
from carestead.web.record.looked import looked
from carestead.web.shell.doors import Page, Refused, door


@require_GET
@door(*OWN_PAGE, discloses="people", action="see-my-page")
def my_page(request: HttpRequest, actor: Actor) -> Page:
    """Who is in charge, who answers now, what happens next, what was promised and not done."""
    person_id = _own(actor)
    return Page("front/my_page.jinja", presenters.my_page(published(), person_id, timezone.now()), people=[person_id])


@require_GET
@door(*OWN_PAGE, discloses="people", action="see-my-log")
def my_log(request: HttpRequest, actor: Actor) -> Page:
    """Who looked at my record."""
    person_id = _own(actor)
    return Page("front/my_log.jinja", {"title": "Who looked", "events": looked(person_id)}, people=[person_id])


@require_POST
@door(*OWN_PAGE, discloses="nobody", action="say-not-done")
def not_done(request: HttpRequest, actor: Actor, promise_id: int) -> HttpResponse:
    """'This was not done': the promise is opened again, by one who takes its place."""
    _own(actor)
    try:
        reopen(promise_id, request.POST.get("words", ""), request.POST.get("version", ""), actor)
        messages.success(request, "Thank you. The promise is open again, and who made it and your coordinator are told.")
    except CaresteadError as refused:
        messages.success(request, str(refused))
    return redirect("my-page")


def _own(actor: Actor) -> int:
    if actor.person_id is None:
        raise Refused("Nobody has said yet whose page you may see.")
    return actor.person_id
