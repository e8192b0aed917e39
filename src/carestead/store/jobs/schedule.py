"""When something is due. Pure: the instant is an argument."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Every:
    """At equal steps, counted from 1970 in UTC: `Every(timedelta(minutes=5))` is due at :00, :05, :10 ..."""

    step: timedelta

    def due(self, at: datetime) -> datetime:
        """The newest instant up to `at` at which it is due, in UTC."""
        begin = datetime(1970, 1, 1, tzinfo=UTC)
        return begin + (at - begin) // self.step * self.step


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a time of the wall clock in London, also on days of 23 and of 25 hours."""

    hour: int
    minute: int = 0

    def due(self, at: datetime) -> datetime:
        """The newest instant up to `at` at which it is due, in UTC."""
        today = at.astimezone(LONDON).date()
        # The instant is made of the wall clock anew each day; a time that is there twice is meant the first time.
        days = (datetime.combine(today - timedelta(days=n), time(self.hour, self.minute), LONDON) for n in range(3))
        return next(due for day in days if (due := day.astimezone(UTC)) <= at)


Schedule = Every | Daily
