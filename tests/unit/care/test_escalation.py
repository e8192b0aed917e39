"""The ladder: who hears that something is late, and when; no alarm is raised twice, none goes away by waiting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.care.escalation import (
    Does,
    Manner,
    Party,
    Watched,
    alarms,
    digest_for,
    ladder,
    pace,
)
from carestead.core.calendar import LONDON
from carestead.reference import load
from carestead.reference.calendars import working_calendar

ENGLAND = working_calendar()
PARTIES = {
    Party.OWNER: "P1",
    Party.OWNER_COVER: "P2",
    Party.COORDINATOR: "C1",
    Party.NAMED_GP: "G1",
    Party.LEAD: "L1",
    Party.COMMISSIONER: "B1",
}


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


def promise(made: str = "2026-03-02T09:00", due: str = "2026-03-30T18:30", **more) -> Watched:
    return Watched("promise", 12, at(made), at(due), parties=PARTIES, doctors=frozenset({"G1"}), **more)


instants = st.datetimes(datetime(2018, 2, 1), datetime(2028, 3, 1)).map(lambda d: d.replace(tzinfo=UTC))
spans = st.integers(1, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
watched = st.builds(
    lambda made, given, held, parties, doctor: Watched(
        "promise", 1, made, made + given, held_until=made + held if held else None,
        parties={p: PARTIES[p] for p in parties}, needs_doctor=doctor, doctors=frozenset({"G1"}),
    ),
    instants, spans, st.none() | spans, st.sets(st.sampled_from(list(Party))), st.booleans(),
)  # fmt: skip


def test_the_ladder_is_climbed_rung_by_rung():
    rungs = [(a.milestone, a.to, a.does, a.since.astimezone(LONDON)) for a in ladder(promise(), ENGLAND)]
    assert rungs == [
        ("overdue", "P1", Does.INFORMS, at("2026-03-30T18:30")),
        ("cover-asked", "P2", Does.ASKS, at("2026-03-31T18:30")),
        ("coordinator-asked", "C1", Does.ASKS, at("2026-04-01T18:30")),
        ("gp-asked", "G1", Does.ASKS, at("2026-04-08T18:30")),  # five working days: Easter lies between
        ("lead-offers", "L1", Does.TRANSFERS, at("2026-04-15T18:30")),
        ("commissioner-told", "B1", Does.INFORMS, at("2026-04-29T18:30")),
    ]


def test_a_crisis_climbs_in_minutes_on_easter_sunday_too():
    crisis = promise("2026-04-05T10:00", "2026-04-05T12:00")
    assert [a.since.astimezone(LONDON).strftime("%H:%M") for a in ladder(crisis, ENGLAND)] == [
        "12:00", "12:15", "12:30", "13:00", "14:00", "16:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "name"),
    [(timedelta(hours=2), "crisis"), (timedelta(hours=72), "urgent"), (timedelta(days=14), "routine")],
)
def test_the_pace_is_that_of_the_time_given(given, name):
    made = at("2026-03-02T09:00")
    assert pace(Watched("promise", 1, made, made + given)).name == name


@given(watched, instants, spans)
def test_a_later_now_never_takes_an_alarm_away(thing, now, more):
    assert set(alarms(thing, now, ENGLAND)) <= set(alarms(thing, now + more, ENGLAND))


@given(watched, instants)
def test_nothing_that_is_closed_has_an_alarm(thing, now):
    closed = replace(thing, closed=True)
    assert alarms(closed, now, ENGLAND) == ()


@given(watched, st.lists(instants, min_size=1, max_size=5))
def test_a_sweep_at_any_times_in_any_order_raises_each_alarm_once(thing, times):
    raised = {}
    for now in times:  # a clock that jumps back looks again at what it has seen
        for alarm in alarms(thing, now, ENGLAND):
            assert raised.setdefault(alarm.key, alarm) == alarm
    assert sorted(raised) == sorted(a.key for a in alarms(thing, max(times), ENGLAND))


@given(watched)
def test_nobody_is_told_twice_and_the_ladder_only_goes_up(thing):
    found = list(ladder(thing, ENGLAND))
    assert len({a.to for a in found}) == len({a.key for a in found}) == len(found)
    assert [a.since for a in found] == sorted(a.since for a in found)
    assert all(a.since >= thing.due for a in found)


@given(watched)
def test_nothing_is_late_while_it_is_on_hold(thing):
    if thing.held_until:
        assert alarms(thing, thing.held_until - timedelta(microseconds=1), ENGLAND) == ()


@given(watched, instants)
def test_where_the_instants_are_written_down_makes_no_difference(thing, now):
    elsewhere = replace(thing, made_at=thing.made_at.astimezone(LONDON), due=thing.due.astimezone(LONDON))
    assert alarms(elsewhere, now.astimezone(LONDON), ENGLAND) == alarms(thing, now, ENGLAND)


def test_due_in_the_hour_that_comes_twice():
    first, second = (
        Watched("promise", 1, at("2026-10-24T23:30"), at("2026-10-25T01:30", fold), parties=PARTIES) for fold in (0, 1)
    )
    between = at("2026-10-25T01:45")
    assert [a.milestone for a in alarms(first, between, ENGLAND)] == ["overdue"]
    assert alarms(second, between, ENGLAND) == ()
    assert [a.milestone for a in alarms(second, at("2026-10-25T01:45", 1), ENGLAND)] == ["overdue"]


def test_a_new_date_that_was_agreed_has_alarms_of_its_own_and_an_edit_has_none():
    now, first = at("2026-05-01T09:00"), promise()
    keys = {a.key for a in alarms(first, now, ENGLAND)}
    assert {a.key for a in alarms(replace(first, needs_doctor=True), now, ENGLAND)} == keys
    moved = replace(first, due=at("2026-04-20T18:30"))
    assert {a.key for a in alarms(moved, now, ENGLAND)} & keys == set()
    assert "promise/12/2026-03-30T17:30Z/overdue" in keys


def test_a_rung_without_anybody_is_passed_over_and_the_owner_is_not_told_twice():
    alone = replace(promise(), parties={Party.OWNER: "C1", Party.COORDINATOR: "C1", Party.LEAD: "L1"})
    assert [(a.milestone, a.to) for a in ladder(alone, ENGLAND)] == [("overdue", "C1"), ("lead-offers", "L1")]


def test_a_gp_is_interrupted_only_for_what_needs_a_doctor_and_cannot_wait():
    def manner(thing: Watched) -> dict[str, Manner]:
        return {a.to: a.manner for a in ladder(thing, ENGLAND)}

    urgent = promise("2026-03-27T09:00", "2026-03-30T09:00")
    assert manner(urgent)["G1"] is Manner.DIGEST
    assert manner(urgent)["C1"] is Manner.INTERRUPT
    assert manner(replace(urgent, needs_doctor=True))["G1"] is Manner.INTERRUPT
    assert set(manner(replace(promise(), needs_doctor=True)).values()) == {Manner.DIGEST}


@pytest.mark.parametrize(
    ("since", "comes"),
    [
        ("2026-03-30T07:59", "2026-03-30T08:00"),
        ("2026-03-30T08:00", "2026-03-30T08:00"),
        ("2026-03-30T08:01", "2026-03-31T08:00"),
        ("2026-04-02T18:30", "2026-04-07T08:00"),
        ("2026-04-04T07:00", "2026-04-07T08:00"),
    ],
)
def test_a_digest_comes_on_the_next_working_morning(since, comes):
    assert digest_for(at(since), ENGLAND) == at(comes)


def test_the_end_of_the_calendar_stops_no_alarm_before_it_is_due():
    late = promise("2028-12-01T09:00", "2028-12-27T18:30")
    assert [a.milestone for a in alarms(late, at("2028-12-28T20:00"), ENGLAND)] == ["overdue", "cover-asked"]


def test_every_pace_has_every_rung_and_lateness_only_grows():
    facts = load("care", "escalation")
    for said in facts["paces"].values():
        assert list(said["lateness"]) == list(facts["rungs"])
        assert list(said["lateness"].values()) == sorted(said["lateness"].values())
