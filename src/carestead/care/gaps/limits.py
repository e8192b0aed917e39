"""The limits by which a check judges, for one instant: parameters to bind, and calendars and words as small tables.

Instants are given without their zone, which is UTC, as the tables have them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Any

from carestead.care import clocks as all_clocks
from carestead.care.clocks import Clock, clocks
from carestead.care.hours import DeskHours, desk_facts, desk_hours
from carestead.care.promise import ENDED, OPEN
from carestead.care.rungs import Rungs, rungs
from carestead.care.templates import RUNS_ON
from carestead.core.calendar import CORE_HOURS, LONDON, Hours, WorkingCalendar, begins, local_day, opening, utc
from carestead.core.step import ReferenceTable
from carestead.reference import shared

BACK, AHEAD = timedelta(days=400), timedelta(days=60)
"""How far the calendars reach. A clock that began before them has run out, whatever it counts."""


@dataclass(frozen=True)
class Limits:
    """What is bound as `$name`, and the small tables there are."""

    params: dict[str, Any]
    tables: tuple[ReferenceTable, ...]


def limits(
    at: datetime, calendar: WorkingCalendar, known: Mapping[str, Clock] | None = None, desk: DeskHours | None = None,
    long_absence: timedelta | None = None, ladder: Rungs | None = None,
) -> Limits:  # fmt: skip
    """The limits of a check for the aware instant `at`, by the clocks `known`, the hours of the `desk`, what counts as
    a `long_absence`, and the `ladder` of escalation: each as shipped unless given."""
    said, words = shared("care", "gaps")["limits"], shared("care", "gaps")["words"]
    desk, ladder = desk or desk_hours(desk_facts(), calendar), ladder or rungs()
    now = _bare(at)
    looked_at = now - timedelta(minutes=said["sweep_minutes"])
    params = {
        **{name: value for name, value in said.items() if name.endswith(("seconds", "days")) and "rota" not in name},
        "at": now,
        "today": local_day(at),
        "from": now - timedelta(days=said["look_back_days"]),
        "ahead": now + timedelta(days=said["rota_ahead_days"]),
        "looked_at": looked_at,
        "out_of_hours": desk.out_of_hours_name,
        "attempts": shared("care", "follow-up")["attempts"],
        "long_absence_days": (long_absence or all_clocks.long_absence()).days,
        **_of_clocks(known or clocks()),
    }
    days = [d for n in range(-BACK.days, AHEAD.days) if _known(d := local_day(at) + timedelta(days=n), calendar)]
    tables = (
        _opening(days, desk),
        ReferenceTable("morning", {"day": "DATE", "begins": "TIMESTAMP"}, tuple((d, _bare(begins(d))) for d in days)),
        *_calendars(days, calendar, looked_at, ladder),
        *_paces(ladder),
        *(_words(name, column, words[name]) for name, column in _WORDS.items()),
        _words("promise_open", "state", sorted(OPEN)),
        _words("promise_ended", "state", sorted(ENDED)),
        _words("runs_on", "begins", RUNS_ON),
        ReferenceTable("opposing", {"one": "VARCHAR", "other": "VARCHAR"}, tuple(map(tuple, _opposing()))),
    )
    return Limits(params, tables)


_WORDS = {
    "contact_outcome": "outcome",
    "review_template": "template",
    "visit_template": "template",
    "decision_template": "template",
    "care_team": "audience",
}

_FROM_CLOCKS = {
    "interim_days": ("interim-answer", 1),
    "next_step_days": ("request-next-step", 1),
    "review_days": ("break-glass-review", 1),
    "promise_minutes": ("discharge-promise", 60),
    "contact_hours": ("discharge-contact", 1),
    "mental_health_hours": ("mental-health-follow-up", 1),
}
"""The clock of each parameter, and how many of the parameter's units are in one of the clock's (`COUNTED_IN`)."""


def _of_clocks(known: Mapping[str, Clock]) -> dict[str, int]:
    # a part of a unit counts whole: nothing that was in time is called late
    return {name: ceil(known[clock].limit * times) for name, (clock, times) in _FROM_CLOCKS.items()}


def _opening(days: list[date], desk: DeskHours) -> ReferenceTable:
    """When the duty desk is open."""
    spans = (desk.open_on(day) for day in days)
    rows = tuple((_bare(span.start), _bare(span.end)) for span in spans if span)
    return ReferenceTable("opening", {"opens": "TIMESTAMP", "closes": "TIMESTAMP"}, rows)


def _calendars(
    days: list[date], calendar: WorkingCalendar, looked_at: datetime, ladder: Rungs
) -> Iterator[ReferenceTable]:
    """Each day of the hours in which a clock runs: its number among working days and the seconds that opened before it.

    A day that is not open has the number of the last one before, and no opening.
    """
    every = {_named(hours): hours for hours in (CORE_HOURS, *(pace.hours for pace in ladder.paces))}
    rows = [row for name, hours in every.items() for row in _days(name, hours, days, calendar)]
    core = [row for row in rows if row[0] == _named(CORE_HOURS)]
    yield ReferenceTable("calendar_day", {**_DAY}, tuple(core))
    yield ReferenceTable("paced_day", {**_DAY}, tuple(rows))
    closes = {number: end for _, _, number, _, end, _ in core if end}
    yield ReferenceTable("closing", {"number": "INTEGER", "closes": "TIMESTAMP"}, tuple(sorted(closes.items())))
    passed = tuple((name, _passed([r for r in rows if r[0] == name], looked_at)) for name in every)
    yield ReferenceTable("passed", {"hours": "VARCHAR", "seconds": "DOUBLE"}, passed)


_DAY = {
    "hours": "VARCHAR", "starts": "TIMESTAMP", "number": "INTEGER", "opens": "TIMESTAMP", "closes": "TIMESTAMP",
    "before": "DOUBLE",
}  # fmt: skip
Day = tuple[str, datetime, int, datetime | None, datetime | None, float]


def _days(name: str, hours: Hours, days: list[date], calendar: WorkingCalendar) -> Iterator[Day]:
    number, before = 0, 0.0
    for day in days:
        starts = _bare(datetime.combine(day, time(), LONDON))
        if hours.daily or calendar.is_working_day(day):
            opens, closes = _span(day, hours)
            number += 1
            yield name, starts, number, opens, closes, before
            before += (closes - opens).total_seconds()
        else:
            yield name, starts, number, None, None, before


def _passed(days: list[Day], by: datetime) -> float:
    """The opening seconds that have passed by an instant, counted from the first day."""
    *_, opens, closes, before = max((d for d in days if d[1] <= by), key=lambda d: d[1])
    return before + (max(0.0, (min(by, closes) - opens).total_seconds()) if opens and closes else 0.0)


def _paces(ladder: Rungs) -> Iterator[ReferenceTable]:
    """How fast the ladder is climbed, and the rungs of it that can be told from the ledger."""
    named = tuple((pace.name, _named(pace.hours), _seconds(pace.given)) for pace in ladder.paces)
    yield ReferenceTable("pace", {"pace": "VARCHAR", "hours": "VARCHAR", "given_seconds": "DOUBLE"}, named)
    rungs = tuple(
        (pace.name, milestone, rung["party"], pace.lateness[milestone].total_seconds())
        for pace in ladder.paces
        for milestone, rung in ladder.rungs.items()
        if rung["party"] in ("owner", "coordinator", "named-gp")
    )
    columns = {"pace": "VARCHAR", "milestone": "VARCHAR", "party": "VARCHAR", "late_seconds": "DOUBLE"}
    yield ReferenceTable("rung", columns, rungs)


def _seconds(given: timedelta | None) -> float:
    return float("inf") if given is None else given.total_seconds()


def _words(name: str, column: str, words: Iterable[str]) -> ReferenceTable:
    return ReferenceTable(name, {column: "VARCHAR"}, tuple((word,) for word in words))


def _opposing() -> list[list[str]]:
    return [[word.lower() for word in pair] for pair in shared("care", "gaps")["opposing"]]


def _named(hours: Hours) -> str:
    return f"{hours.opens:%H:%M}-{hours.closes:%H:%M}{' daily' if hours.daily else ''}"


def _span(day: date, hours: Hours) -> tuple[datetime, datetime]:
    opens, closes = opening(day, hours)
    return _bare(opens), _bare(closes)


def _known(day: date, calendar: WorkingCalendar) -> bool:
    return calendar.first_year <= day.year <= calendar.last_year


def _bare(at: datetime) -> datetime:
    """An instant without its zone, in UTC."""
    return utc(at).astimezone(UTC).replace(tzinfo=None)
