"""The six segments as published, from records; and the counts that planners see."""

import pytest
from tests.spec.find.rules.ruled import AS_OF, ago

from carestead.find.rules.ruled import rule_steps
from carestead.reference import load

STEPS = [rule_steps()[n] for n in ("rule_fact", "rule_met", "segment")]
CONDITIONS = [("efi", "ckd"), ("cambridge", "diabetes"), ("cambridge", "asthma"), ("cambridge", "copd"), ("efi", "pvd")]


def segment(run_steps, *, age=70, **tables):
    (row,) = run_steps(
        STEPS,
        AS_OF,
        feature=[{"person_id": 1, "practice_code": "A81001", "age": age, "emergency_admissions": 0}],
        code=[{"code_id": 1, "system": "icd10", "code": "S72.01"}, {"code_id": 2, "system": "icd10", "code": "f10.2 "}],
        **{name: [{"person_id": 1, **r} for r in rows] for name, rows in tables.items()},
    )
    return row["segment"], row["because"]


def items(*found):
    return [{"score": s, "item": i, "last_date": ago(500), "times": 2} for s, i in found]


def test_whoever_meets_nothing_lives_well(run_steps):
    assert segment(run_steps) == ("live-well", "None of the segments before")


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, ("stay-well", "Long-term conditions: 1")),
        (3, ("stay-well", "Long-term conditions: 3")),
        (4, ("age-well", "4 long-term conditions")),
        (5, ("age-well", "5 long-term conditions")),
    ],
)
def test_four_long_term_conditions(run_steps, n, expected):
    assert segment(run_steps, item_fact=items(*CONDITIONS[:n])) == expected


@pytest.mark.parametrize(("days", "expected"), [(364, "age-well"), (365, "live-well")])
def test_a_hip_fracture_counts_for_a_year(run_steps, days, expected):
    assert segment(run_steps, diagnosis=[{"date": ago(days), "code_id": 1}])[0] == expected


def test_a_diagnosis_is_read_whatever_its_dots_spaces_and_case(run_steps):
    assert segment(run_steps, diagnosis=[{"date": ago(9), "code_id": 2}])[0] == "feel-well"


@pytest.mark.parametrize(
    ("age", "efi", "recorded", "expected"),
    [
        (65, "severe", None, "age-well"),
        (64, "severe", None, "live-well"),
        (80, "moderate", None, "stay-well"),
        (80, "mild", None, "live-well"),
        (60, "fit", "severe", "age-well"),
        (60, "fit", "moderate", "stay-well"),
    ],
)
def test_frailty_by_a_clinician_at_any_age_and_by_index_from_65(run_steps, age, efi, recorded, expected):
    scores = [{"score": "efi", "value": 9.0, "band": efi}]
    scores += [{"score": "recorded_frailty", "value": 1.0, "band": recorded}] if recorded else []
    assert segment(run_steps, age=age, score=scores)[0] == expected


def test_who_stopped_smoking_lives_well(run_steps):
    smoked = [{"score": "snee-2024", "item": "smoker", "last_date": ago(900), "times": 1}]
    stopped = [{"score": "snee-2024", "item": "not-smoking", "last_date": ago(90), "times": 1}]
    began_again = [{"score": "snee-2024", "item": "not-smoking", "last_date": ago(901), "times": 1}]
    assert segment(run_steps, item_fact=smoked)[0] == "be-well"
    assert segment(run_steps, item_fact=smoked + stopped)[0] == "live-well"
    assert segment(run_steps, item_fact=smoked + began_again)[0] == "be-well"


def test_a_carer_a_mental_health_contact_and_the_end_of_life(run_steps):
    carer = [{"kind": "carer", "start_date": ago(500)}]
    seen = [{"kind": "mental-health-contact", "start_date": ago(20), "attended": True}]
    dying = [{"flag": "palliative", "since": ago(20), "origin": "event"}]
    assert segment(run_steps, encounter=seen)[0] == "feel-well"
    assert segment(run_steps, encounter=seen, relationship=carer)[0] == "age-well"
    assert segment(run_steps, encounter=seen, relationship=carer, flag=dying)[0] == "die-well"
    assert segment(run_steps, relationship=[{**carer[0], "end_date": AS_OF}])[0] == "live-well"


def test_counts_name_nobody_and_add_up(run_step):
    ages = [0, 17, 18, 64, 65, 85, 101, None]
    rows = run_step(
        rule_steps()["segment_count"],
        AS_OF,
        feature=[{"person_id": n, "practice_code": "A81001", "age": a} for n, a in enumerate(ages)],
        segment=[{"person_id": n, "segment": "live-well"} for n in range(len(ages))],
    )
    assert {r["age_band"]: r["people"] for r in rows} == {"0-17": 2, "18-64": 2, "65-74": 1, "85+": 2, "unknown": 1}
    assert all(set(r) == {"practice_code", "segment", "age_band", "people"} for r in rows)


def test_six_segments_in_the_published_order():
    wells = [s["id"] for s in load("segments", "snee-2024")["segments"]]
    assert wells == ["die-well", "age-well", "stay-well", "feel-well", "be-well", "live-well"]
