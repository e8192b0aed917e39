"""What the register's rule asks of a person, from encounters and care packages."""

from carestead.find.use import feature, hospital_visit, meeting_count

AS_OF = "2025-06-30"
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
    assert str(row["last_contact"]) == "2025-06-28"
    assert (row["home_care"], row["care_home"]) == (True, False)
