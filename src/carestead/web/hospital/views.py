"""Hospital messages that wait: the list, and one of them with whom it may be about."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.core import nhs_number as nhs
from carestead.core.finding import Severity
from carestead.reference.calendars import working_calendar
from carestead.store.actor import Actor, Role
from carestead.store.care import at_desk
from carestead.store.care.feeds import feed_names
from carestead.store.care.inbox import ASIDE, UNMATCHED, WAITING
from carestead.store.care.models import HospitalMessage
from carestead.store.clocks import site_clocks
from carestead.web.hospital import acts, words
from carestead.web.hospital.candidates import Candidate, alike, candidates, numbered, of_the_visit
from carestead.web.hospital.waiting import verdict
from carestead.web.published import Published, published
from carestead.web.shell import once
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.typed import Typed

WHO = (Role.NAMED_GP, Role.CARE_COORDINATOR, Role.LEAD)
MOST = 100
"""So many messages are listed, those first that should be settled first."""

LOOKS = ("find", "alike")
"""Acts that only look somebody up."""

OPEN = (*WAITING, ASIDE)
SETTLED_LATER = ("by hand", "NHS number, later")
"""How `matched_by` begins of what waited at the desk and was settled."""

NOBODY = "Nobody in this area has this NHS number. Compare it with the practice's own record."


@require_GET
@door(*WHO, discloses="people", action="see-hospital-messages")
def hospital_messages(request: HttpRequest, actor: Actor) -> Page:
    """Everything that waits, and what was set aside lately."""
    now = timezone.now()
    _require(actor, now)
    found, every, aside = published(), at_desk.waiting(MOST), at_desk.lately_set_aside(now)
    feeds = feed_names()
    context = {
        "title": "Hospital messages", "as_of": found.as_of, "now": now,
        "waits": [_line(m, feeds, now) for m in every], "counts": at_desk.waits(),
        "aside": [_line(m, feeds, now) for m in aside], "limit": site_clocks()[at_desk.CLOCK].words,
    }  # fmt: skip
    people = _told_of(found, [*every, *aside])
    return Page("hospital/messages.jinja", context, people=people, detail={"messages": len(every)})


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="see-hospital-message")
def hospital_message(request: HttpRequest, actor: Actor, message_id: int) -> Page | HttpResponse:
    """One message. Looking somebody up is a form too, so that no NHS number stands in an address."""
    now = timezone.now()
    _require(actor, now)
    message = _at_desk(message_id)
    found, typed = published(), Typed(request.POST)
    if seen := once.again(request, actor):
        return seen
    shown = _shown(found, message, typed, now)
    if request.method == "POST" and typed.data.get("act") not in LOOKS:
        if sent := typed.send(request, actor, _field(typed), lambda: _do(found, typed, message, shown, actor)):
            return sent
        message.refresh_from_db()
    return _page(found, message, typed, shown, now)


def _at_desk(message_id: int) -> HospitalMessage:
    """A message that waits, or that was settled at the desk: others were never the desk's. Raises Refused."""
    message = HospitalMessage.objects.filter(pk=message_id).first()
    if message is None or not (message.outcome in OPEN or message.matched_by.startswith(SETTLED_LATER)):
        raise Refused("No such message waits at the desk: it may have been settled since.")
    return message


def _do(
    found: Published, typed: Typed, message: HospitalMessage, shown: Sequence[Candidate], actor: Actor
) -> once.Outcome:
    act = typed.data.get("act")
    if act == "again":
        return acts.again(message, actor)
    return acts.aside(typed, message, actor) if act == "aside" else acts.confirm(found, typed, message, shown, actor)


def _field(typed: Typed) -> str:
    return "why" if typed.data.get("act") == "aside" else "number"


def _page(found: Published, message: HospitalMessage, typed: Typed, shown: Sequence[Candidate], now: datetime) -> Page:
    if message.outcome not in OPEN or (message.outcome == ASIDE and not typed.good):
        return _settled(found, message, now, too_late=not typed.good)
    context = {
        "title": "A hospital message", "as_of": found.as_of, "now": now, "message": message,
        "line": _line(message, feed_names(), now), "said": words.said(found, message, at_desk.told(message)),
        "waits": message.outcome in WAITING, "can_match": message.outcome in UNMATCHED,
        "findings": _findings(message),
        "disputed": message.outcome == "conflict", "can_look": bool(words.name(message) and words.born(message)),
        "others": [_line(m, {}, now) for m in at_desk.of_the_same_visit(message)], "shown": shown,
        "looked": typed.data.get("act") in LOOKS, "reasons": list(acts.reasons(message).items()),
        "data": typed.data, "errors": typed.errors,
    }  # fmt: skip
    people = {*_told_of(found, [message]), *(c.known.person_id for c in shown)}
    status = 400 if typed.errors else 200
    return Page("hospital/message.jinja", context, sorted(people), _looked_for(message, typed, shown), status)


