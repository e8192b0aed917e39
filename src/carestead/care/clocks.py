"""Limits of time: when something is due, reckoned from the event that starts the clock. Time never ends anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from carestead.core.calendar import CORE_HOURS, Hours, WorkingCalendar, closing, local_day, utc
from carestead.core.finding import UsageError
from carestead.reference import shared


class Unit(StrEnum):
    """What a limit is counted in. Hours elapse day and night; days and working days run to the close of the last."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"


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


def clocks(changes: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Clock]:
    """The clocks of reference/care/clocks.yaml by name, with a site's `changes` (name to what differs). Raises
    UsageError for a clock that does not exist and for a limit that is none."""
    shipped, changed = shared("care", "clocks")["clocks"], changes or {}
    if unknown := sorted(set(changed) - set(shipped)):
        raise UsageError(f"There is no clock {unknown[0]} to change.", f"There are: {', '.join(shipped)}.")
    return {name: _clock(name, {**said, **changed.get(name, {})}) for name, said in shipped.items()}


def long_absence() -> timedelta:
    """From how long on an absence is told to the person by letter."""
    return timedelta(days=shared("care", "clocks")["long_absence_days"])


def hours(said: Mapping[str, Any] | None) -> Hours:
    """Opening hours as files say them, `{opens: "08:00", closes: "20:00", daily: true}`; core hours when nothing is."""
    if not said:
        return CORE_HOURS
    opens, closes = (time.fromisoformat(said[end]) for end in ("opens", "closes"))
    return Hours(opens, closes, bool(said.get("daily")))


def _clock(name: str, said: Mapping[str, Any]) -> Clock:
    whole = str(said["unit"]) in (Unit.DAYS, Unit.WORKING_DAYS)
    if said["unit"] not in list(Unit) or said["limit"] <= 0 or (whole and said["limit"] != int(said["limit"])):
        raise UsageError(
            f"The clock {name} has the limit {said['limit']} {said['unit']}.",
            f"Give a number above nought, whole for days, and one of the units {', '.join(Unit)}.",
        )
    return Clock(
        name, said["title"], said["limit"], Unit(said["unit"]), said["starts"], said["source"], hours(said.get("hours"))
    )
