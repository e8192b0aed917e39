"""Instants: whether one lies in a span, and how people say it."""

from datetime import datetime

from carestead.core.calendar import LONDON, utc


def within(at: datetime, start: datetime, end: datetime | None) -> bool:
    """Whether `at` lies from `start` up to but without `end` (None: open)."""
    return utc(start) <= utc(at) and (end is None or utc(at) < utc(end))


def said(at: datetime) -> str:
    """`at` in words; the hour that comes twice in October says which of the two it is."""
    wall = utc(at).astimezone(LONDON)
    words = f"{wall:%-d %B %Y at %H:%M}"
    return f"{words} {wall:%Z}" if comes_twice(at) else words


def comes_twice(at: datetime) -> bool:
    """Whether the clock on the wall shows the time of `at` twice that night."""
    wall = utc(at).astimezone(LONDON)
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