def _settled(found: Published, message: HospitalMessage, now: datetime, *, too_late: bool) -> Page:
    """What is settled is nobody's at the desk any more: who settled it is said, and not whom it is about."""
    context = {
        "title": "A hospital message", "as_of": found.as_of, "now": now, "line": _line(message, feed_names(), now),
        "too_late": too_late, "aside": message.outcome == ASIDE,
    }  # fmt: skip
    return Page("hospital/settled.jinja", context, detail={"message": message.pk}, status=409 if too_late else 200)


def _looked_for(message: HospitalMessage, typed: Typed, shown: Sequence[Candidate]) -> dict[str, Any]:
    """For the audit: of which message, and the number that somebody typed in vain."""
    asked = nhs.normalise(typed.data.get("number", "")) if typed.data.get("act") == "find" and not shown else ""
    return {"message": message.pk, **({"asked": asked[:20]} if asked else {})}


def _shown(found: Published, message: HospitalMessage, typed: Typed, now: datetime) -> list[Candidate]:
    """Whom the page shows: of a visit that has a person already that one alone, else whom somebody looks for."""
    if message.outcome not in UNMATCHED:
        return []
    if (person_id := of_the_visit(message)) is not None:
        return candidates(found, message, [person_id], now)
    if typed.data.get("act") == "alike" or typed.data.get("by") == "alike":
        return candidates(found, message, alike(found, message), now)
    if typed.data.get("act") not in ("find", "confirm"):
        return []
    return candidates(found, message, _by_number(found, typed), now)


def _by_number(found: Published, typed: Typed) -> list[int]:
    """Whoever has the number that was typed; what is wrong with it is said at its field."""
    asked = nhs.normalise(typed.text("number", "Type the person's NHS number.")) or ""
    if asked and (fault := words.number_fault(asked)):
        typed.errors["number"] = f"{fault} Type ten digits, such as 999 728 7652."
        return []
    people = numbered(found, [asked])
    if asked and not people:
        typed.errors["number"] = NOBODY
    return people


def _findings(message: HospitalMessage) -> list[dict[str, str]]:
    """What was found wrong or doubtful: of a message that cannot be read the reasons alone, else all but what is wrong
    with the number, which the page says in its own words."""
    if errors := [f for f in message.findings if f["severity"] == Severity.ERROR]:
        return errors
    return [f for f in message.findings if not f["code"].startswith("nhs-number.")]


def _line(message: HospitalMessage, feeds: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """A message as lists show it."""
    number, fault = words.number(message), words.number_fault(words.number(message))
    due = site_clocks()[at_desk.CLOCK].due(message.received_at, working_calendar())
    refused = message.stay_id is None
    why = message.findings[0]["what"] if refused and message.findings else message.matched_by
    return {
        "id": message.pk, "hospital": feeds.get(message.source, message.source), "event": words.event(message),
        "refused": refused, "happened_at": message.happened_at, "received_at": message.received_at,
        "late": message.outcome in WAITING and due <= now, "due": due, "name": words.name(message),
        "born": words.born(message), "number": nhs.display(number) if not fault else number, "fault": fault,
        "why": fault if fault and message.outcome == "unmatched" else why,
        "settled": words.settled(message), "settled_at": message.matched_at,
    }  # fmt: skip


def _told_of(found: Published, messages: Sequence[HospitalMessage]) -> list[int]:
    """The people of the record whom the messages name by a number of theirs, or by the visit: they are seen too."""
    people = numbered(found, [words.number(m) for m in messages])
    disputed = (of_the_visit(m) for m in messages if m.outcome == "conflict")
    return sorted({*people, *(p for p in disputed if p is not None)})


def _require(actor: Actor, now: datetime) -> None:
    allowed = verdict(actor, now)
    if not allowed.allowed:
        raise Refused(allowed.why)
