"""Emergency admissions of people of 65 and over: who counts, for how long, at which practice."""

from datetime import date, timedelta

import pytest

from carestead.measure.emergency_admissions_65 import step

AS_OF = date(2026, 3, 31)
A = {"person_id": 1, "practice_code": "A10001", "start_date": date(1890, 1, 1)}
OLD = {"person_id": 1, "birth_date": date(1940, 7, 1)}
DAY = timedelta(1)


def exposed(run_step, person=OLD, registered=(A,), admitted=(), **more):
    encounter = [
        {"person_id": 1, "kind": "admission", "method": "emergency", "start_date": d, **more} for d in admitted
    ]
    rows = run_step(step, AS_OF, person=[person], registered=list(registered), encounter=encounter)
    assert all("person_id" not in r for r in rows)
    return [(r["organisation_code"], r["events"], round(r["person_years"] * 365.25)) for r in rows]


def test_a_whole_year_at_risk_with_two_admissions(run_step):
    assert exposed(run_step, admitted=[date(2025, 4, 1), date(2026, 3, 31)]) == [("A10001", 2, 365)]


def test_admissions_outside_the_year_do_not_count(run_step):
    assert exposed(run_step, admitted=[date(2025, 3, 31), date(2026, 4, 1)]) == [("A10001", 0, 365)]


def test_the_period_is_the_twelve_months_up_to_the_date(run_step):
    row = run_step(step, AS_OF, person=[OLD], registered=[A])[0]
    assert (row["measure"], row["period_start"], row["period_end"]) == (
        "emergency-admissions-65",
        date(2025, 4, 1),
        AS_OF,
    )


@pytest.mark.parametrize("more", [{"method": "elective"}, {"kind": "emergency-attendance"}, {"attended": False}])
def test_only_emergency_admissions_count(run_step, more):
    assert exposed(run_step, admitted=[date(2025, 5, 1)], **more) == [("A10001", 0, 365)]


def test_an_admission_that_two_sources_tell_counts_once(run_step):
    assert exposed(run_step, admitted=[date(2025, 5, 1), date(2025, 5, 1)]) == [("A10001", 1, 365)]


def test_time_and_events_count_from_the_65th_birthday(run_step):
    person = {"person_id": 1, "birth_date": date(1960, 12, 2)}
    birthday = date(2025, 12, 2)
    assert exposed(run_step, person, admitted=[birthday - DAY, birthday]) == [("A10001", 1, 120)]


def test_a_leap_day_baby_is_65_on_the_first_of_march(run_step):
    person = {"person_id": 1, "birth_date": date(1960, 2, 29)}
    early = exposed(run_step, {**person, "birth_date": date(1961, 2, 28)}, admitted=[date(2026, 2, 28)])
    assert early == [("A10001", 1, 32)]
    assert exposed(run_step, person, admitted=[date(2025, 5, 1)]) == [("A10001", 1, 365)]


def test_who_moves_counts_at_each_practice_for_the_time_there(run_step):
    spans = [
        {**A, "end_date": date(2025, 7, 1)},
        {**A, "practice_code": "B10002", "start_date": date(2025, 7, 1)},
    ]
    admitted = [date(2025, 6, 30), date(2025, 7, 1), date(2025, 8, 1)]
    assert sorted(exposed(run_step, OLD, spans, admitted)) == [("A10001", 1, 91), ("B10002", 2, 274)]


def test_people_without_a_date_of_birth_do_not_count(run_step):
    assert exposed(run_step, {"person_id": 1}) == []


def test_repeat_admissions_of_one_person_are_known_to_be_one_persons(run_step):
    encounter = [
        {"person_id": 1, "kind": "admission", "method": "emergency", "start_date": date(2025, m, 1)} for m in (5, 6, 7)
    ]
    row = run_step(step, AS_OF, person=[OLD], registered=[A], encounter=encounter)[0]
    assert (row["events"], row["events_squared"]) == (3, 9)
