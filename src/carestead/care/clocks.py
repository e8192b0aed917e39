"""Limits of time: when something is due, reckoned from the event that starts the clock. Time never ends anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from carestead.core.calendar import CORE_HOURS, Hours, WorkingCalendar, closing, local_day, utc
from carestead.core.finding import UsageError
from carestead.reference import shared

CHANGES = ("limit", "unit", "hours", "source")
"""What a site may change of a clock."""

LONG_ABSENCE = "long_absence_days"
"""The one limit that is no clock: a number of days, in the same files."""


MOST_DAYS = 365
"""Whoever is away for longer than that has left: no site may wait so long to tell the person."""


class Unit(StrEnum):
    """What a limit is counted in. Hours elapse day and night; days and working days run to the close of the last."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"


COUNTED_IN = {
    "interim-answer": Unit.WORKING_DAYS,
    "request-next-step": Unit.WORKING_DAYS,
    "break-glass-review": Unit.WORKING_DAYS,
    "discharge-promise": Unit.HOURS,
    "discharge-contact": Unit.HOURS,
    "mental-health-follow-up": Unit.HOURS,
}
"""Clocks by which the check of gaps judges as well, and the unit in which it counts them, in core hours."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit: so many `unit` after what `starts` it. `source` says who set it."""

    name: str
    title: str
    limit: float
    unit: Unit
    starts: str
    source: str
    hours: Hours = CORE_HOURS

    @property
    def words(self) -> str:
        """The limit in words: `2 working days`, `1 working day`."""
        return f"{self.limit:g} {self.unit.removesuffix('s') if self.limit == 1 else self.unit}"

    def due(self, start: datetime, calendar: WorkingCalendar) -> datetime:
        """The last instant (UTC) at which it is still kept, of a clock started at the aware instant `start`."""
        match self.unit:
            case Unit.HOURS:
                return utc(start) + timedelta(hours=self.limit)
            case Unit.DAYS:
                return closing(local_day(start) + timedelta(days=self.limit), self.hours)
            case Unit.WORKING_DAYS:
                return calendar.end_of_working_days(start, int(self.limit), self.hours)
            case Unit.WORKING_HOURS:
                return calendar.add_working_time(start, timedelta(hours=self.limit), self.hours)


def clocks(changes: Mapping[str, Any] | None = None, where: str = "clocks.yaml") -> dict[str, Clock]:
    """The clocks of reference/care/clocks.yaml by name, with a site's `changes` (name to what differs), which were read
    from the file `where`. Raises UsageError, naming file and clock, for one that does not exist, for a limit that is
    none, and for one that the check of gaps cannot count."""
    shipped = shared("care", "clocks")["clocks"]
    changed = {name: said for name, said in (changes or {}).items() if name != LONG_ABSENCE}
    if unknown := [name for name in changed if name not in shipped]:
        there = ", ".join([*shipped, LONG_ABSENCE])
        raise UsageError(f"{where}: there is no clock {unknown[0]} to change.", f"There are: {there}.")
    for name, said in changed.items():
        _sound(name, said, where)
    return {name: _clock(name, _changed(said, changed.get(name)), where) for name, said in shipped.items()}


def _changed(shipped: Mapping[str, Any], said: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return {**shipped, "source": "this site", **said} if said else shipped


def _sound(name: str, said: Any, where: str) -> None:
    """Refuse what is no change of a clock at all."""
    if not isinstance(said, Mapping) or not said:
        what = f"{where}: {name} does not say what differs."
        raise UsageError(what, f"Write below it, indented, one of: {', '.join(CHANGES)}. For instance: limit: 3")
    if unknown := [str(key) for key in said if key not in CHANGES]:
        raise UsageError(f"{where}: {name} has no {unknown[0]} to change.", f"There are: {', '.join(CHANGES)}.")
    unit = COUNTED_IN.get(name)
    if unit and ("hours" in said or said.get("unit", unit) != unit):
        core = "" if unit == Unit.HOURS else ", in core hours"
        raise UsageError(f"{where}: {name} is counted in {unit}{core}.", "Give its limit so, without unit or hours.")


def long_absence(changes: Mapping[str, Any] | None = None, where: str = "clocks.yaml") -> timedelta:
    """From how long on an absence is told to the person by letter, with a site's `changes` as `clocks` takes them.
    Raises UsageError for what is no whole number of days above nought."""
    days = {**shared("care", "clocks"), **(changes or {})}[LONG_ABSENCE]
    if not _is_limit(days, whole=True) or days > MOST_DAYS:
        raise UsageError(
            f"{where}: {LONG_ABSENCE} is {days}.", f"Write a whole number of days from 1 to {MOST_DAYS}, such as: 14"
        )
    return timedelta(days=days)


def hours(said: Mapping[str, Any] | None) -> Hours:
    """Opening hours as files say them, `{opens: "08:00", closes: "20:00", daily: true}`; core hours when nothing is."""
    if not said:
        return CORE_HOURS
    opens, closes = (time.fromisoformat(said[end]) for end in ("opens", "closes"))
    return Hours(opens, closes, bool(said.get("daily")))


def _clock(name: str, said: Mapping[str, Any], where: str) -> Clock:
    limit, unit = said["limit"], said["unit"]
    if unit not in list(Unit) or not _is_limit(limit, whole=unit in (Unit.DAYS, Unit.WORKING_DAYS)):
        raise UsageError(
            f"{where}: the clock {name} has the limit {limit} {unit}.",
            f"Give a number above nought, whole for days, and one of the units {', '.join(Unit)}.",
        )
    try:
        open_hours = hours(said.get("hours"))
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise UsageError(
            f"{where}: the clock {name} has the hours {said['hours']}.",
            'Write them as {opens: "08:00", closes: "20:00", daily: true}, with the quotation marks.',
        ) from error
    return Clock(name, said["title"], limit, Unit(unit), said["starts"], str(said["source"]), open_hours)


def _is_limit(limit: Any, *, whole: bool) -> bool:
    number = isinstance(limit, int | float) and not isinstance(limit, bool)
    return number and 0 < limit < float("inf") and (not whole or limit == int(limit))
