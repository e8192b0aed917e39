"""Who looked at one person's record, and who changed something: the audit log in plain words."""

from datetime import datetime
from typing import Any

from carestead.store.actor import Role
from carestead.store.audit.models import AuditEvent, AuditSubject
from carestead.web.shell.formats import moment

_WORDS = {
    "see-my-page": "opened the person's own page",
    "see-my-log": "read who looked",
    "see-today": "saw the name among what needs them today",
    "message-send": "wrote a message",
    "plan-write": "wrote in the plan",
    "notice-queue": "had a letter to the person prepared",
    "notice-tell": "told somebody who must know",
    "notice-see": "had seen what they were told",
    "see-hospital-messages": "saw the number among hospital messages that wait at the duty desk",
    "see-hospital-message": "saw who it is, to find out whom a hospital message is about",
    "message-matched": "said that a hospital message is about the person",
    "see-list": "saw the name in a list",
    "see-proposed": "saw the name among proposed people",
    "see-on-lists": "saw the name on the lists of people with complex needs",
    "see-person": "opened the first page",
    "see-record": "read the timeline",
    "see-medicines": "read the medicines",
    "see-why": "read why the person is proposed",
    "see-evidence": "read the rows behind a score",
    "see-looked": "read this log",
    "decide-proposal": "opened the decision page",
    "buy-home-care": "opened the page for buying home care",
    "proposal-accepted": "enrolled the person",
    "proposal-deferred": "deferred the decision",
    "proposal-declined": "declined to enrol the person",
    "responsible-named-gp": "made somebody the named GP",
    "responsible-coordinator": "made somebody the care coordinator",
    "see-responsibility": "read who was responsible when",
    "see-hand-over": "read an offer to hand the person over",
    "see-hand-overs": "saw the name in the list of hand-overs",
    "offer-hand-over": "opened the page for handing over",
    "hand-over-many": "saw the name in a hand-over of many",
    "end-enrolment": "opened the page for ending the enrolment",
    "hand-over-offered": "offered to hand the person over",
    "hand-over-accepted": "took over the responsibility",
    "hand-over-declined": "declined to take over",
    "hand-over-withdrawn": "took an offer of a hand-over back",
    "hand-over-lapsed": "wrote down that an offer had lapsed",
    "bulk-offered": "offered to hand over many people",
    "bulk-accepted": "took over many people",
    "bulk-undone": "took a hand-over of many people back",
    "interim-assigned": "named somebody to stand in",
    "interim-acknowledged": "acknowledged standing in",
    "enrolment-ended": "ended the enrolment",
    "api-responsible": "read who was responsible through the programming interface",
    "buy-care-package": "bought home care",
    "see-plan": "read the care and support plan",
    "print-plan": "opened the plan to print it",
    "plan-pdf": "took the plan as PDF",
    "write-plan": "opened a form of the plan",
    "agree-plan": "opened the page for agreeing the plan",
    "sign-plan": "read the plan to sign it",
    "review-plan": "opened the page for reviewing the plan",
    "hold-plan": "opened the page for putting the plan on hold",
    "resume-plan": "opened the page for resuming the plan",
    "end-plan": "opened the page for ending the plan",
    "see-about-me": "read what the plan says about the person",
    "write-about-me": "opened a form of what the plan says about the person",
    "see-my-goal": "read how a goal went",
    "see-my-sharing": "read who sees the plan",
    "see-sharing": "read who sees the plan",
    "share-choice": "wrote down who may see the plan",
    "plan-start": "began a care and support plan",
    "plan-agree": "wrote down that the plan was agreed",
    "plan-sign": "signed the plan",
    "plan-review": "reviewed the plan",
    "plan-hold": "put the plan on hold",
    "plan-resume": "resumed the plan",
    "goal-achievement": "said how far a goal is",
    "goal-complete": "ended a goal",
    "plan-revoke": "ended the plan",
    "plan-complete": "completed the plan",
    "plan-section-write": "wrote in the plan",
    "goal-propose": "wrote down a goal",
    "promise-ask": "asked for a promise",
    "prepare-meeting": "saw the name while preparing a meeting",
    "see-meeting": "saw the name on the agenda of a meeting",
    "print-meeting": "saw the name on the list of a meeting",
    "meeting-pdf": "took the list of a meeting as PDF",
    "discuss-person": "opened the person's turn at a meeting",
    "meeting-item-add": "put the person on the agenda of a meeting",
    "meeting-item-promise": "settled the person's turn with a promise",
    "meeting-item-no-action": "settled the person's turn without action, for a reason",
    "see-lessons": "saw the name in the list of lessons",
    "see-lesson": "read a lesson",
    "record-lesson": "opened the form of a lesson",
    "lesson-find": "wrote down that something went wrong",
    "break-glass": "opened the page for emergencies",
    "break-glass-started": "opened the record in an emergency, without a part in the care",
    "break-glass-stopped": "closed the record that was opened in an emergency",
    "see-opening": "opened the page for closing the record again",
    "promise": "opened a promise",
    "promise-complete": "wrote down that a promise was kept",
    "api-person": "read the record through the programming interface",
    "api-people": "read the name through the programming interface",
}


def looked(person_id: int, most: int = 100) -> list[dict[str, Any]]:
    """The newest events about the person, newest first: `at`, `name`, `role`, `organisation_code`, `words`, `kind`."""
    ids = (
        AuditSubject.objects.filter(person_id=person_id).order_by("-event_id").values_list("event_id", flat=True)[:most]
    )
    events = AuditEvent.objects.filter(pk__in=list(ids)).order_by("-pk")
    return [_line(e) for e in events]


def words_of(action: str) -> str:
    """What somebody did, in the words that follow their name."""
    return _WORDS.get(action, action.replace("-", " "))


def _line(event: AuditEvent) -> dict[str, Any]:
    words = words_of(event.action)
    if event.action == "break-glass-started":
        words = f"{words}, until {moment(datetime.fromisoformat(event.detail['until']))}. {event.detail['reason']}"
    if event.kind == "refused":
        words = f"was refused: {event.detail.get('why', '')}"
    return {
        "at": event.at,
        "name": event.name,
        "role": Role(event.role).title,
        "organisation_code": event.organisation_code,
        "words": words,
        "kind": event.kind,
    }
