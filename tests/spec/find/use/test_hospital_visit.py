"""Stays in hospital and days at an emergency department, each once, however many tell of them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carestead.find.use import hospital_visit

AS_OF = "2025-06-30"


def leg(start: str, end: str | None = None, method: str | None = "emergency", **more) -> dict:
    return {"person_id": 1, "kind": "admission", "start_date": start, "end_date": end, "method": method, **more}


def attendance(start: str, **more) -> dict:
    return leg(start, kind="emergency-attendance", **more)


@pytest.fixture
def visits(run_step):
    def run(*encounters: dict, as_of: str = AS_OF) -> list[tuple]:
        rows = run_step(hospital_visit.step, as_of, encounter=list(encounters))
        return [(str(r["start_date"]), r["end_date"] and str(r["end_date"]), r["nights"], r["method"]) for r in rows]

    return run


def test_two_suppliers_of_one_stay(visits):
    told = [leg("2025-01-01", "2025-01-06"), leg("2025-01-01", method=None, length_of_stay=5, source_id=2)]
    assert visits(*told) == [("2025-01-01", "2025-01-06", 5, "emergency")]
    late = leg("2025-01-02", "2025-01-06", method=None, source_id=2)  # one a day out
    assert visits(told[0], late) == [("2025-01-01", "2025-01-06", 5, "emergency")]


@pytest.mark.parametrize(
    ("second", "stays"),
    [
        (leg("2025-01-03", "2025-01-10", "transfer"), 1),
        (leg("2025-01-04", "2025-01-10", "transfer"), 1),  # after midnight
        (leg("2025-01-05", "2025-01-10", "transfer"), 2),  # two days later it is another stay
        (leg("2025-01-03", "2025-01-10", "emergency"), 2),  # sent home, and back the same day
        (leg("2025-01-02", "2025-01-10", "elective"), 1),  # nobody is in two beds
    ],
)
def test_a_transfer_goes_on_and_a_readmission_begins_anew(visits, second, stays):
    found = visits(leg("2025-01-01", "2025-01-03"), second)
    assert len(found) == stays
    if stays == 1:
        assert found == [("2025-01-01", "2025-01-10", 9, "emergency")]


def test_the_hospital_before_may_be_the_one_that_says_transfer(visits):
    told = [leg("2025-01-01", "2025-01-03", discharge_destination="other-hospital"), leg("2025-01-04", "2025-01-10")]
    assert visits(*told) == [("2025-01-01", "2025-01-10", 9, "emergency")]


def test_three_hospitals_in_a_row_are_one_stay_that_ends_where_the_last_ends(run_step):
    told = [
        leg("2025-01-01", "2025-01-03", "elective", specialty="100", discharge_destination="other-hospital"),
        leg("2025-01-03", "2025-01-10", "transfer", specialty="300", discharge_destination="other-hospital"),
        leg("2025-01-11", "2025-01-20", "transfer", specialty="314", discharge_destination="care-home"),
    ]
    (row,) = run_step(hospital_visit.step, AS_OF, encounter=told)
    assert (row["method"], row["specialty"], row["discharge_destination"]) == ("elective", "314", "care-home")
    assert (row["nights"], row["times"], row["source_row"]) == (19, 3, 1)


def test_a_stay_going_on(visits):
    assert visits(leg("2025-06-28")) == [("2025-06-28", None, 2, "emergency")]
    assert visits(leg("2025-06-28", length_of_stay=9)) == [("2025-06-28", None, 2, "emergency")]
    assert visits(leg("2025-06-28", "2025-06-30")) == [("2025-06-28", "2025-06-30", 2, "emergency")]  # out today
    assert visits(leg("2025-06-30")) == [("2025-06-30", None, 0, "emergency")]  # in today
    assert visits(leg("2025-06-30", "2025-06-30")) == [("2025-06-30", "2025-06-30", 0, "emergency")]
    assert visits(leg("2025-07-01")) == []


def test_a_stay_whose_end_was_never_sent_ended_when_the_next_began(visits):
    told = [leg("2024-01-01"), leg("2025-01-01", "2025-01-02")]
    assert visits(*told) == [
        ("2024-01-01", "2025-01-01", 366, "emergency"),
        ("2025-01-01", "2025-01-02", 1, "emergency"),
    ]


def test_over_a_leap_day(visits):
    assert visits(leg("2024-02-28", "2024-03-01")) == [("2024-02-28", "2024-03-01", 2, "emergency")]
    assert visits(leg("2024-02-28"), as_of="2024-02-29") == [("2024-02-28", None, 1, "emergency")]


def test_an_end_before_the_beginning_is_no_night(visits):
    assert visits(leg("2025-01-05", "2025-01-01")) == [("2025-01-05", "2025-01-05", 0, "emergency")]


def test_days_at_an_emergency_department_are_days(visits):
    told = [attendance("2025-01-01"), attendance("2025-01-01", source_id=2), attendance("2025-01-02")]
    missed = attendance("2025-02-01", attended=False)
    assert [v[:2] for v in visits(*told, missed)] == [("2025-01-01", "2025-01-01"), ("2025-01-02", "2025-01-02")]


DAY = st.integers(0, 40).map(lambda n: date(2025, 5, 15) + timedelta(days=n))
LEG = st.tuples(
    DAY, st.none() | st.integers(0, 12), st.sampled_from(["emergency", "elective", "transfer", None]),
    st.sampled_from([None, "other-hospital", "usual-residence"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LEG, max_size=8))
def test_stays_never_overlap_and_hold_every_row(run_step, legs):
    told = [
        leg(str(d), n if n is None else str(d + timedelta(days=n)), m, discharge_destination=to) for d, n, m, to in legs
    ]
    rows = run_step(hospital_visit.step, AS_OF, encounter=told)
    assert sum(r["times"] for r in rows) == len(told)
    for before, after in pairwise(rows):
        assert before["end_date"] is not None
        assert before["end_date"] <= after["start_date"]
    assert all(0 <= r["nights"] == ((r["end_date"] or date(2025, 6, 30)) - r["start_date"]).days for r in rows)
