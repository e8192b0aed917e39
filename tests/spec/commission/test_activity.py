"""Activity: what was done in the 12 months up to the date, counted for payment, naming nobody."""

from datetime import date

from carestead.commission import activity, activity_count, list_count

AS_OF = date(2026, 3, 31)
OLD, YOUNG = 1, 2
PEOPLE = [
    {"person_id": OLD, "birth_date": date(1940, 7, 1)},
    {"person_id": YOUNG, "birth_date": date(1990, 7, 1)},
]
REGISTERED = [{"person_id": p, "practice_code": "A10001", "start_date": date(1890, 1, 1)} for p in (OLD, YOUNG)]
SOURCES = [
    {"source_id": 1, "kind": "gp", "organisation_code": "A10001"},
    {"source_id": 2, "kind": "acute", "organisation_code": "RAA"},
]


def counted(run_step, as_of=AS_OF, **tables):
    given = {"person": PEOPLE, "registered": REGISTERED, "source": SOURCES, **tables}
    rows = run_step(activity_count.step, as_of, **given)
    assert "person_id" not in (rows[0] if rows else {})
    return rows


def admission(start, end, **more):
    row = {"person_id": OLD, "kind": "admission", "method": "emergency", "organisation_code": "RAA", "source_id": 2}
    return {**row, "start_date": start, "end_date": end, **more}


def test_an_admission_counts_once_in_the_month_it_ended_with_its_nights(run_step):
    rows = counted(run_step, encounter=[admission(date(2025, 5, 30), date(2025, 6, 2), currency="AA35A")])
    assert rows == [
        {
            "month": date(2025, 6, 1),
            "provider_code": "RAA",
            "practice_code": "A10001",
            "kind": "admission",
            "method": "emergency",
            "currency": "AA35A",
            "age_band": "65-and-over",
            "quantity": 1,
            "bed_days": 3,
        }
    ]


def test_only_the_twelve_months_up_to_the_date_count(run_step):
    ends = [date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1), None]
    rows = counted(run_step, encounter=[admission(date(2025, 3, 30), end) for end in ends])
    assert [r["month"] for r in rows] == [date(2025, 4, 1), date(2026, 3, 1)]


def test_what_two_sources_tell_counts_once_and_the_provider_is_believed(run_step):
    gp_letter = admission(date(2025, 5, 30), date(2025, 5, 31), source_id=1, currency=None, organisation_code=None)
    hospital = admission(date(2025, 5, 30), date(2025, 6, 2), currency="AA35A")
    rows = counted(run_step, encounter=[gp_letter, hospital])
    assert [(r["currency"], r["quantity"]) for r in rows] == [("AA35A", 1)]


def test_two_attendances_on_one_day_told_by_one_source_are_two(run_step):
    twice = [admission(date(2025, 5, 1), None, kind="emergency-attendance", method=None)] * 2
    assert [r["quantity"] for r in counted(run_step, encounter=twice)] == [2]


def test_a_missed_appointment_is_not_activity(run_step):
    visit = {
        "person_id": YOUNG,
        "kind": "gp-appointment",
        "organisation_code": "A10001",
        "start_date": date(2025, 5, 1),
    }
    rows = counted(run_step, encounter=[{**visit, "attended": False}, {**visit, "attended": True}, visit])
    assert [(r["quantity"], r["age_band"]) for r in rows] == [(2, "under-65")]


def test_home_care_counts_in_hours_by_month(run_step):
    package = {"person_id": OLD, "kind": "home-care", "provider_code": "HC1", "hours_per_week": 14.0}
    rows = counted(run_step, care_package=[{**package, "start_date": date(2025, 4, 17), "end_date": date(2025, 5, 10)}])
    assert [(r["month"], r["currency"], r["quantity"]) for r in rows] == [
        (date(2025, 4, 1), "hour", 28),
        (date(2025, 5, 1), "hour", 20),
    ]


def test_a_care_home_counts_in_days_until_death(run_step):
    people = [{**PEOPLE[0], "death_date": date(2025, 4, 10)}]
    rows = counted(run_step, person=people, care_package=[{"person_id": OLD, "kind": "nursing"}])
    assert [(r["month"], r["currency"], r["quantity"]) for r in rows] == [(date(2025, 4, 1), "day", 10)]


def test_a_year_of_a_care_home_has_365_days_whatever_the_date(run_step):
    rows = counted(run_step, date(2026, 2, 11), care_package=[{"person_id": OLD, "kind": "nursing"}])
    assert sum(r["quantity"] for r in rows) == 365
    assert len(rows) == 13


def test_equipment_counts_once_in_the_month_it_came(run_step):
    chair = {"person_id": OLD, "kind": "equipment", "start_date": date(2025, 8, 5)}
    assert [(r["month"], r["currency"], r["quantity"]) for r in counted(run_step, care_package=[chair])] == [
        (date(2025, 8, 1), "item", 1)
    ]


def test_a_provider_nobody_names_is_the_source_for_what_it_does(run_step):
    gp = {"person_id": OLD, "source_id": 1, "start_date": date(2025, 5, 1), "end_date": date(2025, 5, 2)}
    rows = counted(run_step, encounter=[{**gp, "kind": "gp-appointment"}, {**gp, "kind": "admission"}])
    assert [(r["kind"], r["provider_code"]) for r in rows] == [("admission", None), ("gp-appointment", "A10001")]


def test_people_of_no_practice_are_counted_without_one(run_step):
    rows = counted(run_step, registered=[], encounter=[admission(date(2025, 5, 30), date(2025, 6, 2))])
    assert [r["practice_code"] for r in rows] == [None]


def test_the_buckets_add_up(run_step):
    row = counted(run_step, encounter=[admission(date(2025, 5, 30), date(2025, 6, 2))])[0]
    assert run_step(activity.step, AS_OF, activity_count=[row, row]) == [{**row, "quantity": 2, "bed_days": 6}]


def test_the_list_is_counted_on_the_first_of_each_month_by_age(run_step):
    people = [*PEOPLE, {"person_id": 3, "birth_date": date(1960, 12, 2)}, {"person_id": 4}]
    registered = [
        *REGISTERED,
        {"person_id": 3, "practice_code": "A10001", "start_date": date(2025, 11, 15)},
        {"person_id": 4, "practice_code": "B10002", "start_date": date(1890, 1, 1), "end_date": date(2025, 4, 2)},
    ]
    rows = run_step(list_count.step, AS_OF, registered=registered, person=people)
    by_month = {(r["month"], r["practice_code"], r["age_band"]): r["people"] for r in rows}
    assert len({m for m, _, _ in by_month}) == 12
    assert by_month[date(2025, 4, 1), "B10002", "unknown"] == 1
    assert (date(2025, 5, 1), "B10002", "unknown") not in by_month
    assert by_month[date(2025, 12, 1), "A10001", "under-65"] == 2, "the third is 64 until 2 December"
    assert by_month[date(2026, 1, 1), "A10001", "65-to-74"] == 1
    assert by_month[date(2026, 3, 1), "A10001", "75-and-over"] == 1
