"""The rota of a duty desk: which opening hours it leaves bare, and where two shifts lie over each other."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import combinations

from carestead.care.answering import Shift
from carestead.care.hours import DeskHours, Span
from carestead.core.calendar import LONDON, utc


def bare_hours(shifts: Iterable[Shift], first: date, last: date, hours: DeskHours) -> list[Span]:
    """The parts of the opening hours from `first` to `last` (both counted) in which no shift staffs the desk."""
    staffed = sorted((Span(utc(s.start), utc(s.end)) for s in shifts), key=lambda s: s.start)
    return [bare for day in hours.between(first, last) for bare in _without(day, staffed)]


def _without(day: Span, staffed: Sequence[Span]) -> list[Span]:
    """What is left of `day` when the `staffed` spans, by start, are taken from it."""
    bare, reached = [], day.start
    for span in staffed:
        if span.start >= day.end:
            break
        if span.start > reached:
            bare.append(Span(reached, span.start))
        reached = max(reached, span.end)
    return [*bare, Span(reached, day.end)] if reached < day.end else bare


def overlaps(shifts: Iterable[Shift]) -> list[tuple[Shift, Shift]]:
    """Pairs of shifts of one person that lie over each other: nobody staffs two desks at once. Two people on one desk
    are no fault."""
    return [
        (one, other)
        for one, other in combinations(sorted(shifts, key=lambda s: utc(s.start)), 2)
        if one.staffed_by == other.staffed_by and utc(other.start) < utc(one.end)
    ]


def in_words(bare: Span) -> str:
    """A bare span as people say it: `Monday 4 May 2026, 08:00 to 09:30`."""
    start, end = (at.astimezone(LONDON) for at in (bare.start, bare.end))
    return f"{start:%A %-d %B %Y}, {_clock(start)} to {_clock(end)}"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M}"
