"""Calendars of working days, read from dated files: `england.yaml` has the bank holidays."""

from functools import cache

from carestead.core.calendar import WorkingCalendar
from carestead.reference import load


@cache
def working_calendar(name: str = "england") -> WorkingCalendar:
    """The working days in `reference/calendars/<name>.yaml`. Raises UsageError when there is no such file."""
    years = load("calendars", name)["bank_holidays"]
    holidays = {day: called for days in years.values() for day, called in days.items()}
    return WorkingCalendar(f"reference/calendars/{name}.yaml", min(years), max(years), holidays)
