"""Dates typed as day, month and year."""

from collections.abc import Mapping
from datetime import date


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
