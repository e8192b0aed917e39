"""When the duty desk is open, and who answers when it is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from carestead.care.clocks import hours
from carestead.core.calendar import Hours, WorkingCalendar, local_day, opening, utc


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


def desk_hours(facts: Mapping[str, Any], calendar: WorkingCalendar) -> DeskHours:
    """The hours and the out-of-hours service of reference/care/desk.yaml."""
    elsewhere = facts["out_of_hours"]
    return DeskHours(hours(facts["opening_hours"]), calendar, elsewhere["name"], elsewhere["phone"])
