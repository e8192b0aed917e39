"""The register: two in a hundred living, registered adults, each with reasons in words."""

import pytest

from carestead.find import feature, hospital_visit, meeting_count, register

AS_OF = "2025-06-30"
NOTHING = {
    "practice_code": "A81001", "age": 80, "emergency_admissions": 0, "emergency_attendances": 0,
    "emergency_bed_days": 0, "home_care": False, "care_home": False,
}  # fmt: skip


def people(n: int, **of: dict) -> list[dict]:
    """n people of whom nothing is known but that they are 80; `p3={...}` says more of person 3."""
    return [{"person_id": p, **NOTHING, **of.get(f"p{p}", {})} for p in range(1, n + 1)]


def efi(person_id: int, deficits: int, band: str) -> dict:
    return {"person_id": person_id, "score": "efi", "value": float(deficits), "band": band}


def hfrs(person_id: int, value: float, band: str) -> dict:
    return {"person_id": person_id, "score": "hfrs", "value": value, "band": band}


def test_reasons_in_words_the_most_telling_first(run_step):
    given = people(50, p7={"emergency_admissions": 3, "emergency_bed_days": 21, "care_home": True})
    rows = run_step(register.step, AS_OF, feature=given, score=[efi(7, 15, "severe"), hfrs(7, 12.3, "intermediate")])
    assert rows == [
        {
            "person_id": 7,
            "rank": 1,
            "rule": "frailty-and-admissions-1",
            "priority": 15.0 + 3 + 9 + 4,
            "reasons": "Severe frailty: 15 of 36 deficits (eFI); 3 emergency admissions in the last year, 21 nights; "
            "Lives in a care home; Hospital frailty score 12.3, intermediate",
            "practice_code": "A81001",
        }
    ]


@pytest.mark.parametrize(("adults", "proposed"), [(24, 0), (25, 1), (50, 1), (74, 1), (75, 2), (100, 2), (1000, 20)])
def test_two_in_a_hundred_of_the_adults_half_a_person_rounded_up(run_step, adults, proposed):
    scores = [efi(p, 6, "mild") for p in range(1, adults + 1)]
    rows = run_step(register.step, AS_OF, feature=people(adults), score=scores)
    assert sorted(r["rank"] for r in rows) == list(range(1, proposed + 1))


def test_children_neither_count_nor_are_proposed(run_step):
    given = people(75, p1={"age": 17, "emergency_admissions": 9})
    scores = [efi(p, 6, "mild") for p in range(2, 76)]
    assert [r["person_id"] for r in run_step(register.step, AS_OF, feature=given, score=scores)] == [2]


def test_nobody_is_proposed_without_a_reason(run_step):
    assert run_step(register.step, AS_OF, feature=people(100), score=[]) == []


def test_ties_go_to_more_deficits_then_the_lower_number(run_step):
    given = people(150, p9={"emergency_admissions": 2})
    scores = [efi(5, 6, "mild"), efi(9, 0, "fit"), efi(3, 6, "mild"), efi(8, 5, "mild")]
    rows = run_step(register.step, AS_OF, feature=given, score=scores)
    assert [r["person_id"] for r in sorted(rows, key=lambda r: r["rank"])] == [3, 5, 9]


def test_frailty_words_are_for_older_people(run_step):
    given = people(50, p1={"age": 40})
    (row,) = run_step(register.step, AS_OF, feature=given, score=[efi(1, 9, "moderate"), hfrs(1, 20.0, "high")])
    assert (row["reasons"], row["priority"]) == ("9 long-term problems of the 36 of the eFI", 9.0)


def test_admissions_count_up_to_four(run_step):
    given = people(50, p1={"emergency_admissions": 9, "emergency_attendances": 1, "home_care": True})
    (row,) = run_step(register.step, AS_OF, feature=given, score=[])
    assert row["priority"] == 12 + 1 + 2
    assert "9 emergency admissions" in row["reasons"]
    assert row["reasons"].endswith("Has home care; 1 A&E attendance in the last year")


PERSON = {"birth_date": "1940-07-01", "practice_code": "A81001", "sources": 1}


def test_features_of_the_living_and_registered(run_step):
    rows = run_step(
        feature.step,
        AS_OF,
        person=[
            {**PERSON, "person_id": 1},
            {**PERSON, "person_id": 2, "practice_code": None},
            {**PERSON, "person_id": 3, "death_date": "2025-06-30"},
            {**PERSON, "person_id": 4, "death_date": "2025-07-01", "birth_date": "1940-06-30"},
        ],
    )
    assert [(r["person_id"], r["age"]) for r in rows] == [(1, 84), (4, 85)]


def test_features_of_a_year_of_meetings(run_steps):
    stay = {"person_id": 1, "kind": "admission", "method": "emergency", "length_of_stay": 5}
    (row,) = run_steps(
        [hospital_visit.step, meeting_count.step, feature.step],
        AS_OF,
        person=[{**PERSON, "person_id": 1}],
        encounter=[
            {**stay, "start_date": "2025-01-01"},
            {**stay, "start_date": "2025-01-01", "length_of_stay": None, "end_date": "2025-01-04"},  # sent twice
            {**stay, "start_date": "2025-06-28", "length_of_stay": None},  # still in
            {**stay, "start_date": "2024-06-30"},  # over a year ago
            {**stay, "start_date": "2025-02-01", "method": "elective"},
            {"person_id": 1, "kind": "emergency-attendance", "start_date": "2025-06-28"},
            {"person_id": 1, "kind": "gp-appointment", "start_date": "2025-06-29", "attended": False},
            {"person_id": 1, "kind": "gp-appointment", "start_date": "2025-07-02"},
            {"person_id": 1, "kind": "gp-appointment", "start_date": "2025-05-02"},
            {"person_id": 1, "kind": "outpatient", "start_date": "2025-05-02"},
        ],
        care_package=[
            {"person_id": 1, "kind": "home-care", "start_date": "2025-01-01"},
            {"person_id": 1, "kind": "nursing", "start_date": "2025-01-01", "end_date": "2025-06-29"},
        ],
    )
    assert row["emergency_admissions"] == 2
    assert row["emergency_attendances"] == 1
    assert row["emergency_bed_days"] == 5 + 2
    assert (row["admissions_elective"], row["outpatient_attendances"], row["gp_contacts"]) == (1, 1, 1)
    assert (row["contacts"], row["missed_appointments"]) == (3 + 1 + 1 + 1, 1)
    assert (str(row["last_discharge"]), row["last_discharge_method"]) == ("2025-02-06", "elective")
    assert str(row["last_contact"]) == "2025-06-28"
    assert (row["home_care"], row["care_home"]) == (True, False)


def test_who_was_declined_is_not_asked_again_and_who_was_deferred_is_from_then_on(run_step):
    """The next in need take their places."""
    scores = [efi(p, 36 - p, "severe") for p in range(1, 11)]
    answers = [
        {"person_id": 1, "kind": "declined", "decided_on": "2026-01-01"},
        {"person_id": 2, "kind": "deferred", "decided_on": "2026-01-01", "until": "2026-04-01"},
        {"person_id": 3, "kind": "deferred", "decided_on": "2026-01-01", "until": AS_OF},
        {"person_id": 4, "kind": "accepted", "decided_on": "2026-01-01"},
    ]
    rows = run_step(register.step, AS_OF, feature=people(102), score=scores, decision=answers)
    assert [r["person_id"] for r in rows] == [3, 4]
