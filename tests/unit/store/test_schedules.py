"""Schedules: each instant fires once, also on the days when the clock is put forward or back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.at_once import at_once

from carestead.store.jobs import schedules
from carestead.store.jobs.models import Firing, Job
from carestead.store.jobs.registry import job, scheduled
from carestead.store.jobs.schedule import Daily, Every

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 5, 3, 2, 10, 30, tzinfo=UTC)


@job("test-every-minute", schedule=Every(timedelta(minutes=1)))
def every_minute(*, at: datetime) -> None: ...


def asked() -> list[str]:
    return list(Job.objects.filter(fn="test-every-minute").order_by("pk").values_list("key", flat=True))


@pytest.mark.django_db
def test_what_is_due_is_asked_for_once_an_instant():
    for seconds in (0, 10, 29, 30, 45):
        schedules.fire(NOW + timedelta(seconds=seconds))
    assert asked() == ["test-every-minute@2026-05-03T02:10:00Z", "test-every-minute@2026-05-03T02:11:00Z"]


@pytest.mark.django_db
def test_after_a_silence_only_the_newest_instant_is_caught_up_with():
    schedules.fire(NOW)
    schedules.fire(NOW + timedelta(days=2))
    assert len(asked()) == 2


@pytest.mark.django_db
def test_a_clock_that_jumped_ahead_and_back_does_not_silence_a_schedule():
    schedules.fire(NOW + timedelta(days=3650))
    schedules.fire(NOW)
    schedules.fire(NOW + timedelta(minutes=1))
    assert len(asked()) == 3


def test_two_schedulers_fire_once(committed):
    def look() -> None:
        for n in range(5):
            schedules.fire(NOW + timedelta(minutes=n))

    assert at_once([look] * 4) == [None] * 4
    assert len(asked()) == len(set(asked())) == 5
    assert Firing.objects.filter(name="test-every-minute").count() == 5


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-01-10T03:40:00+00:00", "2026-01-10T03:40:00+00:00"),
        ("2026-01-10T03:39:59+00:00", "2026-01-09T03:40:00+00:00"),
        ("2026-07-10T02:40:00+00:00", "2026-07-10T02:40:00+00:00"),  # 03:40 in London
        ("2028-02-29T12:00:00+00:00", "2028-02-29T03:40:00+00:00"),
    ],
)
def test_daily_goes_by_the_wall_clock(at, due):
    assert Daily(3, 40).due(datetime.fromisoformat(at)).isoformat() == due


def test_half_past_one_comes_once_on_the_night_it_comes_twice():
    """On 25 October 2026 the clock goes from 02:00 back to 01:00."""
    minutes = [datetime(2026, 10, 24, 23, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(300)]
    dues = {Daily(1, 30).due(at) for at in minutes}
    assert [d.isoformat() for d in sorted(dues)] == ["2026-10-24T00:30:00+00:00", "2026-10-25T00:30:00+00:00"]


def test_half_past_one_comes_once_on_the_night_it_does_not_come():
    """On 29 March 2026 the clock goes from 01:00 to 02:00."""
    minutes = [datetime(2026, 3, 28, 23, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(300)]
    assert len({Daily(1, 30).due(at) for at in minutes}) == 2


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.integers(0, 23), st.integers(0, 59))
def test_due_is_never_ahead_nor_more_than_a_day_behind(naive, hour, minute):
    at = naive.replace(tzinfo=UTC)
    due = Daily(hour, minute).due(at)
    assert timedelta(0) <= at - due < timedelta(hours=25, minutes=1)
    assert due == Daily(hour, minute).due(due)


def test_the_house_has_schedules():
    assert "housekeeping" in [known.name for known in scheduled()]
