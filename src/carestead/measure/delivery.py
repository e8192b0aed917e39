"""Whether what was promised is done: distributions of what happened, never a ranking of who did it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from carestead.core.calendar import WorkingCalendar, local_day, utc
from carestead.measure.distribution import Distribution, band_names, banded, which

DAY, HOUR = timedelta(days=1), timedelta(hours=1)

OVERDUE, TAKEN_OVER = "open, overdue", "taken over by somebody else"

Span = tuple[datetime, datetime]
"""From the first instant up to but without the second; aware."""


@dataclass(frozen=True, slots=True)
class Due:
    """A promise that fell due: when it was due, when it was kept, and its state. `open` while nobody has closed it;
    `taken_over` where it ended because somebody else owes it now, by a promise of their own."""

    due: datetime
    kept: datetime | None
    state: str
    open: bool
    taken_over: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """A holder was away, or is: for how many people they hold, from whom a cover answers (`covered`), and in which
    group's hours the desk is staffed."""

    span: Span
    people: int
    covered: Sequence[Span] = ()
    staffed: Sequence[Span] = ()


def punctuality(promises: Iterable[Due], edges: Sequence[float]) -> Distribution:
    """Promises that fell due: on time, late by days, still open, taken over, or ended otherwise. An open one is never
    left out; one that was taken over was neither kept nor unwanted by whoever had promised it first."""
    ends: Counter[str] = Counter()
    late: list[float] = []
    for p in promises:
        if p.kept is None:
            ends[_end(p)] += 1
        elif utc(p.kept) <= utc(p.due):
            ends["kept on time"] += 1
        else:
            late.append((utc(p.kept) - utc(p.due)) / DAY)
    lateness = [(f"late, {band}", n) for band, n in banded(late, edges, "days")]
    rest = (OVERDUE, TAKEN_OVER, "refused or not possible", "no longer wanted")
    counts = [("kept on time", ends["kept on time"]), *lateness, *((end, ends[end]) for end in rest)]
    return Distribution("Promises that fell due", "promises", tuple(counts), ("kept on time",))


def contact(
    discharges: Iterable[tuple[datetime, datetime | None]], edges: Sequence[float], at: datetime
) -> Distribution:
    """(discharge, first real contact): hours to contact; not made yet is told apart by whether its time is over."""
    made, waiting = list[float](), Counter[str]()
    for left, spoken in discharges:
        if spoken is not None:
            made.append((utc(spoken) - utc(left)) / HOUR)
        else:
            over = (utc(at) - utc(left)) / HOUR > edges[-1]
            waiting[f"not made after {edges[-1]:g} hours" if over else "not made yet, still in time"] += 1
    rest = (f"not made after {edges[-1]:g} hours", "not made yet, still in time")
    spoken_to = banded(made, edges, "hours")
    counts = [*spoken_to, *((name, waiting[name]) for name in rest)]
    in_time = tuple(name for name, _ in spoken_to[:-1])
    return Distribution("Contact after a discharge", "discharges", tuple(counts), in_time)


def unanswered(
    absences: Iterable[Away], held: int, edges: Sequence[float], at: datetime, calendar: WorkingCalendar
) -> Distribution:
    """People by the opening hours in which nobody answered for a holder of theirs: the holder away, no cover, the desk
    not staffed. `held` is how many responsibilities there are, so that those without a gap are counted too."""
    counts: Counter[int] = Counter()
    for away in absences:
        begin, end = away.span
        bare = without([(utc(begin), min(utc(end), utc(at)))], [*away.covered, *away.staffed])
        hours = sum((calendar.working_time_between(a, b) for a, b in bare), timedelta(0)) / HOUR
        if hours > 0:
            counts[which(hours, edges)] += away.people
    found = [(name, counts[i]) for i, name in enumerate(band_names(edges, "hours"))]
    none = ("no gap", max(held - sum(counts.values()), 0))
    return Distribution("Hours in which nobody answered", "responsibilities", (none, *found), ("no gap",))


def continuity(shares: Iterable[float], edges: Sequence[float], when: str) -> Distribution:
    """People by the share of their GP contacts that were with their named GP, in per cent."""
    return Distribution(f"Contacts with the named GP, {when}", "people", tuple(banded(shares, edges, "per cent")))


def alarms_a_day(
    raised: Iterable[tuple[str, datetime]], gps: Iterable[str], days: Sequence[date], edges: Sequence[float]
) -> Distribution:
    """(GP, when raised): days of a GP by how many alarms came, days without any too. Weekends go to the next day of
    `days`, which are in order."""
    found = Counter((gp, day) for gp, at in raised if (day := _day_of(at, days)))
    each = [found[gp, day] for gp in sorted(set(gps)) for day in days]
    none = sum(n == 0 for n in each)
    rest = banded([n for n in each if n], edges, "alarms")
    return Distribution("Alarms for each GP and day", "days of a GP", (("none", none), *rest), ("none",))


def acted_on(alarms: Iterable[bool]) -> Distribution:
    """Alarms by whether somebody did something to the thing afterwards."""
    found = Counter(alarms)
    counts = (("acted on", found[True]), ("not acted on yet", found[False]))
    return Distribution("Alarms acted on", "alarms", counts, ("acted on",))


def clicks_and_minutes(
    acts: Iterable[tuple[str, datetime]], gps: Iterable[str], weeks: Sequence[date], pause: timedelta
) -> dict[tuple[str, date], tuple[int, float]]:
    """(GP, when) of each page opened and each act: for each GP and week (its Monday) the clicks, and the minutes: from
    each act to the next of the same GP, a pause longer than `pause` and the last act counting as `pause`."""
    times: dict[tuple[str, date], list[datetime]] = {(gp, week): [] for gp in gps for week in weeks}
    for gp, at in acts:
        day = local_day(at)
        if (mine := times.get((gp, day - timedelta(days=day.weekday())))) is not None:
            mine.append(utc(at))
    return {key: (len(t), _minutes(sorted(t), pause)) for key, t in times.items()}


def without(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The parts of `spans` that lie in none of `others`."""
    left = [(utc(a), utc(b)) for a, b in spans if utc(a) < utc(b)]
    for start, end in others:
        cut, back = utc(start), utc(end)
        pieces = [piece for a, b in left for piece in ((a, min(b, cut)), (max(a, back), b))]
        left = [(a, b) for a, b in pieces if a < b]
    return left


def _minutes(times: Sequence[datetime], pause: timedelta) -> float:
    gaps = [min(b - a, pause) for a, b in pairwise(times)]
    return (sum(gaps, timedelta(0)) + (pause if times else timedelta(0))) / timedelta(minutes=1)


def _end(promise: Due) -> str:
    """Where a promise stands that was not kept."""
    if promise.open or promise.taken_over:
        return OVERDUE if promise.open else TAKEN_OVER
    return "no longer wanted" if promise.state == "cancelled" else "refused or not possible"


def _day_of(at: datetime, days: Sequence[date]) -> date | None:
    day = local_day(at)
    return next((d for d in days if d >= day), None) if days and day >= days[0] - timedelta(days=6) else None
