"""Preparing a meeting: when, where, and who is to be talked about."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.meeting import Line, agenda
from carestead.store.actor import Actor
from carestead.store.care.matters import open_matters
from carestead.store.care.meetings import plan_meeting
from carestead.web.meetings.scope import RUN, called, organisations, practices, visible
from carestead.web.published import Published, published
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

MOST_PROPOSED = 20


@require_http_methods(["GET", "POST"])
@door(*RUN, discloses="people", action="prepare-meeting")
def prepare(request: HttpRequest, actor: Actor) -> Page | HttpResponse:
    """When and where, and who is to be talked about: proposed from what is open, unticked by whoever prepares."""
    found = published()
    offered = organisations(found, actor)
    chosen = request.POST.get("organisation") or request.GET.get("organisation") or offered[0][0]
    lines = _proposed(found, actor, chosen if chosen in dict(offered) else offered[0][0])
    typed = Typed(request.POST)
    if request.method == "POST" and (
        sent := typed.send(request, actor, "day-day", lambda: _prepare(typed, lines, offered, actor))
    ):
        return sent
    named = called(found, [line.person_id for line in lines])
    ticked = {k for k in request.POST if k.startswith("person-")} if request.method == "POST" else None
    context = {
        "title": "Prepare a meeting",
        "as_of": found.as_of,
        "silent": found.silent,
        "organisations": offered,
        "chosen": chosen,
        "data": {**split_date("day", timezone.localdate() + timedelta(days=7)), "time": "13:00", **request.POST.dict()},
        "lines": [
            {"line": x, "name": named.get(x.person_id), "ticked": ticked is None or f"person-{x.person_id}" in ticked}
            for x in lines
        ],
        "errors": typed.errors,
    }
    return Page("meetings/prepare.jinja", context, people=list(named), status=400 if typed.errors else 200)


def _proposed(found: Published, actor: Actor, organisation: str) -> list[Line]:
    """The people with the weightiest open matters, of those whom the actor may see."""
    matters = open_matters(practices(found, organisation), at=timezone.now())
    first = agenda(matters, most=3 * MOST_PROPOSED)
    seen = visible(found, actor, (line.person_id for line in first))
    return [line for line in first if line.person_id in seen][:MOST_PROPOSED]


def _prepare(typed: Typed, lines: list[Line], offered: list[tuple[str, str]], actor: Actor) -> Outcome:
    organisation = typed.choice("organisation", dict(offered), "Choose whose meeting it is.")
    held_at = typed.moment("day", "time")
    wanted = [line for line in lines if typed.data.get(f"person-{line.person_id}")]
    if not typed.good or held_at is None:
        return Outcome("", "")
    made = plan_meeting(
        organisation_code=organisation, held_at=held_at, place=typed.text("place"), lines=wanted, by=actor
    )
    said = "The meeting is prepared. Next: print the list, or begin when everybody is there."
    return Outcome(reverse("meeting", args=[made.pk]), said)
