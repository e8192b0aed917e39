"""Dates and times as messages write them. A time without a zone is London's; nothing here reads a clock."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from carestead.core.calendar import LONDON
from carestead.core.finding import Finding
from carestead.sources.messages.event import error, warning

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{2}:\d{2})(?::(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that was read; None with an error when it cannot be."""

    at: datetime | None
    findings: tuple[Finding, ...] = ()


def moment(text: str, where: str) -> Moment:
    """A FHIR date or dateTime, or a British date (31/12/2026 14:30). A day alone is its first instant."""
    try:
        return _read(text.strip(), where)
    except (ValueError, OverflowError):  # no such day, hour or zone; or a year that no clock of ours has
        return _bad(text, where)


def day(text: str) -> date | None:
    """A date of birth: a FHIR date or a British one; None when it is neither."""
    read = moment(text, "")
    return read.at.astimezone(LONDON).date() if read.at else None


def _read(text: str, where: str) -> Moment:
    if found := _ISO.fullmatch(text):
        on, clock, seconds, zone = found.groups()
        return _at(date.fromisoformat(on), clock, seconds, zone, where)
    if found := _BRITISH.fullmatch(text):
        d, m, y, clock, seconds = found.groups()
        return _at(date(int(y), int(m), int(d)), clock, seconds, None, where)
    return _bad(text, where)


def _at(on: date, clock: str | None, seconds: str | None, zone: str | None, where: str) -> Moment:
    if clock is None:
        found = warning(
            "time.day-only", where, f"Only the day {on} is told, not the hour.", "Ask the hospital to send the time."
        )
        return Moment(datetime.combine(on, time(), LONDON).astimezone(UTC), (found,))
    # 60 is a leap second, which no clock of ours counts.
    told = datetime.combine(on, time.fromisoformat(f"{clock}:{min(int(seconds or 0), 59):02}"))
    if zone:
        offset = "+00:00" if zone in "Zz" else zone
        return Moment(datetime.fromisoformat(f"{told.isoformat()}{offset}").astimezone(UTC))
    return _london(told, where)


def _london(told: datetime, where: str) -> Moment:
    """A clock's time in London. In October an hour comes twice: the first of the two is taken, so that whatever is
    due after it is due sooner; in March an hour never comes: what clocks showed then is taken."""
    first, second = (told.replace(tzinfo=LONDON, fold=f).astimezone(UTC) for f in (0, 1))
    if first == second:
        return Moment(first)
    back = first.astimezone(LONDON).replace(tzinfo=None)
    if back == told:
        what = f"{told:%d/%m/%Y %H:%M} came twice that night, as clocks went back; the first is taken."
        return Moment(first, (warning("time.twice", where, what, "Ask the hospital to send times with their zone."),))
    what = f"{told:%d/%m/%Y %H:%M} never came, as clocks went forward; {back:%H:%M} is taken."
    return Moment(first, (warning("time.never", where, what, "Ask the hospital to send times with their zone."),))


def _bad(text: str, where: str) -> Moment:
    what = f"'{text}' is not a date and time." if text.strip() else "The time is missing."
    do = "Send it as 2026-03-31T14:05:00+01:00."
    return Moment(None, (error("time.bad" if text.strip() else "time.missing", where, what, do, text),))
