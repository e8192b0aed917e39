"""When the duty desk is open, and who answers when it is not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from carestead.care.clocks import hours
from carestead.core.calendar import Hours, WorkingCalendar, local_day, opening, utc
from carestead.core.finding import UsageError
from carestead.reference import shared


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to but without `end`; both in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class DeskHours:
    """The desk's opening hours on the days of `calendar`; outside them the out-of-hours service answers, by name."""

    hours: Hours
    calendar: WorkingCalendar
    out_of_hours_name: str
    out_of_hours_phone: str

    @property
    def words(self) -> str:
        """The hours in words: `08:00 to 18:30 on working days`."""
        days = "every day" if self.hours.daily else "on working days"
        return f"{self.hours.opens:%H:%M} to {self.hours.closes:%H:%M} {days}"

    @property
    def elsewhere(self) -> str:
        """Who answers outside them, in words: `NHS 111 (111)`."""
        return f"{self.out_of_hours_name} ({self.out_of_hours_phone})"

    def open_on(self, day: date) -> Span | None:
        """The opening hours of `day`; None when the desk is closed all day."""
        if not (self.hours.daily or self.calendar.is_working_day(day)):
            return None
        return Span(*opening(day, self.hours))

    def open_at(self, at: datetime) -> Span | None:
        """The opening hours that `at` lies in; None outside them."""
        span = self.open_on(local_day(at))
        return span if span and span.start <= utc(at) < span.end else None

    def next_opening(self, at: datetime) -> datetime:
        """When the desk opens next after `at`."""
        day = local_day(at)
        while not ((span := self.open_on(day)) and span.start > utc(at)):
            day += timedelta(days=1)
        return span.start

    def between(self, first: date, last: date) -> list[Span]:
        """The opening hours from `first` to `last`, both counted."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [span for day in days if (span := self.open_on(day))]


def desk_facts(changes: Mapping[str, Any] | None = None, where: str = "desk.yaml") -> Mapping[str, Any]:
    """What reference/care/desk.yaml says, with a site's `changes` (entry to what differs), which were read from the
    file `where`. Raises UsageError that names file and entry, and says what to type instead."""
    shipped, changed = shared("care", "desk"), changes or {}
    for name, said in changed.items():
        if name not in (*ENTRIES, "source"):
            there = ", ".join([*ENTRIES, "source"])
            raise UsageError(f"{where}: there is no {name} to change.", f"There are: {there}.")
        if name in ENTRIES:
            _sound(name, said, where)
    facts = {name: {**shipped[name], **changed.get(name, {})} for name in ENTRIES}
    _opens(facts["opening_hours"], where)
    return facts


ENTRIES = {
    "opening_hours": {"opens": '"07:30"', "closes": '"20:00"', "daily": "true"},
    "out_of_hours": {"name": "Fell Valley Out of Hours", "phone": '"01632 960999"'},
}
"""What a site may change of the desk, each with how it is written."""


def _sound(name: str, said: Any, where: str) -> None:
    """Refuse what is no change of an entry."""
    if not isinstance(said, Mapping) or not said:
        raise UsageError(f"{where}: {name} does not say what differs.", f"Write below it, indented: {_such_as(name)}")
    for key, value in said.items():
        if key not in ENTRIES[name]:
            raise UsageError(f"{where}: {name} has no {key} to change.", f"There are: {', '.join(ENTRIES[name])}.")
        fits = isinstance(value, bool) if key == "daily" else isinstance(value, str) and bool(value.strip())
        if not fits:
            raise UsageError(f"{where}: {name} has the {key} {value}.", f"Write it like this: {_such_as(name, key)}")
        if key == "phone" and not re.fullmatch(r"\+?[0-9 ]*[0-9][0-9 ]*", value):
            raise UsageError(f"{where}: {value} is no telephone number.", f"Write it like this: {_such_as(name, key)}")


def _opens(said: Mapping[str, Any], where: str) -> None:
    try:
        hours(said)
    except ValueError as error:
        raise UsageError(
            f"{where}: opening_hours are {said['opens']} to {said['closes']}.",
            f"Give two times, the second later: {_such_as('opening_hours')}",
        ) from error


def _such_as(name: str, *keys: str) -> str:
    return ", ".join(f"{key}: {value}" for key, value in ENTRIES[name].items() if not keys or key in keys)


def desk_hours(facts: Mapping[str, Any], calendar: WorkingCalendar) -> DeskHours:
    """The hours and the out-of-hours service of reference/care/desk.yaml."""
    elsewhere = facts["out_of_hours"]
    return DeskHours(hours(facts["opening_hours"]), calendar, elsewhere["name"], elsewhere["phone"])
