"""From what a message tells, as text, to an event: every format meets here, so that all are judged alike."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from carestead import reference
from carestead.core import nhs_number
from carestead.core.finding import Finding, Severity
from carestead.sources.messages.event import HospitalEvent, Kind, Reading, error, warning
from carestead.sources.messages.moments import Moment, day, moment

LONGEST = 100
"""Characters of a visit's number."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a message says, as it says it; an empty text where it says nothing. `kind` is empty when its code is not
    one we know, and `code` the code."""

    source: str
    kind: str
    code: str
    visit_id: str
    happened: str
    sent: str = ""
    admitted: str = ""
    nhs_number: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    name: str = ""
    birth_date: str = ""
    organisation_code: str = ""
    organisation_name: str = ""
    ward: str = ""
    destination: str = ""
    reason: str = ""
    specialty: str = ""
    message_id: str = ""

    def plain(self) -> "Told":
        """The same without characters that no text should have, which a database may refuse."""
        return replace(self, **{f.name: _plain(getattr(self, f.name)) for f in fields(self)})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_plain(v) for v in value)
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in value).strip()


def facts() -> Mapping[str, Any]:
    """The codes of events and destinations, and how far ahead a time may be."""
    return reference.shared("care", "hospital-events")


def kind_of(system: str, code: str) -> str:
    """The event a code stands for; empty when we do not know it."""
    return str(facts()["events"].get(system, {}).get(code, ""))


def judge(told: Told, where: str, text: str, received_at: datetime) -> Reading:
    """The event, unless something it cannot do without is missing or impossible; and everything that is doubtful."""
    told = told.plain()
    happened = _happened(told, where, received_at)
    sent, admitted = (
        _optional(t, f"{where}, {what}") for t, what in ((told.sent, "sent"), (told.admitted, "admitted"))
    )
    findings = (*_needed(told, where), *happened.findings, *sent.findings, *admitted.findings,
                *_doubts(told, where, happened, admitted))  # fmt: skip
    if happened.at is None or any(f.severity is Severity.ERROR for f in findings):
        return Reading(None, findings, text)
    event = HospitalEvent(
        source=told.source, visit_id=told.visit_id, kind=Kind(told.kind), happened_at=happened.at, sent_at=sent.at,
        admitted_at=happened.at if told.kind == Kind.ADMIT else admitted.at,
        nhs_number=nhs_number.normalise(told.nhs_number), identifiers=told.identifiers, name=told.name,
        birth_date=day(told.birth_date), organisation_code=told.organisation_code,
        organisation_name=told.organisation_name, ward=told.ward, disposition=disposition(told.destination),
        reason=told.reason, mental_health=told.specialty in facts()["mental_health_specialties"],
        message_id=told.message_id,
    )  # fmt: skip
    return Reading(event, findings, text)


def disposition(code: str) -> str | None:
    """Where somebody went, in the words of table encounter; None when the code says that it is not known."""
    known = facts()["destinations"]
    if not code or code in facts()["not_known"]:
        return None
    return code if code in known.values() else known.get(code, "other")


def without_event(code: str, what: str, do: str, where: str, text: str) -> Reading:
    """A text that is no message at all."""
    return Reading(None, (error(code, where, what, do),), text)


def _happened(told: Told, where: str, received_at: datetime) -> Moment:
    read = moment(told.happened, f"{where}, time of the event")
    if read.at is None:
        return read
    ahead = read.at - received_at
    allowed = facts()["ahead"]
    if -ahead > timedelta(days=facts()["behind"]["doubted_days"]):
        what = f"The event is dated {told.happened}, {_long(-ahead)} before the message came."
        return Moment(
            read.at, (*read.findings, warning("time.long-ago", where, what, "Ask the hospital for the true time."))
        )
    if ahead <= timedelta(minutes=allowed["believed_minutes"]):
        return read
    what = f"The event is dated {told.happened}, {_long(ahead)} after the message came."
    if ahead <= timedelta(hours=allowed["doubted_hours"]):
        found = warning("time.future", where, what, "Ask the hospital whether its clock and time zone are right.")
        return Moment(read.at, (*read.findings, found))
    return Moment(None, (*read.findings, error("time.future", where, what, "Ask the hospital for the true time.")))


def _long(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return (
        f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours" if minutes < 2880 else f"{span.days} days"
    )


def _optional(text: str, where: str) -> Moment:
    """A time we can do without: one that cannot be read is a doubt, not a refusal."""
    if not text:
        return Moment(None)
    read = moment(text, where)
    return read if read.at else Moment(None, tuple(warning(f.code, f.where, f.what, f.do) for f in read.findings))


def _needed(told: Told, where: str) -> Iterable[Finding]:
    if not told.kind:
        what = f"'{told.code}' is no event that is known." if told.code else "It does not say what happened."
        yield error("event.unknown", where, what, f"Known are: {', '.join(facts()['words'])}.", told.code)
    if not told.visit_id:
        yield error(
            "visit.no-id", where, "The visit has no number, so two messages of it could not be told to be of one.",
            "Ask the hospital to send its number of the visit.",
        )  # fmt: skip
    if len(told.visit_id) > LONGEST:
        what = f"The number of the visit has {len(told.visit_id)} characters."
        yield error("visit.id-too-long", where, what, f"Ask the hospital for one of {LONGEST} at the most.")


def _doubts(told: Told, where: str, happened: Moment, admitted: Moment) -> Iterable[Finding]:
    yield from _number(told, where)
    if told.birth_date and day(told.birth_date) is None:
        yield warning(
            "birth-date.bad", where, f"'{told.birth_date}' is not a date of birth.", "Send it as 1940-05-17.",
            told.birth_date,
        )  # fmt: skip
    ends = told.kind == Kind.DISCHARGE and happened.at and admitted.at
    if ends and happened.at < admitted.at:  # type: ignore[operator]
        what = f"The discharge ({told.happened}) is before the admission ({told.admitted})."
        yield warning("visit.ends-before-it-begins", where, what, "Ask the hospital which of the two is right.")


def _number(told: Told, where: str) -> Iterable[Finding]:
    number = nhs_number.normalise(told.nhs_number)
    if number is None:
        yield warning(
            "nhs-number.missing", where, "There is no NHS number, so nobody can be found by it.",
            "The duty desk finds the person by name and date of birth.",
        )  # fmt: skip
    elif not nhs_number.is_valid(number):
        yield warning(
            "nhs-number.invalid", where, f"{told.nhs_number} is not a valid NHS number.",
            "Ask the hospital to correct it; until then the duty desk finds the person.", told.nhs_number,
        )  # fmt: skip
