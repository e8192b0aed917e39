"""Meetings of the team: the list, preparing one, its agenda, on paper."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.care.meeting import MEETING, Line, agenda
from carestead.core.nhs_number import normalise
from carestead.store.actor import Actor, Role
from carestead.store.care.matters import open_matters
from carestead.store.care.meeting_items import withdraw
from carestead.store.care.meetings import add_item, cancel_meeting, close_meeting, hold_meeting, plan_meeting, sides
from carestead.store.care.models import Meeting, MeetingItem
from carestead.web.meetings.paper import meeting_pdf
from carestead.web.meetings.scope import Agenda, called, open_agenda, organisations, practices, visible
from carestead.web.published import Published, published
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Data, Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

RUN = (Role.CARE_COORDINATOR, Role.LEAD)
READ = (*RUN, Role.NAMED_GP)
MOST_PROPOSED = 20


@require_GET
@door(*RUN, discloses="nobody", action="see-meetings")
def meetings(request: HttpRequest, actor: Actor) -> Page:
    """Meetings that come, that are being held, and that were closed."""
    found = published()
    mine = dict(organisations(found, actor))
    rows = Meeting.objects.filter(organisation_code__in=mine).order_by("-held_at")[:50]
    lines = [_row(m, mine) for m in rows]
    context = {
        "title": "MDT meetings",
        "as_of": found.as_of,
        "coming": [line for line in reversed(lines) if line["meeting"].state in ("planned", "held")],
        "past": [line for line in lines if line["meeting"].state in ("closed", "cancelled")],
    }
    return Page("meetings/list.jinja", context)


def _row(meeting: Meeting, mine: Mapping[str, str]) -> dict[str, Any]:
    items = MeetingItem.objects.filter(meeting_id=meeting.pk).exclude(state="withdrawn")
    return {
        "meeting": meeting,
        "of": mine[meeting.organisation_code],
        "label": MEETING.label(meeting.state),
        "people": items.count(),
        "open": items.filter(state="open").count(),
    }


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


@require_http_methods(["GET", "POST"])
@door(*READ, discloses="people", action="see-meeting")
def meeting(request: HttpRequest, actor: Actor, meeting_id: int) -> Page | HttpResponse:
    """The agenda, and what can be done to the meeting: add somebody, begin, close, call off."""
    opened = open_agenda(actor, meeting_id)
    if opened is None:
        return redirect("mdt" if actor.role in RUN else "home")
    typed = Typed(request.POST)
    act = _ACTS.get(request.POST.get("act", ""))
    if request.method == "GET" or act is None:
        return _page(opened, typed)
    here = reverse("meeting", args=[meeting_id])
    sent = typed.send(request, actor, request.POST["act"], lambda: Outcome(here, act(typed, opened)))
    return sent or _page(opened, typed)


def _add(typed: Typed, opened: Agenda) -> str:
    number = normalise(typed.text("number", "Type an NHS number.")) or ""
    why = typed.text("why", "Say why the person is to be talked about.")
    rows = opened.found.rows("find/search", number=number, family="", practices=[]) if number else []
    seen = visible(opened.found, opened.actor, (r["person_id"] for r in rows))
    if typed.data.get("number", "").strip() and not seen:
        typed.errors["number"] = "You know nobody with this NHS number. Check its ten digits."
    if typed.good:
        add_item(meeting_id=opened.meeting.pk, person_id=next(iter(seen)), why=why, by=opened.actor)
    return "Put on the agenda."


def _begin(typed: Typed, opened: Agenda) -> str:
    came = typed.text("attending", "Type who is here, parted by commas.").split(",")
    if typed.good:
        hold_meeting(**_which(typed, opened), attending=came)
    return "The meeting has begun. Next: the first person on the agenda."


def _close(typed: Typed, opened: Agenda) -> str:
    names = {i.person_id: opened.name(i.person_id) for i in opened.items}
    close_meeting(**_which(typed, opened), names=names)
    return "The meeting is closed. Everybody on its agenda leaves with a promise or a reason."


def _call_off(typed: Typed, opened: Agenda) -> str:
    reason = typed.text("reason", "Say why it is called off.")
    if typed.good:
        cancel_meeting(**_which(typed, opened), reason=reason)
    return "The meeting is called off. What is open about people stays open."


def _take_off(typed: Typed, opened: Agenda) -> str:
    reason = typed.text("off_reason", "Say why the person is taken off the agenda.")
    item = next((i for i in opened.items if i.pk == typed.whole("item")), None)
    if typed.good and item:
        withdraw(item_id=item.pk, version=item.version, by=opened.actor, reason=reason)
    return "Taken off the agenda."


_ACTS = {"add": _add, "begin": _begin, "close": _close, "call-off": _call_off, "take-off": _take_off}


def _which(typed: Typed, opened: Agenda) -> dict[str, Any]:
    return {"meeting_id": opened.meeting.pk, "version": typed.whole("version"), "by": opened.actor}


def _page(opened: Agenda, typed: Typed) -> Page:
    context = {**frame(opened), "title": "MDT meeting", "errors": typed.errors, "data": dict(typed.data.items())}
    status = 400 if typed.errors else 200
    return Page("meetings/meeting.jinja", context, people=list(opened.known), status=status)


def frame(opened: Agenda) -> dict[str, Any]:
    """What every page of a meeting shows."""
    return {
        "as_of": opened.found.as_of,
        "meeting": opened.meeting,
        "of": opened.found.organisation_name(opened.meeting.organisation_code),
        "label": MEETING.label(opened.meeting.state),
        "lines": [opened.line(i) for i in opened.items],
        "left": opened.open_items,
        "acts": MEETING.acts(opened.meeting.state, sides(opened.actor)),
        "next": next((i for i in opened.open_items if i.person_id in opened.known), None),
    }


@require_GET
@door(*READ, discloses="people", action="print-meeting")
def on_paper(request: HttpRequest, actor: Actor, meeting_id: int) -> Page | HttpResponse:
    """The list as it prints: A4, black on white, with room to write."""
    opened = open_agenda(actor, meeting_id)
    if opened is None:
        return redirect("home")
    return Page("meetings/print.jinja", {**frame(opened), "title": "MDT list"}, people=list(opened.known))


@require_GET
@door(*READ, discloses="people", action="meeting-pdf")
def pdf(request: HttpRequest, actor: Actor, meeting_id: int) -> Data | HttpResponse:
    """The list as PDF."""
    opened = open_agenda(actor, meeting_id)
    return meeting_pdf(opened) if opened else redirect("home")
