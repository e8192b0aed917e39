"""Making a promise, and asking a team: what is known is filled in, only what nobody knows yet is asked."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.machine import Refusal
from carestead.care.request import LIVE
from carestead.care.sharing import ALL_PARTS
from carestead.care.templates import Bound, Template, bind, templates
from carestead.core.finding import CaresteadError
from carestead.reference.calendars import working_calendar
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care.models import Request
from carestead.store.care.promises import make_promise
from carestead.store.care.requests import make_request
from carestead.store.care.sharing import choices as share_choices
from carestead.store.care.standing import party_of
from carestead.web.care import people
from carestead.web.care.acts import party
from carestead.web.care.reading import END_OF_DAY, Field, first, read
from carestead.web.find.people import Known, one
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell import once
from carestead.web.shell.doors import Page, door

WHAT = Field("what", "What is to be done", "area", needed="Say what is to be done.")
DONE = Field(
    "done_means", "Done means", hint="How one will know that it is done", needed="Finish the words: done means ..."
)
WHY = Field("why", "Why", hint="What whoever does it should know", needed="Say in a few words why.")
DUE = Field("due_at", "By when", "moment", "With a time if it matters; else the end of the day", needed="Give a day.")


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="make-promise")
def new_promise(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """One person or team, one due time, one way to know that it is done."""
    if done := once.again(request, actor):
        return done
    found = published()
    known = one(found, actor, person_id)
    template = templates().get(request.POST.get("template") or request.GET.get("template", ""))
    owners = people.owners(found, known, actor)
    fields = (
        Field("owner", "Who does it", "select", choices=owners, needed="Choose who does it."),
        WHAT, DONE, Field("why", "Why", hint=WHY.hint), DUE,
    )  # fmt: skip
    context = {"templates": [(t.id, t.title) for t in templates().values()], "template": template, "fields": fields}
    if request.method == "GET":
        return _page("new_promise", found, known, _filled(template, known, owners), {}, context)
    values, errors = read(fields, request.POST)
    if errors:
        return _page("new_promise", found, known, request.POST, errors, context)

    def do() -> once.Outcome:
        made = make_promise(
            person_id=person_id, requester=party_of(actor), by=actor, template=template.id if template else "",
            **{**values, "owner": party(values["owner"], dict(owners))},
        )  # fmt: skip
        said = "Promised." if made.state in ("ready", "accepted") else "Asked. You see it under Waiting on others."
        return once.Outcome(reverse("promise", args=[person_id, made.pk]), said)

    try:
        return once.first(request, actor, do)
    except CaresteadError as refused:
        return _page("new_promise", found, known, request.POST, {"owner": str(refused)}, context)


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="ask-team")
def ask_team(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """A request of another team: it stays open until the outcome is back, reviewed, and told to the person."""
    if done := once.again(request, actor):
        return done
    found = published()
    known = one(found, actor, person_id)
    teams = people.teams(found, without=actor.organisation_code)
    fields = (
        Field("team", "Which team", "select", choices=teams, needed="Choose which team is asked."),
        WHAT,
        WHY,
        DONE,
        DUE,
    )
    context = {"fields": fields, "live": _live(person_id)}
    if request.method == "GET":
        start = timezone.now() + timedelta(days=7)
        return _page("ask_team", found, known, first(fields) | first((_due(start),)), {}, context)
    values, errors = read(fields, request.POST)
    if errors:
        return _page("ask_team", found, known, request.POST, errors, context)

    def do() -> once.Outcome:
        team = party(values.pop("team"), dict(teams))
        kind = found.organisations[team.code]["kind"]
        made = make_request(
            person_id=person_id, team=team, asker=party_of(actor), service=kind, by=actor,
            consent_allows=not refused_to(person_id, kind), **values,
        )  # fmt: skip
        said = f"Asked {team.name}. You see it under Waiting on others until they answer."
        return once.Outcome(reverse("request", args=[person_id, made.pk]), said)

    try:
        return once.first(request, actor, do)
    except CaresteadError as refused:
        return _page("ask_team", found, known, request.POST, {"team": str(refused)}, context)


def refused_to(person_id: int, audience: str) -> bool:
    """Whether the person said last that this audience sees nothing of their plan: then nothing is told to it either."""
    said = [c for c in share_choices(person_id) if c.audience == audience and c.part == ALL_PARTS]
    return bool(said) and not max(said, key=lambda c: c.recorded_at).allowed


def _live(person_id: int) -> list[Request]:
    return list(Request.objects.filter(person_id=person_id, state__in=LIVE).order_by("-pk"))


def _filled(template: Template | None, known: Known, owners: people.Choices) -> dict[str, str]:
    """What a template knows: who, what, done means, by when. Nothing, where nobody has the role."""
    now = timezone.now()
    made = bind(template, people.bound(known), now, working_calendar()) if template else None
    if template and isinstance(made, Refusal | None):
        due = template.due(now, working_calendar())
        return {"what": template.what, "done_means": template.done_means, **first((_due(due),))}
    if not isinstance(made, Bound):
        return first((_due(now + timedelta(days=7)),))
    owner = people.key(made.owner)
    return {
        "owner": owner if owner in dict(owners) else "", "what": made.what, "done_means": made.done_means,
        **first((_due(made.due_at),)),
    }  # fmt: skip


def _due(at: datetime) -> Field:
    """By when, filled in: to the minute where hours count, else by the end of the working day."""
    days_count = at - timezone.now() > timedelta(days=4)
    end = timezone.make_aware(datetime.combine(timezone.localdate(at), END_OF_DAY)) if days_count else at
    return Field("due_at", "", "moment", first=end)


def _page(
    name: str, found: Published, known: Known, data: Any, errors: dict[str, str], context: dict[str, Any]
) -> Page:
    title = {"new_promise": "Make a promise", "ask_team": "Ask a team"}[name]
    frame = {
        "title": title,
        "as_of": found.as_of,
        "banner": banner(found, known),
        "person_id": known.person_id,
        "data": data,
        "errors": errors,
    }
    status = 400 if errors else 200
    return Page(f"care/{name}.jinja", {**frame, **context}, people=[known.person_id], status=status)
