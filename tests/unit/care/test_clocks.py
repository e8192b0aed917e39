"""Each limit of the notes ends when it should: over nights, weekends, bank holidays, leap days and clock changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.care.clocks import Unit, clocks
from carestead.core.calendar import LONDON
from carestead.core.finding import UsageError
from carestead.reference.calendars import working_calendar

ENGLAND = working_calendar()
CLOCKS = clocks()


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


@pytest.mark.parametrize(
    ("name", "start", "due"),
    [
        ("crisis-response", "2026-03-30T10:00", "2026-03-30T12:00"),
        ("crisis-response", "2026-04-05T19:30", "2026-04-06T09:30"),  # Easter Sunday into Easter Monday
        ("crisis-response", "2026-04-05T02:10", "2026-04-05T10:00"),
        ("provider-answer", "2026-03-30T10:00", "2026-03-30T10:30"),
        ("reablement", "2026-03-27T10:00", "2026-03-29T11:00"),  # 48 hours over the night the clocks go forward
        ("discharge-contact", "2026-10-23T16:00", "2026-10-26T15:00"),  # 72 over the night they go back
        ("discharge-contact", "2024-02-27T09:00", "2024-03-01T09:00"),  # leap day
        ("mental-health-plan", "2026-12-24T16:00", "2026-12-25T16:00"),
        ("care-home-plan", "2026-03-26T11:00", "2026-04-08T18:30"),  # over Easter
        ("named-gp-letter", "2026-03-02T09:00", "2026-03-23T18:30"),
        ("named-gp-letter", "2024-02-10T09:00", "2024-03-02T18:30"),
        ("hand-over-offer", "2026-12-24T12:00", "2026-12-30T18:30"),
        ("interim-answer", "2026-04-02T19:00", "2026-04-07T18:30"),
        ("telling-seen", "2026-04-02T16:30", "2026-04-07T10:00"),
        ("break-glass-review", "2022-09-15T03:00", "2022-09-23T18:30"),  # over the State Funeral
    ],
)
def test_each_clock_ends_when_it_should(name, start, due):
    assert CLOCKS[name].due(at(start), ENGLAND) == at(due)


def test_the_same_time_of_day_twice_in_october_starts_two_clocks():
    first, second = (CLOCKS["discharge-contact"].due(at("2026-10-25T01:30", fold), ENGLAND) for fold in (0, 1))
    assert second - first == timedelta(hours=1)


@given(st.datetimes(datetime(2018, 2, 1), datetime(2028, 10, 1)), st.sampled_from(list(CLOCKS.values())))
def test_a_clock_never_ends_before_it_starts(start, clock):
    start = start.replace(tzinfo=UTC)
    assert clock.due(start, ENGLAND) >= start
    assert clock.due(start, ENGLAND) <= clock.due(start + timedelta(minutes=7), ENGLAND)


def test_every_clock_says_what_starts_it_and_who_set_it():
    assert [c.name for c in CLOCKS.values() if not (c.title and c.starts and c.source)] == []


def test_a_site_may_change_a_limit_and_no_other():
    changed = clocks({"hand-over-offer": {"limit": 3}})
    assert (changed["hand-over-offer"].limit, changed["interim-answer"].limit) == (3, 1)
    assert changed["hand-over-offer"].unit is Unit.WORKING_DAYS


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hand-over": {"limit": 3}}, "no clock hand-over"),
        ({"hand-over-offer": {"limit": 0}}, "limit 0 working days"),
        ({"hand-over-offer": {"limit": 1.5}}, "limit 1.5 working days"),
        ({"hand-over-offer": {"unit": "weeks"}}, "limit 2 weeks"),
    ],
)
def test_a_limit_that_is_none_is_refused(changes, said):
    with pytest.raises(UsageError, match=said):
        clocks(changes)
