"""Meetings of the team: the list of them, and one on paper."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from carestead.care.meeting import MEETING
from carestead.store.actor import Actor
from carestead.store.care.models import Meeting, MeetingItem
from carestead.web.meetings.agenda import frame
from carestead.web.meetings.paper import meeting_pdf
from carestead.web.meetings.scope import READ, RUN, open_agenda, organisations
from carestead.web.published import published
from carestead.web.shell.doors import Data, Page, door


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
