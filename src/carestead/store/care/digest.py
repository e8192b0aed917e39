"""What reaches whom: alarms that interrupt, those that wait for the day's digest, and which were acted on."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from carestead.care.escalation import digest_for
from carestead.reference.calendars import working_calendar
from carestead.store.actor import SYSTEM, Actor
from carestead.store.audit.actions import record_write
from carestead.store.care.models import Alarm
from carestead.store.care.things import CareEvent


@dataclass(frozen=True, slots=True)
class Digest:
    """What somebody hears of: at once, and in the digest that has come by now; the oldest first, all unseen."""

    at_once: tuple[Alarm, ...]
    in_digest: tuple[Alarm, ...]


def digest(codes: Collection[str], *, at: datetime | None = None) -> Digest:
    """What the parties `codes` have to hear of at `at` (now)."""
    now, calendar = at or timezone.now(), working_calendar()
    unseen = Alarm.objects.filter(to_code__in=codes, seen_at__isnull=True, raised_at__lte=now)
    alarms = list(unseen.order_by("raised_at", "key"))
    return Digest(
        tuple(a for a in alarms if a.interrupts),
        tuple(a for a in alarms if not a.interrupts and digest_for(a.raised_at, calendar) <= now),
    )


@transaction.atomic
def see_alarms(*, alarm_ids: Collection[int], by: Actor, at: datetime | None = None) -> int:
    """Record that somebody has seen alarms; gives how many nobody had seen before."""
    unseen = Alarm.objects.filter(pk__in=alarm_ids, seen_at__isnull=True)
    people = [p for p in unseen.values_list("person_id", flat=True) if p is not None]
    seen = unseen.update(seen_at=at or timezone.now(), seen_by=by.name)
    record_write(by=by, action="see-alarms", people=people, detail={"alarms": seen})
    return seen


def note_acted(beat: Callable[[], object] = lambda: None) -> int:
    """Write on each alarm when somebody first did something to its thing after it was raised; gives how many were new.
    Nobody has to say that they acted: what they did says it."""
    kinds = Alarm.objects.filter(acted_at__isnull=True).values_list("subject_kind", flat=True).distinct()
    return sum(_note_acted(kind, beat) for kind in sorted(kinds))


def _note_acted(kind: str, beat: Callable[[], object]) -> int:
    acts = CareEvent.objects.filter(
        kind=kind, subject_id=OuterRef("subject_id"), recorded_at__gt=OuterRef("raised_at")
    ).exclude(username=SYSTEM.username)
    first = acts.order_by("recorded_at").values("recorded_at")[:1]
    waiting = Alarm.objects.filter(subject_kind=kind, acted_at__isnull=True)
    acted = dict(waiting.annotate(first=Subquery(first)).filter(first__isnull=False).values_list("pk", "first"))
    for number, (pk, moment) in enumerate(acted.items()):
        if number % 100 == 0:
            beat()
        Alarm.objects.filter(pk=pk).update(acted_at=moment)
    return len(acted)
