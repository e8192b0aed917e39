"""One person's turn at a meeting: what is open, and with what they leave. One page, made for a tablet."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.promise import OPEN
from carestead.store.actor import Actor
from carestead.store.care.meeting_items import leave_with_promise, leave_without_action, note
from carestead.store.care.models import MeetingItem, Promise
from carestead.web.meetings.agenda import frame
from carestead.web.meetings.scope import READ, Agenda, open_agenda
from carestead.web.meetings.suggest import NO_ACTION, suggestion
from carestead.web.plan.opened import Opened, open_person
from carestead.web.plan.owners import AskForm, owners
from carestead.web.plan.presenters import about_me, goals, promised
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed


@require_http_methods(["GET", "POST"])
@door(*READ, discloses="people", action="discuss-person")
def person(request: HttpRequest, actor: Actor, meeting_id: int, person_id: int) -> Page | HttpResponse:
    """The person's turn. Settling it goes on to the next."""
    agenda = open_agenda(actor, meeting_id)
    opened = open_person(actor, person_id)
    item = next((i for i in agenda.items if i.person_id == person_id), None) if agenda else None
    if agenda is None or item is None:
        return redirect("person", person_id=person_id)
    typed = Typed(request.POST)
    act = _ACTS.get(request.POST.get("act", ""))
    if request.method == "GET" or act is None:
        return _page(agenda, opened, item, typed)

    def do() -> Outcome:
        said = act(typed, opened, item)
        return Outcome(_onward(agenda, item, settled=act is not _note), f"{agenda.name(person_id)}: {said}")

    sent = typed.send(request, actor, f"{request.POST['act']}-form", do)
    return sent or _page(agenda, opened, item, typed)


def _promise(typed: Typed, opened: Opened, item: MeetingItem) -> str:
    ask = AskForm(opened.found, opened.known).read(typed)
    first = suggestion(item, opened.known, timezone.localdate())
    if ask.what == first["what"]:  # what was filled in is promised as it stands: its template's outcomes hold
        ask = replace(ask, template=first["template"])
    if typed.good:
        leave_with_promise(**_which(typed, opened, item), ask=ask)
    return f"{ask.owner_name} is asked: {ask.what}."


def _no_action(typed: Typed, opened: Opened, item: MeetingItem) -> str:
    said = typed.text("because_other") or typed.data.get("because", "")
    if not said:
        typed.errors["because"] = "Choose why no action is needed, or say it in your own words."
    if typed.good:
        leave_without_action(**_which(typed, opened, item), because=said)
    return "no action, with the reason."


def _note(typed: Typed, opened: Opened, item: MeetingItem) -> str:
    said = typed.text("said", "Write what was said.")
    if typed.good:
        note(**_which(typed, opened, item), said=said)
    return "the note is kept."


_ACTS = {"promise": _promise, "no-action": _no_action, "note": _note}


def _which(typed: Typed, opened: Opened, item: MeetingItem) -> dict[str, Any]:
    return {"item_id": item.pk, "version": typed.whole("version"), "by": opened.actor}


def _onward(agenda: Agenda, item: MeetingItem, *, settled: bool) -> str:
    """To the next who is still to be talked about; to the agenda after the last."""
    still = [i for i in agenda.open_items if i.pk != item.pk and i.person_id in agenda.known]
    after = next((i for i in still if i.pk > item.pk), next(iter(still), None))
    to = item if not settled else after
    if to is None:
        return reverse("meeting", args=[agenda.meeting.pk])
    return reverse("meeting-person", args=[agenda.meeting.pk, to.person_id])


def _page(agenda: Agenda, opened: Opened, item: MeetingItem, typed: Typed) -> Page:
    still = Promise.objects.filter(person_id=item.person_id, state__in=sorted(OPEN)).order_by("due_at", "pk")
    made = Promise.objects.filter(meeting_item_id=item.pk).order_by("pk")
    place = [i.pk for i in agenda.items].index(item.pk)
    seen = "plan" in opened.parts and opened.plan is not None
    context = {
        **frame(agenda),
        **about_me(opened.actor, item.person_id),
        "item": item,
        "place": place + 1,
        "before": agenda.items[place - 1] if place else None,
        "after": agenda.items[place + 1] if place + 1 < len(agenda.items) else None,
        "promises": [promised(opened, p) for p in still],
        "made": [promised(opened, p) for p in made],
        "goals": goals(opened)["goals"][:3] if seen else [],
        "owners": owners(opened.found, opened.known),
        "reasons": [(r, r) for r in NO_ACTION],
        "data": {**suggestion(item, opened.known, timezone.localdate()), **typed.data.dict()},  # type: ignore[attr-defined]
        "meeting_id": agenda.meeting.pk,
    }
    return opened.page(
        "person", agenda.name(item.person_id), typed.errors, room="meetings", shown=("about-me", "plan"), **context
    )
