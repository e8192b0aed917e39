"""What became of people in the 365 days up to a day."""

import pytest

from carestead.find.risk.in_use import looking_steps
from carestead.find.use import hospital_visit

STEPS = [hospital_visit.step, looking_steps()[1]]
PERSON, REGISTERED = {"person_id": 1}, {"person_id": 1, "practice_code": "P", "start_date": "2010-01-01"}
EMERGENCY = {"person_id": 1, "kind": "admission", "method": "emergency"}
QUIET = {"person_id": 1, "admitted": False, "days": None, "died": False, "left_area": False}


def became(run_steps, encounter=(), person=PERSON, registered=REGISTERED):
    return run_steps(STEPS, "2026-03-31", person=[person], registered=[registered], encounter=list(encounter))


@pytest.mark.parametrize(
    ("day", "days"), [("2025-03-31", None), ("2025-04-01", 1), ("2026-03-31", 365), ("2026-04-01", None)]
)
def test_the_year_begins_the_day_after_and_ends_on_the_day(run_steps, day, days):
    found = became(run_steps, [EMERGENCY | {"start_date": day}])
    assert found == [QUIET | {"admitted": days is not None, "days": days}]


def test_the_first_of_several_counts_and_planned_ones_do_not(run_steps):
    rows = [EMERGENCY | {"start_date": d} for d in ("2025-09-01", "2025-06-09")]
    assert became(run_steps, rows)[0]["days"] == 70
    assert became(run_steps, [EMERGENCY | {"start_date": "2025-06-09", "method": "elective"}]) == [QUIET]


def test_death_first_is_told_and_is_no_admission(run_steps):
    assert became(run_steps, person=PERSON | {"death_date": "2025-08-01"}) == [QUIET | {"died": True}]


def test_who_leaves_is_told(run_steps):
    assert became(run_steps, registered=REGISTERED | {"end_date": "2025-08-01"}) == [QUIET | {"left_area": True}]


@pytest.mark.parametrize(
    ("person", "registered"),
    [
        (PERSON | {"death_date": "2025-03-31"}, REGISTERED),
        (PERSON, REGISTERED | {"end_date": "2025-03-31"}),
        (PERSON, REGISTERED | {"start_date": "2025-04-01"}),
    ],
)
def test_who_was_not_there_on_the_day_before_has_no_row(run_steps, person, registered):
    assert became(run_steps, person=person, registered=registered) == []
