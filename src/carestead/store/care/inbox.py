"""Messages as they came, kept whole: taken, waiting at the desk, or refused. Nothing leaves this table."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

import orjson
from django.db.models import Q

from carestead.sources.messages import HospitalEvent, Kind, Reading
from carestead.store.actor import Actor, Role
from carestead.store.care.models import Alarm, HospitalMessage, Stay

UNMATCHED = ("unmatched", "conflict")
WAITING = (*UNMATCHED, "refused")
"""Outcomes with which a message waits for somebody at the desk."""

ASIDE = "set-aside"
"""The outcome of a message that somebody at the desk said needs no more."""

WAITS = "hospital-message"
"""What an alarm is about that tells of a message which has waited too long."""

MATCHER = Actor("carestead", "carestead", Role.SYSTEM)


def digest(event: HospitalEvent) -> str:
    """The same for two messages that say the same of an event, whenever and under whatever number they were sent."""
    said = replace(event, sent_at=None, message_id="")
    return hashlib.sha256(orjson.dumps(asdict(said), option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def copy_of(event: HospitalEvent) -> HospitalMessage | None:
    """The message that said the same of the same event before, if any."""
    return next((m for m in _of_event(event) if m.identifiers.get("digest") == digest(event)), None)


def keep(reading: Reading, event: HospitalEvent, stay: Stay, outcome: str, why: str, at: datetime) -> HospitalMessage:
    """Write a message of an event down. One that says something else of an event told before is kept beside it, under
    the event's name and the beginning of its digest."""
    told = str(event.kind)
    name = f"{told}~{digest(event)[: 20 - len(told) - 1]}" if _of_event(event) else told
    return HospitalMessage.objects.create(
        source=event.source, visit_id=event.visit_id, event=name, happened_at=event.happened_at, received_at=at,
        outcome=outcome, stay_id=stay.pk, identifiers=_who(event), findings=_findings(reading), body=reading.text,
        matched_by=why[:200],
    )  # fmt: skip


def keep_refused(reading: Reading, source: str, at: datetime) -> tuple[HospitalMessage, bool]:
    """Write a message down that tells no event; the same text again is the same message, and not new."""
    named = f"unread:{hashlib.sha256(reading.text.encode()).hexdigest()}"
    if before := HospitalMessage.objects.filter(source=source, visit_id=named).first():
        return before, False
    kept = HospitalMessage.objects.create(
        source=source, visit_id=named, event="unread", happened_at=at, received_at=at, outcome="refused",
        findings=_findings(reading), body=reading.text,
    )  # fmt: skip
    return kept, True


def lock_waiting(message: HospitalMessage) -> bool:
    """Whether a message still waits to be matched; nobody else settles it until this transaction ends."""
    mine = HospitalMessage.objects.select_for_update().filter(pk=message.pk, outcome__in=UNMATCHED)
    return mine.first() is not None


def acted(messages: Iterable[int], at: datetime) -> None:
    """Somebody has settled these messages: their alarms were acted on."""
    alarms = Alarm.objects.filter(subject_kind=WAITS, subject_id__in=list(messages), acted_at__isnull=True)
    alarms.update(acted_at=at)


def settle(stay: Stay, outcome: str, why: str, at: datetime, also: HospitalMessage | None = None) -> list[int]:
    """All messages of a stay that waited for its person are about them now; and `also` this one, in conflict before.
    Gives their ids."""
    waited = HospitalMessage.objects.filter(Q(outcome="unmatched") | Q(pk=also and also.pk), stay_id=stay.pk)
    settled = list(waited.values_list("pk", flat=True))
    waited.update(person_id=stay.person_id, outcome=outcome, matched_by=why[:200], matched_at=at)
    return settled


def unmatched(most: int | None = None) -> Sequence[HospitalMessage]:
    """Those that are about nobody we know for certain, oldest first; at most so many."""
    return list(HospitalMessage.objects.filter(outcome__in=UNMATCHED).order_by("received_at", "pk")[:most])


def refused(most: int | None = None) -> Sequence[HospitalMessage]:
    """Those that could not be read, oldest first; at most so many."""
    return list(HospitalMessage.objects.filter(outcome="refused").order_by("received_at", "pk")[:most])


def who(message: HospitalMessage) -> HospitalEvent:
    """As much of a kept message's event as is needed to match it again."""
    born = message.identifiers.get("birth_date")
    kind = Kind(message.event.partition("~")[0])
    return HospitalEvent(
        message.source, message.visit_id, kind, message.happened_at, nhs_number=message.identifiers.get("nhs_number"),
        birth_date=date.fromisoformat(born) if born else None,
    )  # fmt: skip


def _of_event(event: HospitalEvent) -> Sequence[HospitalMessage]:
    same = HospitalMessage.objects.filter(source=event.source, visit_id=event.visit_id, happened_at=event.happened_at)
    return [m for m in same if m.event.partition("~")[0] == event.kind]


def _who(event: HospitalEvent) -> dict[str, Any]:
    return {
        "nhs_number": event.nhs_number,
        "name": event.name,
        "birth_date": event.birth_date.isoformat() if event.birth_date else None,
        "numbers": [list(n) for n in event.identifiers],
        "message_id": event.message_id,
        "digest": digest(event),
    }


def _findings(reading: Reading) -> list[dict[str, str | int]]:
    return [f.as_dict() for f in reading.findings]
