"""Each limit of the notes ends when it should: over nights, weekends, bank holidays, leap days and clock changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.care.clocks import COUNTED_IN, Unit, clocks
from carestead.care.gaps.limits import limits
from carestead.core.calendar import CORE_HOURS, LONDON
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
        ({"hand-over-offer": {"limit": "3"}}, "limit 3 working days"),
        ({"hand-over-offer": {"limit": True}}, "limit True working days"),
        ({"hand-over-offer": {"limit": -2}}, "limit -2 working days"),
        ({"hand-over-offer": {"limit": float("nan")}}, "limit nan working days"),
        ({"hand-over-offer": 3}, "hand-over-offer does not say what differs"),
        ({"hand-over-offer": None}, "hand-over-offer does not say what differs"),
        ({"hand-over-offer": {"limits": 3}}, "hand-over-offer has no limits to change"),
        ({"telling-seen": {"hours": {"opens": "08:00", "closes": 1200}}}, "telling-seen has the hours"),
        ({"telling-seen": {"hours": {"opens": "20:00", "closes": "08:00"}}}, "telling-seen has the hours"),
        ({"telling-seen": {"hours": "all day"}}, "telling-seen has the hours all day"),
        ({"interim-answer": {"unit": "hours"}}, "interim-answer is counted in working days, in core hours"),
        ({"interim-answer": {"hours": {"opens": "08:00", "closes": "20:00"}}}, "interim-answer is counted in"),
        ({"discharge-contact": {"unit": "days", "limit": 3}}, "discharge-contact is counted in hours"),
        ({8: {"limit": 3}}, "no clock 8"),
    ],
)
def test_a_limit_that_is_none_is_refused(changes, said):
    with pytest.raises(UsageError, match=said) as refused:
        clocks(changes, "area/clocks.yaml")
    assert refused.value.what.startswith("area/clocks.yaml: ")
    assert refused.value.do


def test_a_clock_says_its_limit_and_who_changed_it():
    changed = clocks({"interim-answer": {"limit": 2}, "telling-seen": {"limit": 1.5, "source": "agreed in May"}})
    assert [CLOCKS["interim-answer"].words, changed["interim-answer"].words] == ["1 working day", "2 working days"]
    assert changed["telling-seen"].words == "1.5 working hours"
    assert (changed["interim-answer"].source, changed["telling-seen"].source) == ("this site", "agreed in May")


def test_the_check_of_gaps_counts_each_clock_as_the_store_does():
    """By the units and hours that no site can change, and never less than what a site gives."""
    mine = clocks({"discharge-promise": {"limit": 0.33}, "discharge-contact": {"limit": 72.5}})
    params = limits(at("2026-03-30T10:00"), ENGLAND, mine).params
    assert (params["promise_minutes"], params["contact_hours"], params["mental_health_hours"]) == (20, 73, 72)
    for name, unit in COUNTED_IN.items():
        assert (CLOCKS[name].unit, CLOCKS[name].hours) == (unit, CORE_HOURS)
