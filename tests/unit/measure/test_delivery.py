"""The measures of delivery: everybody and everything is counted once, and small numbers stay withheld."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.core.calendar import LONDON
from carestead.measure.delivery import (
    Away,
    Due,
    acted_on,
    alarms_a_day,
    clicks_and_minutes,
    contact,
    continuity,
    punctuality,
    unanswered,
    without,
)
from carestead.measure.distribution import Distribution, banded
from carestead.reference.calendars import working_calendar

NOON = datetime(2026, 3, 30, 12, tzinfo=LONDON)  # a Monday
ENGLAND = working_calendar()
moments = st.integers(0, 500).map(lambda h: NOON + timedelta(hours=h))
spans = st.tuples(moments, moments).map(lambda pair: (min(pair), max(pair)))


def hours(n: float) -> datetime:
    return NOON + timedelta(hours=n)


@given(st.lists(st.floats(0, 1000)))
def test_every_value_is_in_exactly_one_band(values):
    assert sum(n for _, n in banded(values, [1, 7, 28], "days")) == len(values)


def test_bands_are_said_in_words_and_hold_their_upper_edge():
    found = banded([0.5, 1, 1.1, 7, 28.1], [1, 7, 28], "days")
    assert found == [("up to 1 day", 2), ("over 1 to 7 days", 2), ("over 7 to 28 days", 0), ("over 28 days", 1)]


def test_a_promise_nobody_closed_is_open_and_not_forgotten():
    dues = [
        Due(NOON, hours(0), "completed", False), Due(NOON, hours(30), "completed", False),
        Due(NOON, None, "accepted", True), Due(NOON, None, "failed", False), Due(NOON, None, "rejected", False),
        Due(NOON, None, "cancelled", False), Due(NOON, None, "cancelled", False, taken_over=True),
    ]  # fmt: skip
    assert dict(punctuality(dues, [1, 7, 28]).counts) == {
        "kept on time": 1, "late, up to 1 day": 0, "late, over 1 to 7 days": 1, "late, over 7 to 28 days": 0,
        "late, over 28 days": 0, "open, overdue": 1, "taken over by somebody else": 1,
        "refused or not possible": 2, "no longer wanted": 1,
    }  # fmt: skip


def test_contact_in_72_hours_tells_what_is_late_from_what_is_not_due_yet():
    discharges = [(NOON, hours(10)), (NOON, hours(72)), (NOON, hours(73)), (NOON, None), (hours(70), None)]
    assert dict(contact(discharges, [24, 48, 72], hours(80)).counts) == {
        "up to 24 hours": 1, "over 24 to 48 hours": 0, "over 48 to 72 hours": 1, "over 72 hours": 1,
        "not made after 72 hours": 1, "not made yet, still in time": 1,
    }  # fmt: skip


def test_a_gap_is_opening_time_that_nobody_answered():
    away = (NOON, hours(24))  # Monday 12:00 to Tuesday 12:00: 6.5 and 4 opening hours
    found = unanswered(
        [
            Away(away, 10),
            Away(away, 5, covered=[(NOON, hours(24))]),
            Away(away, 3, staffed=[(hours(-4), hours(6))]),  # the desk is there until 18:00
        ],
        30, [1, 10.5, 52.5], hours(100), ENGLAND,
    )  # fmt: skip
    assert dict(found.counts) == {
        "no gap": 17, "up to 1 hour": 0, "over 1 to 10.5 hours": 13, "over 10.5 to 52.5 hours": 0,
        "over 52.5 hours": 0,
    }  # fmt: skip


def test_a_gap_that_goes_on_is_counted_up_to_now():
    found = unanswered([Away((NOON, hours(1000)), 6)], 6, [1, 10.5], hours(0.5), ENGLAND)
    assert dict(found.counts)["up to 1 hour"] == 6


@given(st.lists(spans, max_size=4), st.lists(spans, max_size=4))
def test_what_is_left_of_spans_lies_in_them_and_outside_the_others(mine, others):
    left = without(mine, others)
    for hour in range(0, 501, 7):
        at = hours(hour + 0.5)
        inside = sum(a <= at < b for a, b in mine)
        expected = inside if not any(a <= at < b for a, b in others) else 0
        assert sum(a <= at < b for a, b in left) == expected


def test_days_without_an_alarm_count_and_weekends_go_to_the_next_day():
    days = [date(2026, 3, 27), date(2026, 3, 30)]
    raised = [("G1", hours(0)), ("G1", hours(-40)), ("G2", hours(-74)), ("G9", hours(1000))]
    found = alarms_a_day(raised, ["G1", "G2"], days, [1, 3])
    assert dict(found.counts) == {"none": 2, "up to 1 alarm": 1, "over 1 to 3 alarms": 1, "over 3 alarms": 0}


def test_a_visit_lasts_from_act_to_act_and_long_pauses_count_little():
    acts = [("gp", hours(0)), ("gp", hours(1 / 60)), ("gp", hours(3)), ("gp", hours(24 * 7)), ("other", hours(0))]
    monday = date(2026, 3, 30)
    found = clicks_and_minutes(acts, ["gp", "idle"], [monday], timedelta(minutes=5))
    assert found == {("gp", monday): (3, 11.0), ("idle", monday): (0, 0.0)}


def test_a_share_is_told_only_where_it_gives_nothing_away():
    assert Distribution("t", "promises", (("kept", 30), ("late", 10)), ("kept",)).percent() == 75
    assert Distribution("t", "promises", (("kept", 30), ("late", 2)), ("kept",)).percent() is None
    assert Distribution("t", "promises", (("kept", 0), ("late", 0)), ("kept",)).percent() is None


def test_a_small_band_is_withheld_with_another_so_that_the_share_can_be_told():
    small = Distribution("t", "promises", (("kept", 30), ("late", 2), ("open", 40)), ("kept",))
    assert dict(small.shown()) == {"kept": 30, "late": None, "open": None}
    assert (round(small.percent()), small.total_shown()) == (42, 72)


def test_shares_and_acts_have_bands_too():
    assert dict(continuity([0, 25, 80], [25, 50, 75], "before").counts)["up to 25 per cent"] == 2
    assert dict(acted_on([True, False, True]).counts) == {"acted on": 2, "not acted on yet": 1}


@pytest.mark.parametrize("count", [4, 5])
def test_a_picture_says_what_is_withheld(count):
    chart = Distribution("t", "promises", (("kept", count), ("late", 50), ("open", 60)), ("kept", "late")).chart(
        "A sentence."
    )
    said = [bar.said for bar in chart.bars]
    assert said == (["withheld", "withheld", "60"] if count == 4 else ["5", "50", "60"])
