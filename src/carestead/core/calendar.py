"""Working days and opening hours. Instants are aware; people's days and times are those of Europe/London.

Spans are reckoned in elapsed time, so a night when the clocks change is neither an hour short nor an hour long; and
answers are in UTC, because Python compares and subtracts two times of one zone by the clock on the wall.
The bank holidays are an argument (`carestead.reference.calendars` reads them from a dated file), and so is today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from carestead.core.finding import UsageError

LONDON = ZoneInfo("Europe/London")

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when somebody answers, by the clock on the wall; `closes` at 00:00 is the end of the day.

    `daily` hours hold at weekends and on bank holidays too.
    """

    opens: time
    closes: time
    daily: bool = False

    def __post_init__(self) -> None:
        if self.closes <= self.opens and self.closes != time(0):
            raise ValueError(f"Opening hours cannot end ({self.closes}) before they begin ({self.opens}).")


CORE_HOURS = Hours(time(8), time(18, 30))
"""A practice's core hours, Monday to Friday without bank holidays: SI 2015/1862 reg 3 (GMS)."""


def local_day(instant: datetime) -> date:
    """The date in London at an aware instant. Raises ValueError for an instant that does not say its time zone."""
    return utc(instant).astimezone(LONDON).date()


def utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for one that does not say its time zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} does not say its time zone.")
    return instant.astimezone(UTC)


def begins(day: date) -> datetime:
    """When a day begins for those who work (UTC): as core hours do, also on a day on which a practice is closed."""
    return opening(day)[0]


def closing(day: date, hours: Hours = CORE_HOURS) -> datetime:
    """The instant at which `day` closes."""
    return opening(day, hours)[1]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of the years `first_year` to `last_year`: Monday to Friday, but for `holidays` (date to name).

    `where` is the file they were read from, which is named when a year is asked for that it does not have.
    """

    where: str
    first_year: int
    last_year: int
    holidays: Mapping[date, str]

    def is_working_day(self, day: date) -> bool:
        """Whether people work on `day`. Raises UsageError, naming the file, for a year that is not in it."""
        if not self.first_year <= day.year <= self.last_year:
            raise UsageError(
                f"{self.where} has the bank holidays of {self.first_year} to {self.last_year}, not of {day.year}.",
                f"Add the bank holidays of {day.year} to that file, as published at gov.uk/bank-holidays.",
            )
        return day.weekday() < _SATURDAY and day not in self.holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself is not counted; for 0, `day` or the next that is one."""
        if count < 0:
            raise ValueError("Working days are counted forwards.")
        day = day if count else day - _DAY
        for _ in range(max(count, 1)):
            day += _DAY
            while not self.is_working_day(day):
                day += _DAY
        return day

    def end_of_working_days(self, start: datetime, count: int, hours: Hours = CORE_HOURS) -> datetime:
        """When the `count`-th working day after the day of `start` closes."""
        return closing(self.add_working_days(local_day(start), count), hours)

    def add_working_time(self, start: datetime, span: timedelta, hours: Hours = CORE_HOURS) -> datetime:
        """The instant at which `span` of opening hours has passed since `start`; outside hours, time stands still."""
        left, begin = span, utc(start)
        for opens, closes in self._openings(local_day(start), hours):
            begin = max(opens, begin)
            if closes - begin >= left:
                break
            left -= max(closes - begin, timedelta(0))
        return begin + left

    def working_time_between(self, start: datetime, end: datetime, hours: Hours = CORE_HOURS) -> timedelta:
        """How much of the opening hours lies between two instants; none when `end` is earlier."""
        begin, until = utc(start), utc(end)
        passed = timedelta(0)
        for opens, closes in self._openings(local_day(start), hours):
            if opens >= until:
                return passed
            passed += max(min(closes, until) - max(opens, begin), timedelta(0))
        return passed

    def is_open(self, instant: datetime, hours: Hours = CORE_HOURS) -> bool:
        """Whether `instant` lies in the opening hours: at the opening yes, at the closing no."""
        day = local_day(instant)
        if not (hours.daily or self.is_working_day(day)):
            return False
        opens, closes = opening(day, hours)
        return opens <= instant < closes

    def _openings(self, day: date, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
        while True:
            if hours.daily or self.is_working_day(day):
                yield opening(day, hours)
            day += _DAY


def opening(day: date, hours: Hours = CORE_HOURS) -> tuple[datetime, datetime]:
    """The instants at which `day` opens and closes."""
    last = day if hours.closes != time(0) else day + _DAY
    opens = datetime.combine(day, hours.opens, LONDON)
    return opens.astimezone(UTC), datetime.combine(last, hours.closes, LONDON).astimezone(UTC)
