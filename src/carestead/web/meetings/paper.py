"""The list of a meeting as PDF: each person with what is open, and room to write."""

from django.utils import timezone

from carestead.outputs.paper.meeting import Matter, meeting_list
from carestead.outputs.paper.pdf import pdf
from carestead.outputs.paper.who import Who
from carestead.store.care.models import MeetingItem, Promise
from carestead.web.find.people import names
from carestead.web.meetings.scope import Agenda
from carestead.web.plan.paper import paper
from carestead.web.shell.doors import Data
from carestead.web.shell.formats import nhs_number


def meeting_pdf(opened: Agenda) -> Data:
    """The list with those whom the reader may see."""
    meeting = opened.meeting
    document = meeting_list(
        title=f"MDT meeting of {opened.found.organisation_name(meeting.organisation_code)}",
        at=meeting.held_at,
        place=meeting.place,
        present=meeting.attending,
        matters=[_matter(opened, i) for i in opened.items if i.person_id in opened.known],
    )
    made = pdf(document, on=timezone.localdate())
    return paper(f"meeting-{meeting.pk}.pdf", made, list(opened.known), {"meeting": meeting.pk})


def _matter(opened: Agenda, item: MeetingItem) -> Matter:
    name = names(opened.found, [item.person_id]).get(item.person_id, {})
    born = opened.known[item.person_id].row["birth_date"]
    who = Who(opened.name(item.person_id), born, nhs_number(name.get("nhs_number")))
    return Matter(who, item.why, opened.meeting.chair_name, outcome(item))


def outcome(item: MeetingItem) -> str:
    """What came of a person's turn, in words; empty while they are still to be talked about."""
    if item.outcome == "no-action":
        return f"No action because: {item.no_action_because}"
    promises = Promise.objects.filter(meeting_item_id=item.pk).order_by("pk")
    return "; ".join(
        f"{p.what} ({p.owner_name or p.owner_code}, by {timezone.localdate(p.due_at):%-d %B})" for p in promises
    )
