"""One meeting: its agenda, and what can be done to it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from carestead.care.meeting import MEETING
from carestead.core.nhs_number import normalise
from carestead.store.actor import Actor
from carestead.store.care.meeting_items import withdraw
from carestead.store.care.meetings import add_item, cancel_meeting, close_meeting, hold_meeting, sides
from carestead.web.meetings.scope import READ, RUN, Agenda, open_agenda, visible
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed


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
