"""What waits at the duty desk of hospitals' messages: counted, told in full, and told to the leads when late."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min

from carestead.store.care.inbox import ASIDE, UNMATCHED, WAITING, WAITS, refused, unmatched
from carestead.store.care.models import Alarm, HospitalMessage
from carestead.store.care.things import CareEvent
from carestead.store.care.watched import Look

CLOCK = "hospital-message"
"""How long a message may wait at the desk."""

TOGETHER = 500
"""So many alarms are looked for and written at once."""

LEADS = "leads"
"""The code under which the leads of an area hear of what belongs to no practice yet."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How many messages wait because nobody could be found, how many because they cannot be read, since when the
    longest does, and how many of each feed."""

    unmatched: int = 0
    refused: int = 0
    oldest: datetime | None = None
    by_source: Mapping[str, int] = field(default_factory=dict)

    @property
    def every(self) -> int:
        """All of them."""
        return self.unmatched + self.refused


def waits() -> Waits:
    """What waits now. One query, which counts: it is asked for a line on first pages."""
    every = HospitalMessage.objects.filter(outcome__in=WAITING).values("outcome", "source").order_by()
    rows = list(every.annotate(many=Count("pk"), oldest=Min("received_at")))
    by_outcome, by_source = Counter[str](), Counter[str]()
    for row in rows:
        by_outcome[row["outcome"]] += row["many"]
        by_source[row["source"]] += row["many"]
    found = sum(by_outcome[outcome] for outcome in UNMATCHED)
    oldest = min((row["oldest"] for row in rows), default=None)
    return Waits(found, by_outcome["refused"], oldest, by_source)


def waiting(most: int | None = None) -> list[HospitalMessage]:
    """What waits, at most so many: whom nobody could be found for before what cannot be read; the oldest first."""
    return [*unmatched(most), *refused(most)][:most]


def lately_set_aside(at: datetime, within: timedelta = timedelta(days=7)) -> list[HospitalMessage]:
    """What somebody set aside lately, the newest first: it can be taken up again."""
    aside = HospitalMessage.objects.filter(outcome=ASIDE, matched_at__gt=at - within)
    return list(aside.order_by("-matched_at", "-pk"))


def of_the_same_visit(message: HospitalMessage) -> list[HospitalMessage]:
    """The other messages of the visit that wait for its person: whoever settles one settles them."""
    if message.stay_id is None:
        return []
    others = HospitalMessage.objects.filter(stay_id=message.stay_id, outcome="unmatched").exclude(pk=message.pk)
    return list(others.order_by("happened_at", "pk"))


def told(message: HospitalMessage) -> Mapping[str, Any]:
    """What a message that could be read said of the stay: ward, organisation, reason, where the person went."""
    key = f"message:{message.identifiers.get('digest')}:{message.source}"
    event = CareEvent.objects.filter(key=key).first()
    return event.given if event else {}


def alarms(look: Look) -> int:
    """Tell the leads of each message that has waited too long, once a message: nobody follows somebody up who is at
    home and not known. Gives how many alarms are new."""
    clock = look.clocks[CLOCK]
    every = HospitalMessage.objects.filter(outcome__in=WAITING).order_by("pk").values_list("pk", "received_at")
    late = {_key(pk): (pk, due) for pk, at in every if (due := clock.due(at, look.calendar)) <= look.at}
    new = [_alarm(key, *late[key]) for key in late.keys() - _raised(list(late))]
    Alarm.objects.bulk_create(new, ignore_conflicts=True, batch_size=TOGETHER)  # another sweep may have been quicker
    return len(new)


def _raised(keys: Sequence[str]) -> set[str]:
    """The keys of which there is an alarm: a feed that went wrong may have sent thousands of messages."""
    parts = (keys[start : start + TOGETHER] for start in range(0, len(keys), TOGETHER))
    return {k for some in parts for k in Alarm.objects.filter(key__in=some).values_list("key", flat=True)}


def _alarm(key: str, message_id: int, since: datetime) -> Alarm:
    return Alarm(
        key=key, subject_kind=WAITS, subject_id=message_id, milestone="waits", rung="lead", effect="asks",
        to_kind="organisation", to_code=LEADS, interrupts=True, raised_at=since,
    )  # fmt: skip


def _key(message_id: int) -> str:
    """Without the due instant: a limit that the site changes later tells nobody of the same message again."""
    return f"{WAITS}/{message_id}/waits"
