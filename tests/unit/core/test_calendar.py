"""Working days and opening hours: bank holidays, weekends, leap days, and the nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.core.calendar import CORE_HOURS, LONDON, Hours, local_day
from carestead.core.finding import UsageError
from carestead.reference.calendars import working_calendar

ENGLAND = working_calendar()
ALL_DAY = Hours(time(0), time(0), daily=True)
CRISIS = Hours(time(8), time(20), daily=True)
days = st.dates(date(2018, 2, 1), date(2028, 10, 1))
instants = st.datetimes(datetime(2018, 2, 1), datetime(2028, 10, 1)).map(lambda d: d.replace(tzinfo=UTC))
spans = st.integers(0, 60 * 24 * 20).map(lambda minutes: timedelta(minutes=minutes))


def at(text: str, fold: int = 0) -> datetime:
    """A time of day in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


def easter(year: int) -> date:
    """Easter Sunday by Butcher's rule: a reckoning that knows nothing of the file."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, last: bool = False) -> date:
    first = next(d for n in range(1, 8) if (d := date(year, month, n)).weekday() == 0)
    mondays = [first + timedelta(weeks=n) for n in range(5) if (first + timedelta(weeks=n)).month == month]
    return mondays[-1 if last else 0]


def by_rule(year: int) -> set[date]:
    """The bank holidays of an ordinary year; one at a weekend moves to the next day that is not taken."""
    found = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    found |= {monday(year, 5), monday(year, 5, last=True), monday(year, 8, last=True)}
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() >= 5 or day in found:
            day += timedelta(days=1)
        found.add(day)
    return found


ONCE = {
    2020: ({date(2020, 5, 8)}, {date(2020, 5, 4)}),
    2022: ({date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}, {date(2022, 5, 30)}),
    2023: ({date(2023, 5, 8)}, set()),
}


@pytest.mark.parametrize("year", range(2018, 2029))
def test_the_bank_holidays_are_those_of_the_rule_and_of_the_proclamations(year):
    more, fewer = ONCE.get(year, (set(), set()))
    assert {d for d in ENGLAND.holidays if d.year == year} == (by_rule(year) | more) - fewer


def test_a_year_outside_the_file_is_refused_and_names_it():
    with pytest.raises(UsageError, match=r"reference/calendars/england\.yaml has .* 2018 to 2028, not of 2029"):
        ENGLAND.is_working_day(date(2029, 1, 2))
    with pytest.raises(UsageError, match="not of 2017"):
        ENGLAND.add_working_days(date(2017, 12, 1), 1)
    with pytest.raises(UsageError, match="not of 2029"):
        ENGLAND.end_of_working_days(at("2028-12-29T09:00"), 1)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 3, 30), 2, date(2026, 4, 1)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 4, 4), 1, date(2026, 4, 7)),  # from a Saturday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2024, 2, 28), 1, date(2024, 2, 29)),  # leap day
        (date(2024, 2, 29), 1, date(2024, 3, 1)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2026, 4, 4), 0, date(2026, 4, 7)),
        (date(2026, 4, 7), 0, date(2026, 4, 7)),
    ],
)
def test_working_days_pass_over_weekends_and_bank_holidays(start, count, end):
    assert ENGLAND.add_working_days(start, count) == end


@given(days, st.integers(1, 40))
def test_adding_and_counting_working_days_agree(day, count):
    end = ENGLAND.add_working_days(day, count)
    assert ENGLAND.is_working_day(end)
    after = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert sum(map(ENGLAND.is_working_day, after)) == count


def test_working_days_are_counted_forwards():
    with pytest.raises(ValueError, match="forwards"):
        ENGLAND.add_working_days(date(2026, 4, 7), -1)


def test_an_instant_must_say_its_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        ENGLAND.add_working_time(datetime(2026, 3, 2, 9), timedelta(hours=1))


def test_the_day_is_that_of_london():
    assert local_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert local_day(datetime(2026, 1, 30, 23, 30, tzinfo=UTC)) == date(2026, 1, 30)


def test_a_limit_in_working_days_ends_when_the_practice_closes():
    assert ENGLAND.end_of_working_days(at("2026-03-27T10:00"), 2) == at("2026-03-31T18:30")
    assert ENGLAND.end_of_working_days(at("2026-03-27T23:30"), 2) == at("2026-03-31T18:30")


@pytest.mark.parametrize(
    ("start", "minutes", "hours", "end"),
    [
        ("2026-03-30T10:00", 60, CORE_HOURS, "2026-03-30T11:00"),
        ("2026-03-30T17:30", 60, CORE_HOURS, "2026-03-30T18:30"),
        ("2026-03-30T18:00", 60, CORE_HOURS, "2026-03-31T08:30"),
        ("2026-04-02T18:00", 60, CORE_HOURS, "2026-04-07T08:30"),  # Easter between
        ("2026-04-03T18:30", 120, CRISIS, "2026-04-04T08:30"),  # daily hours hold on Good Friday too
        ("2026-04-03T03:00", 30, CRISIS, "2026-04-03T08:30"),
        ("2026-04-04T12:00", 0, CORE_HOURS, "2026-04-07T08:00"),
        ("2026-03-28T23:00", 180, ALL_DAY, "2026-03-29T03:00"),  # the clocks go forward: 01:00 is 02:00
        ("2026-10-24T23:00", 180, ALL_DAY, "2026-10-25T01:00"),  # and back: 02:00 is 01:00
    ],
)
def test_working_time_passes_only_in_opening_hours(start, minutes, hours, end):
    reached = ENGLAND.add_working_time(at(start), timedelta(minutes=minutes), hours)
    fold = 1 if start.startswith("2026-10-24") else 0
    assert reached == at(end, fold).astimezone(UTC)


def test_half_past_one_comes_twice_in_october():
    first, second = at("2026-10-25T01:30"), at("2026-10-25T01:30", fold=1)
    assert ENGLAND.working_time_between(first, second, ALL_DAY) == timedelta(hours=1)
    reached = ENGLAND.add_working_time(first, timedelta(hours=1), ALL_DAY).astimezone(LONDON)
    assert (reached.replace(tzinfo=None), reached.fold) == (datetime(2026, 10, 25, 1, 30), 1)
    assert ENGLAND.working_time_between(second, first, ALL_DAY) == timedelta(0)


@given(instants, spans, st.sampled_from([CORE_HOURS, CRISIS, ALL_DAY]))
def test_adding_and_measuring_working_time_agree(start, span, hours):
    end = ENGLAND.add_working_time(start, span, hours)
    assert end >= start
    assert ENGLAND.working_time_between(start, end, hours) == span


@given(instants, instants, spans)
def test_a_later_start_is_never_due_earlier(one, other, span):
    early, late = sorted((one, other))
    assert ENGLAND.add_working_time(early, span) <= ENGLAND.add_working_time(late, span)
    assert ENGLAND.end_of_working_days(early, 3) <= ENGLAND.end_of_working_days(late, 3)


@given(instants, spans)
def test_a_whole_day_open_is_elapsed_time(start, span):
    assert ENGLAND.add_working_time(start, span, ALL_DAY) == start + span


def test_open_at_the_opening_and_not_at_the_closing():
    assert ENGLAND.is_open(at("2026-03-30T08:00"))
    assert not ENGLAND.is_open(at("2026-03-30T18:30"))
    assert not ENGLAND.is_open(at("2026-04-03T10:00"))
    assert ENGLAND.is_open(at("2026-04-03T10:00"), CRISIS)


def test_hours_cannot_end_before_they_begin():
    with pytest.raises(ValueError, match="cannot end"):
        Hours(time(18), time(8))
