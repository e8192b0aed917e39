"""Use of services in the last year: emergency admissions, bed days, attendances, contacts and missed appointments."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carestead.find.evidence import use_evidence
from carestead.find.scores import use
from carestead.find.use import hospital_visit, meeting_count

AS_OF = "2025-06-30"
COUNTED = [hospital_visit.step, meeting_count.step]
SCORES = ("emergency-admissions", "emergency-bed-days", "emergency-attendances", "contacts", "missed-appointments")


def met(kind: str, start: str, **more) -> dict:
    return {"person_id": 1, "kind": kind, "start_date": start, **more}


def stay(start: str, end: str | None, method: str = "emergency", **more) -> dict:
    return met("admission", start, end_date=end, method=method, **more)


@pytest.fixture
def use_of(run_steps):
    """`use_of(*encounters)`: the value of each score of person 1, by name; those without a row are left out."""

    def run(*encounters: dict, as_of: str = AS_OF) -> dict[str, float]:
        told = list(encounters)
        every = {s.name: run_steps([*COUNTED, s], as_of, encounter=told) for s in use.steps}
        return {name: rows[0]["value"] for name, rows in every.items() if rows}

    return run


def test_every_score_has_its_step():
    assert {s.name for s in use.steps} == set(SCORES)


def test_a_year_of_hospital(use_of):
    assert use_of(
        stay("2024-09-01", "2024-09-11"),
        stay("2025-06-28", None),  # going on
        stay("2025-03-01", "2025-03-01"),  # in and out on a day: no night
        stay("2025-04-01", "2025-04-05", "elective"),
        met("emergency-attendance", "2025-06-28"),
        met("emergency-attendance", "2025-06-28", source_id=2),
    ) == {
        "emergency-admissions": 3,
        "emergency-bed-days": 10 + 2,
        "emergency-attendances": 1,
        "contacts": 4 + 1,
    }


def test_the_year_begins_the_day_after_the_same_date_a_year_before(use_of):
    assert use_of(stay("2024-06-30", "2024-07-20")) == {}
    assert use_of(stay("2024-07-01", "2024-07-20"))["emergency-bed-days"] == 19
    assert use_of(stay("2025-06-30", "2025-06-30"))["emergency-admissions"] == 1
    assert use_of(stay("2025-07-01", None)) == {}


@pytest.mark.parametrize(
    ("as_of", "first"),
    [("2024-02-29", "2023-03-01"), ("2025-02-28", "2024-02-29"), ("2025-03-01", "2024-03-02")],
)
def test_a_year_to_and_over_a_leap_day(use_of, as_of, first):
    before = str(date.fromisoformat(first) - timedelta(days=1))
    assert use_of(met("emergency-attendance", first), as_of=as_of)["emergency-attendances"] == 1
    assert use_of(met("emergency-attendance", before), as_of=as_of) == {}


def test_a_chain_of_transfers_is_one_admission_with_all_its_nights(use_of):
    told = [stay("2025-01-01", "2025-01-03"), stay("2025-01-03", "2025-01-10", "transfer")]
    assert use_of(*told) == {"emergency-admissions": 1, "emergency-bed-days": 9, "contacts": 1}


def test_missed_and_cancelled_are_one_and_who_came_the_same_day_missed_nothing(use_of):
    assert use_of(
        met("gp-appointment", "2025-01-01", attended=False),
        met("outpatient", "2025-01-01", attended=False),
        met("outpatient", "2025-01-01", attended=False, source_id=2),  # told twice
        met("gp-appointment", "2025-02-01", attended=False),  # moved to the afternoon ...
        met("gp-appointment", "2025-02-01", attended=True),  # ... and attended
        met("gp-appointment", "2024-06-30", attended=False),
    ) == {"missed-appointments": 2, "contacts": 1}


def test_contacts_are_with_any_service_a_kind_and_day_one(use_of):
    assert use_of(
        met("gp-appointment", "2025-01-01"),
        met("gp-appointment", "2025-01-01", practitioner_code="G2"),
        met("community-contact", "2025-01-01"),
        met("social-care-contact", "2025-01-01", attended=True),
        met("mental-health-contact", "2025-01-01", attended=False),
    ) == {"contacts": 3, "missed-appointments": 1}


def test_the_evidence_of_a_stay_is_its_first_record(run_steps):
    rows = run_steps([*COUNTED, use_evidence.step], AS_OF, encounter=[stay("2025-01-01", "2025-01-06", source_row=12)])
    assert [(r["score"], r["item"], r["points"], r["value"], r["source_row"]) for r in rows] == [
        ("contacts", "admission", 1.0, 1.0, None),
        ("emergency-admissions", "admission-emergency", 1.0, 5.0, 12),
        ("emergency-bed-days", "admission-emergency", 5.0, 5.0, 12),
    ]
    assert (str(rows[1]["date"]), str(rows[1]["last_date"])) == ("2025-01-01", "2025-01-06")


ENCOUNTER = st.builds(
    lambda person, kind, ago, nights, method, attended: {
        "person_id": person, "kind": kind, "method": method, "attended": attended,
        "start_date": str(date(2025, 6, 30) - timedelta(days=ago)),
        "end_date": None if nights is None else str(date(2025, 6, 30) - timedelta(days=ago - nights)),
    },
    st.integers(1, 3), st.sampled_from(["admission", "emergency-attendance", "gp-appointment", "outpatient"]),
    st.integers(-3, 380), st.none() | st.integers(0, 20), st.sampled_from(["emergency", "elective", "transfer", None]),
    st.sampled_from([True, False, None]),
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENCOUNTER, max_size=20))
def test_the_evidence_adds_up_to_every_score_of_every_person(run_steps, encounters):
    total: Counter = Counter()
    for r in run_steps([*COUNTED, use_evidence.step], AS_OF, encounter=encounters):
        total[r["person_id"], r["score"]] += r["points"]
    scored = {
        (r["person_id"], s.name): r["value"]
        for s in use.steps
        for r in run_steps([*COUNTED, s], AS_OF, encounter=encounters)
    }
    assert {k: v for k, v in total.items() if v} == scored
