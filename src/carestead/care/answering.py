"""Who answers for somebody at an instant. Absence changes who answers; it never changes who is accountable."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from carestead.care.hours import DeskHours
from carestead.care.times import within
from carestead.core.calendar import utc


class By(StrEnum):
    """Who answers, in the order in which they are asked. `nobody` is a breach and is always shown."""

    HOLDER = "holder"
    COVER = "cover"
    DESK = "desk"
    OUT_OF_HOURS = "out-of-hours"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `start` up to but without `end` (None while nobody knows). `cover` answers for them only
    once they have accepted."""

    code: str
    start: datetime
    end: datetime | None = None
    cover: str = ""
    cover_accepted: bool = False

    def __post_init__(self) -> None:
        if self.end is not None and utc(self.end) <= utc(self.start):
            raise ValueError(f"An absence cannot end ({self.end}) before it starts ({self.start}).")

    def holds(self, at: datetime) -> bool:
        """Whether they are away at `at`."""
        return within(at, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Shift:
    """The duty desk is staffed by somebody from `start` up to but without `end`."""

    start: datetime
    end: datetime
    staffed_by: str
    phone: str = ""

    def holds(self, at: datetime) -> bool:
        """Whether it is staffed at `at`."""
        return within(at, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Presence:
    """Who is not there at an instant: `covers` gives for everybody who is away the cover who has accepted (empty:
    nobody has), and `gone` are those who have left."""

    covers: Mapping[str, str] = field(default_factory=dict)
    gone: Collection[str] = frozenset()

    def here(self, code: str) -> bool:
        """Whether they are neither away nor gone."""
        return code not in self.covers and code not in self.gone

    def instead_of(self, code: str) -> str:
        """Who answers instead of somebody who is not there: the cover who has accepted, when that cover is there;
        nobody (empty) where it falls to the desk. Covers are not passed on, so a ring of covers ends at the desk."""
        cover = self.covers.get(code, "")
        return cover if cover and self.here(cover) else ""


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is away, who has left when, and when the desk of their group is staffed."""

    absences: tuple[Absence, ...] = ()
    left: Mapping[str, datetime] = field(default_factory=dict)
    shifts: tuple[Shift, ...] = ()

    def presence(self, at: datetime) -> Presence:
        """Who is not there at `at`; of several absences of one, that with an accepted cover counts."""
        away = sorted((a for a in self.absences if a.holds(at)), key=lambda a: a.cover_accepted)
        covers = {a.code: a.cover if a.cover_accepted else "" for a in away}
        return Presence(covers, frozenset(code for code, leaves in self.left.items() if utc(leaves) <= utc(at)))


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers at an instant. `code` is a practitioner's, where it is one; `phone` where known; `until` the next
    instant at which it may be somebody else."""

    by: By
    code: str = ""
    name: str = ""
    phone: str = ""
    until: datetime | None = None


def answering(holder: str, at: datetime, staffing: Staffing, hours: DeskHours) -> Answer:
    """Who answers for the person whom `holder` is accountable for.

    Out of hours the out-of-hours service, by name. In hours the holder when there; else a cover who accepted and is
    there (whoever covers for the cover is not asked); else the desk, when it is staffed; else nobody.
    """
    until = _until(at, staffing, hours)
    if hours.open_at(at) is None:
        return Answer(By.OUT_OF_HOURS, name=hours.out_of_hours_name, phone=hours.out_of_hours_phone, until=until)
    there = staffing.presence(at)
    if holder and there.here(holder):
        return Answer(By.HOLDER, code=holder, until=until)
    cover = there.instead_of(holder)
    return Answer(By.COVER, code=cover, until=until) if cover else _desk(at, staffing, until)


def _desk(at: datetime, staffing: Staffing, until: datetime) -> Answer:
    shift = next((s for s in staffing.shifts if s.holds(at)), None)
    if shift is None:
        return Answer(By.NOBODY, until=until)
    return Answer(By.DESK, name=shift.staffed_by, phone=shift.phone, until=until)


def _until(at: datetime, staffing: Staffing, hours: DeskHours) -> datetime:
    moment = utc(at)
    changes = [utc(change) for change in _changes(staffing)]
    open_now = hours.open_at(at)
    door = open_now.end if open_now else hours.next_opening(at)
    return min([c for c in changes if c > moment] + [door])


def _changes(staffing: Staffing) -> Iterator[datetime]:
    yield from staffing.left.values()
    for absence in staffing.absences:
        yield from (absence.start, absence.end) if absence.end else (absence.start,)
    for shift in staffing.shifts:
        yield from (shift.start, shift.end)


def cover_refusal(absence: Absence, staffing: Staffing, called: Mapping[str, str]) -> str | None:
    """Why the cover named in a planned absence cannot be asked, in a sentence; None when they can, or when nobody is
    named and the desk will answer. `called` gives names by code."""
    cover = called.get(absence.cover, absence.cover)
    if not absence.cover:
        return None
    if absence.cover == absence.code:
        return f"{cover} cannot cover for themselves: name somebody else, or leave it to the desk."
    if absence.cover in staffing.left:
        return f"{cover} has left and cannot cover: name somebody else, or leave it to the desk."
    clash = next((a for a in overlapping(absence, staffing.absences) if a.code == absence.cover), None)
    if clash is None:
        return None
    circle = " and is covered by the very person who is to be away" if clash.cover == absence.code else ""
    return f"{cover} is away in that time{circle}: name somebody else, or leave it to the desk."


def left_bare(absence: Absence, staffing: Staffing) -> list[Absence]:
    """The absences of others that `absence` takes the accepted cover from: for that time the desk answers instead."""
    return [a for a in overlapping(absence, staffing.absences) if a.cover == absence.code and a.cover_accepted]


def overlapping(absence: Absence, others: Iterable[Absence]) -> list[Absence]:
    """Those of `others` that share an instant with `absence`."""
    return [o for o in others if _before(o.start, absence.end) and _before(absence.start, o.end)]


def _before(start: datetime, end: datetime | None) -> bool:
    return end is None or utc(start) < utc(end)
