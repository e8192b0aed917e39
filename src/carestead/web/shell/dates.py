"""Dates typed as day, month and year, and instants by the clock on the wall."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from carestead.core.calendar import LONDON


def read_date(data: Mapping[str, str], name: str) -> tuple[date | None, str]:
    """The date typed into fields `<name>-day`, `-month`, `-year`, and what is wrong with it (empty when nothing)."""
    parts = [data.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    if not all(p.isdecimal() and p.isascii() for p in parts):
        return None, "Type a day, a month and a year in numbers, such as 27 3 2027."
    year, month, day = (int(p) for p in parts)
    try:
        return date(year, month, day), ""
    except ValueError:
        return None, f"There is no day {day}.{month}.{year}. Type a day that is in the calendar."


def split_date(name: str, value: date) -> dict[str, str]:
    """The three fields of a date."""
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def read_moment(day: date | None, said: str, *, again: bool = False) -> tuple[datetime | None, str]:
    """The instant, in UTC, at which the clock in London showed `said` (14:30, 9.15) on `day`, and what is wrong with
    it. Of the two instants of an hour that comes twice it is the first, or the second if `again`. Without a day, which
    was wrong itself, only the time is looked at."""
    try:
        clock = time.fromisoformat(said.strip().replace(".", ":").rjust(5, "0"))
    except ValueError:
        return None, "Type a time such as 14:30."
    if day is None:
        return None, ""
    wall = datetime.combine(day, clock.replace(tzinfo=None, fold=int(again)), LONDON)
    moment = wall.astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != wall.replace(tzinfo=None):
        return None, f"There was no {clock:%H:%M} on {day.day} {day:%B %Y}: the clocks went forward. Type another time."
    return moment, ""


def split_moment(name: str, value: datetime) -> dict[str, str]:
    """The four fields of an instant."""
    wall = value.astimezone(LONDON)
    again = {f"{name}-again": "1"} if wall.fold else {}
    return {**split_date(name, wall.date()), f"{name}-time": f"{wall:%H:%M}", **again}
