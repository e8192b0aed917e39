"""Messages of hospitals in: kept, matched to a person, told to who must know, and followed up; each in one transaction.

The same message again changes nothing, and no order of messages changes where a stay ends up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from carestead.core.finding import UsageError
from carestead.sources.messages import HospitalEvent, Reading, read
from carestead.store.actor import Actor
from carestead.store.audit.actions import record_write
from carestead.store.care import aftermath, inbox, visits
from carestead.store.care.feeds import actor_of, heard
from carestead.store.care.models import HospitalMessage, Stay
from carestead.store.care.people import FindPeople, Known, Match, match

SETTLED = ("Somebody has dealt with this message already.", "Read the list again.")
"""What is refused, and what to do, when two people settle one message."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one message: `taken`, `not-enrolled`, `unmatched`, `conflict` (the visit was another person's
    before), `refused`, or `duplicate` of the message named. `why` says it in words."""

    outcome: str
    message_id: int
    stay_id: int | None
    why: str
    reading: Reading


def receive(*, body: bytes, source: str, find: FindPeople, at: datetime | None = None, name: str = "") -> list[Receipt]:
    """Everything a body tells, one transaction a message: a body sent again after a stop half-way is harmless.

    Raises UsageError when there is no such feed.
    """
    now = at or timezone.now()
    readings = read(body, source=source, received_at=now, name=name)
    return [receive_message(reading=r, source=source, find=find, at=now) for r in readings]


@transaction.atomic
def receive_message(*, reading: Reading, source: str, find: FindPeople, at: datetime | None = None) -> Receipt:
    """Keep one message and do all that follows from it. Raises UsageError when there is no feed `source`."""
    now = at or timezone.now()
    by = actor_of(heard(source=source, at=now))
    if reading.event is None:
        kept, new = inbox.keep_refused(reading, source, now)
        return _receipt(kept, reading, "refused" if new else "duplicate", by, "It cannot be read.")
    if copy := inbox.copy_of(reading.event):
        return _receipt(copy, reading, "duplicate", by, "It came before.")
    return _take(reading, reading.event, match(reading.event, find), by, now)


def _take(reading: Reading, event: HospitalEvent, found: Match, by: Actor, now: datetime) -> Receipt:
    stay = visits.tell(event, by, now)
    person, why = found.person, found.why
    conflict = person is not None and stay.person_id not in (None, person.person_id)
    if conflict:
        person, why = None, "Earlier messages of this visit are about another person."
    kept = inbox.keep(reading, event, stay, "conflict" if conflict else "unmatched", why, now)
    if person is not None:
        stay = visits.name_person(stay, person.person_id, by, now)
        inbox.settle(stay, _follow(stay, person, by, now), why, now)
        kept.refresh_from_db()
    return _receipt(kept, reading, kept.outcome, by, why)


def _follow(stay: Stay, person: Known, by: Actor, now: datetime) -> str:
    """All that follows from a stay as it stands now, and what to call it."""
    return "taken" if aftermath.follow(stay, person, by, now) else "not-enrolled"


@transaction.atomic
def match_by_hand(*, message: HospitalMessage, person: Known, by: Actor, at: datetime | None = None) -> Stay:
    """Somebody at the desk knows whom a message is about. All messages of the visit are theirs then, and what would
    have followed at once follows now. Raises UsageError when the visit is somebody else's already, when the message was
    refused, and when it waits no more."""
    now = at or timezone.now()
    stay = Stay.objects.select_for_update().filter(pk=message.stay_id).first()
    if stay is None:
        raise UsageError(
            "This message could not be read, so it tells of no visit.", "Ask the hospital to send it again."
        )
    if not inbox.lock_waiting(message):
        raise UsageError(*SETTLED)
    if stay.person_id not in (None, person.person_id):
        raise UsageError("This visit is already somebody else's.", "Say that the message is not about one of ours.")
    stay = visits.name_person(stay, person.person_id, by, now)
    outcome = _follow(stay, person, by, now)
    inbox.acted(inbox.settle(stay, outcome, f"by hand: {by.name}", now, message), now)
    people = [person.person_id]
    record_write(by=by, action="message-matched", people=people, detail={"message": message.pk, "stay": stay.pk})
    return stay


@transaction.atomic
def set_aside(*, message: HospitalMessage, reason: str, by: Actor, at: datetime | None = None) -> HospitalMessage:
    """A message at the desk is about none of ours, or the hospital sent it again: it leaves the list with the reason.
    It stays kept. Raises UsageError without a reason, or when it waits for nobody."""
    if not reason.strip():
        raise UsageError("There is no reason.", "Say in a few words why it needs no more.")
    left = HospitalMessage.objects.filter(pk=message.pk, outcome__in=inbox.WAITING)
    said = f"set aside: {by.name}: {reason.strip()}"[:200]
    now = at or timezone.now()
    if not left.update(outcome=inbox.ASIDE, matched_by=said, matched_at=now):
        raise UsageError(*SETTLED)
    inbox.acted([message.pk], now)
    record_write(by=by, action="message-set-aside", detail={"message": message.pk, "reason": reason.strip()})
    message.refresh_from_db()
    return message


@transaction.atomic
def take_up_again(*, message: HospitalMessage, by: Actor, at: datetime | None = None) -> HospitalMessage:
    """A message was set aside by mistake: it waits at the desk as before. Raises UsageError when it was not."""
    stay = Stay.objects.select_for_update().filter(pk=message.stay_id).first()
    outcome = "refused" if stay is None else "unmatched" if stay.person_id is None else "conflict"
    aside = HospitalMessage.objects.filter(pk=message.pk, outcome=inbox.ASIDE)
    if not aside.update(outcome=outcome, matched_by=f"taken up again: {by.name}"[:200], matched_at=None):
        raise UsageError("This message is not set aside any more.", "Read the list again.")
    record_write(by=by, action="message-taken-up-again", detail={"message": message.pk})
    message.refresh_from_db()
    return message


def match_again(*, find: FindPeople, at: datetime | None = None, beat: Callable[[], object] = lambda: None) -> int:
    """Try the messages that wait at the desk once more: a person may have been registered since. Gives how many were
    matched. `beat` is called between transactions."""
    now, matched = at or timezone.now(), 0
    for message in inbox.unmatched():
        beat()
        matched += _matched_now(message, find, now)
    return matched


@transaction.atomic
def _matched_now(message: HospitalMessage, find: FindPeople, now: datetime) -> bool:
    # the stay before the message, as everybody locks them, so that nobody waits for each other
    person = match(inbox.who(message), find).person
    stay = Stay.objects.select_for_update().filter(pk=message.stay_id).first()
    message = HospitalMessage.objects.select_for_update().get(pk=message.pk)
    if message.outcome != "unmatched" or person is None or stay is None:
        return False
    if stay.person_id not in (None, person.person_id):
        return False
    stay = visits.name_person(stay, person.person_id, inbox.MATCHER, now)
    inbox.settle(stay, _follow(stay, person, inbox.MATCHER, now), "NHS number, later", now)
    return True


def unmatched() -> Sequence[HospitalMessage]:
    """Messages about nobody we know for certain, oldest first: the duty desk owns them."""
    return inbox.unmatched()


def refused() -> Sequence[HospitalMessage]:
    """Messages that could not be read, oldest first, each with its text and the reasons."""
    return inbox.refused()


def without_follow_up() -> Sequence[Stay]:
    """Finished stays of enrolled people for whom no contact was ever promised, though one should be (invariant R10)."""
    return aftermath.without_follow_up()


def _receipt(kept: HospitalMessage, reading: Reading, outcome: str, by: Actor, why: str) -> Receipt:
    people = [kept.person_id] if kept.person_id is not None else []
    record_write(by=by, action=f"message-{outcome}", people=people, detail={"message": kept.pk, "stay": kept.stay_id})
    return Receipt(outcome, kept.pk, kept.stay_id, why, reading)
