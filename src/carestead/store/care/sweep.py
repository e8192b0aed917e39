"""The sweep: what must exist because time has passed. It may run at any time, twice, late, or after the clock jumped.

It writes alarms (each once, by its key), makes the work that lateness asks for, and ends nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from carestead.care import escalation
from carestead.care.escalation import Manner, Party
from carestead.reference.calendars import working_calendar
from carestead.store.care import at_desk
from carestead.store.care.arising import escalate_notices, long_absences, reviews, take_overs
from carestead.store.care.digest import note_acted
from carestead.store.care.groups import groups as known_groups
from carestead.store.care.messages import turn_unanswered_into_promises
from carestead.store.care.models import Alarm
from carestead.store.care.parties import Ladders
from carestead.store.care.watched import Look, Looked
from carestead.store.clocks import ladder_of, site_clocks
from carestead.store.jobs.registry import job
from carestead.store.jobs.schedule import Every

Item = TypeVar("Item")
TOGETHER = 500
"""How many things are looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep added: alarms, offers to take a promise over, promises to review a plan and to answer a message,
    letters about absences; and how many earlier alarms it found acted on."""

    alarms: int = 0
    offers: int = 0
    reviews: int = 0
    answers: int = 0
    letters: int = 0
    acted: int = 0


def sweep(
    *, at: datetime | None = None, groups: Mapping[str, str] | None = None, beat: Callable[[], object] = lambda: None
) -> Swept:
    """Add what must exist by `at` (now), by the clocks of the site, and does not. `groups` maps practices to their
    groups, whose desks answer; without it a practice answers for itself. `beat` is called between transactions."""
    now = at or timezone.now()
    look = Look(now, site_clocks(), working_calendar(), ladder_of(settings.AREA))
    raised = offered = 0
    for things in _together(look.everything()):
        alarms, offers = _raise(things, groups or {}, look)
        raised, offered = raised + alarms, offered + offers
        beat()
    return Swept(
        alarms=raised + at_desk.alarms(look),
        offers=offered,
        reviews=reviews(look, beat),
        answers=len(turn_unanswered_into_promises(at=now)),
        letters=long_absences(now, beat),
        acted=note_acted(beat),
    )


@job("sweep", outside=True, schedule=Every(timedelta(minutes=5)))
def sweep_job(*, at: datetime, beat: Callable[[], object]) -> Callable[[], None]:
    """The sweep as a worker does it: a few things a transaction, so that nobody waits for it."""
    sweep(at=at, groups=known_groups(), beat=beat)
    return lambda: None


@transaction.atomic
def _raise(things: Sequence[Looked], groups: Mapping[str, str], look: Look) -> tuple[int, int]:
    """Write the alarms of some things that are not there yet, with the offers that they make: how many of each."""
    people = {t.person_id for t in things if t.person_id is not None}
    ladders = Ladders.of(people, {t.owner_code for t in things}, look.at, groups)
    due = {a.key: a for thing in things for a in _alarms(thing, ladders, look)}
    there = set(Alarm.objects.filter(key__in=due).values_list("key", flat=True))
    new = [alarm for key, alarm in due.items() if key not in there]
    Alarm.objects.bulk_create(new, ignore_conflicts=True)  # another sweep may have been quicker
    escalate_notices(new, look.at)
    return len(new), take_overs(new, look)


def _alarms(thing: Looked, ladders: Ladders, look: Look) -> Iterator[Alarm]:
    person_id = thing.person_id
    if person_id in ladders.died and not thing.runs_after_death:
        return
    parties = ladders.parties(person_id or 0, thing.owner_kind, thing.owner_code, but=thing.told)
    watched = replace(
        thing.clocked, parties={party: code for party, (_, code) in parties.items()}, doctors=ladders.gps,
        needs_doctor=thing.owner_code in ladders.gps,
    )  # fmt: skip
    for alarm in escalation.alarms(watched, look.at, look.calendar, look.ladder):
        yield _row(alarm, parties[alarm.party][0], person_id)


def _row(alarm: escalation.Alarm, to_kind: str, person_id: int | None) -> Alarm:
    """Commissioners hear that something is late, never whose it is. A clock beside the due time (`promise-hold`) names
    the milestone: `hold-overdue`."""
    kind, _, clock = alarm.kind.partition("-")
    return Alarm(
        key=alarm.key, person_id=None if alarm.party is Party.COMMISSIONER else person_id,
        subject_kind=kind, subject_id=alarm.id,
        milestone=f"{clock}-{alarm.milestone}" if clock else alarm.milestone, rung=alarm.party,
        effect=alarm.does, to_kind=to_kind, to_code=alarm.to, interrupts=alarm.manner is Manner.INTERRUPT,
        raised_at=alarm.since,
    )  # fmt: skip


def _together(things: Iterable[Item]) -> Iterator[list[Item]]:
    every = iter(things)
    while some := list(islice(every, TOGETHER)):
        yield some
