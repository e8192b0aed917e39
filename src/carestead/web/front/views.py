"""The one page of a person and of who cares for them."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from carestead.care.headings import ABOUT_ME
from carestead.core.finding import CaresteadError
from carestead.store.actor import OWN_PAGE, Actor
from carestead.store.care.promise_ends import say_not_done
from carestead.web.front import goals, presenters
from carestead.web.front.own import open_own
from carestead.web.record.looked import looked
from carestead.web.shell import once
from carestead.web.shell.doors import Page, door
from carestead.web.shell.formats import moment
from carestead.web.shell.typed import Typed


@require_GET
@door(*OWN_PAGE, discloses="people", action="see-my-page")
def my_page(request: HttpRequest, actor: Actor) -> Page:
    """Who is in charge, who answers now, what happens next, what was promised and not done."""
    own = open_own(actor)
    shown = (ABOUT_ME.id, goals.PART)
    return own.page("my_page", "My page", shown=shown, **presenters.my_page(own, timezone.now()))


@require_GET
@door(*OWN_PAGE, discloses="people", action="see-my-log")
def my_log(request: HttpRequest, actor: Actor) -> Page:
    """Who looked at my record."""
    person_id = open_own(actor).person_id
    return Page("front/my_log.jinja", {"title": "Who looked", "events": looked(person_id)}, people=[person_id])


@require_POST
@door(*OWN_PAGE, discloses="nobody", action="say-not-done")
def not_done(request: HttpRequest, actor: Actor, promise_id: int) -> HttpResponse:
    """'This was not done': the old promise stays as it is, and a new one takes its place."""
    open_own(actor)
    if seen := once.again(request, actor):
        return seen
    words = request.POST.get("words", "").strip() or "The person says that it was not done."
    version = Typed(request.POST).whole("version")

    def say() -> once.Outcome:
        try:
            made = say_not_done(promise_id=promise_id, reason=words, by=actor, version=version)
        except CaresteadError as refused:
            return once.Outcome(reverse("my-page"), str(refused))
        return once.Outcome(reverse("my-page"), _thanks(made.due_at))

    return once.first(request, actor, say)


def _thanks(due: datetime) -> str:
    return f"Thank you. It is promised again, by {moment(due)}, and whoever promised it is told what you said."
