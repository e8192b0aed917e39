"""Dates and periods. Today is an argument: nothing here reads a clock."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to but without `end`; an open end is None."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start}).")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def age(born: date, on: date) -> int:
    """Whole years of age; somebody born on 29 February has the birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def financial_year(day: date) -> int:
    """The year in which the financial year of `day` starts (April to March)."""
    return day.year if day.month >= 4 else day.year - 1
