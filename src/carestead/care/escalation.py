"""Which alarms must exist because something is late: a pure function of the facts and of now.

Looking twice, late or after the clock jumped gives the same alarms; each has a stable key, so none is raised twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from carestead.care.rungs import Pace, Rungs, rungs
from carestead.core.calendar import LONDON, WorkingCalendar, local_day, utc
from carestead.reference import shared


class Party(StrEnum):
    """Who can stand on the ladder, from the bottom up."""

    OWNER = "owner"
    OWNER_COVER = "owner-cover"
    COORDINATOR = "coordinator"
    NAMED_GP = "named-gp"
    LEAD = "lead"
    COMMISSIONER = "commissioner"


class Does(StrEnum):
    """What a rung does. `transfers` makes an offer; it never moves anything by itself."""

    INFORMS = "informs"
    ASKS = "asks"
    TRANSFERS = "transfers"


class Manner(StrEnum):
    """How somebody hears of an alarm."""

    INTERRUPT = "interrupt"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Watched:
    """Something with a due instant: a promise, a notice, an offer. `kind` and `id` name it.

    `made_at` and `due` are aware; `due` is what was last agreed. While `held_until` is set it is on hold, and nothing
    is late before that. `parties` maps those on the ladder whom it has to their codes: of holders who are away,
    whoever answers for them. `doctors` are the codes among them that are GPs.
    """

    kind: str
    id: int
    made_at: datetime
    due: datetime
    closed: bool = False
    held_until: datetime | None = None
    needs_doctor: bool = False
    parties: Mapping[Party, str] = field(default_factory=dict)
    doctors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alarm:
    """One milestone of one thing: who is told what, since when (UTC), and how. `key` is the same for ever."""

    key: str
    kind: str
    id: int
    milestone: str
    party: Party
    to: str
    does: Does
    manner: Manner
    since: datetime
    says: str


def alarms(thing: Watched, at: datetime, calendar: WorkingCalendar, by: Rungs | None = None) -> tuple[Alarm, ...]:
    """The alarms that must exist by `at`, in the order of the ladder `by` (the one shipped). A later `at` only ever
    adds some; what is closed has none. A rung whose party is missing, or was told at a rung below, is passed over."""
    if thing.closed or utc(at) < effective_due(thing):
        return ()
    by = by or rungs()
    how = pace(thing, by)
    late = calendar.working_time_between(effective_due(thing), at, how.hours)
    return tuple(_alarm(thing, m, to, by, how, calendar) for m, to in _told(thing, by) if how.lateness[m] <= late)


def ladder(thing: Watched, calendar: WorkingCalendar, by: Rungs | None = None) -> Iterator[Alarm]:
    """Every alarm that will come while nobody does anything."""
    by = by or rungs()
    return (_alarm(thing, milestone, to, by, pace(thing, by), calendar) for milestone, to in _told(thing, by))


def key(thing: Watched, milestone: str) -> str:
    """`promise/12/2026-04-02T17:30Z/overdue`: the due instant is part of it, so that a new date that was agreed has
    alarms of its own, while any other edit changes none."""
    return f"{thing.kind}/{thing.id}/{effective_due(thing):%Y-%m-%dT%H:%MZ}/{milestone}"


def effective_due(thing: Watched) -> datetime:
    """The due instant (UTC), or the end of the hold where that is later."""
    return max(utc(thing.due), utc(thing.held_until or thing.due))


def pace(thing: Watched, by: Rungs | None = None) -> Pace:
    """How fast the ladder is climbed for it: by the time from making it to its due instant, which no hold changes."""
    given = utc(thing.due) - utc(thing.made_at)
    return next(p for p in (by or rungs()).paces if p.given is None or given <= p.given)


def digest_for(since: datetime, calendar: WorkingCalendar) -> datetime:
    """When (UTC) the digest comes that tells of an alarm of `since`: the next one, on a working day."""
    said, day = time.fromisoformat(shared("care", "escalation")["digest_at"]), local_day(since)
    if not calendar.is_working_day(day) or utc(since) > datetime.combine(day, said, LONDON):
        day = calendar.add_working_days(day, 1)
    return utc(datetime.combine(day, said, LONDON))


def _told(thing: Watched, by: Rungs) -> Iterator[tuple[str, str]]:
    """(milestone, code of whoever is told) of each rung that somebody stands on who was not told before."""
    before = set[str]()
    for milestone, rung in by.rungs.items():
        to = thing.parties.get(Party(rung["party"]), "")
        if to and to not in before:
            before.add(to)
            yield milestone, to


def _alarm(thing: Watched, milestone: str, to: str, by: Rungs, how: Pace, calendar: WorkingCalendar) -> Alarm:
    rung, due, late = by.rungs[milestone], effective_due(thing), how.lateness[milestone]
    since = calendar.add_working_time(due, late, how.hours) if late else due
    return Alarm(
        key(thing, milestone), thing.kind, thing.id, milestone, Party(rung["party"]), to, Does(rung["does"]),
        _manner(thing, to, how), since, rung["says"],
    )  # fmt: skip


def _manner(thing: Watched, to: str, how: Pace) -> Manner:
    wanted = thing.needs_doctor if to in thing.doctors else True
    return Manner.INTERRUPT if how.interrupts and wanted else Manner.DIGEST
