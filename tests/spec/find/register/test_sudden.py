"""Sudden entries: what happened lately, dated, with a reason in words."""

import pytest

from carestead.find.register import carer_died, sudden

AS_OF = "2025-06-30"
STAY = {"person_id": 1, "kind": "admission", "method": "emergency", "start_date": "2025-06-20", "row_key": 7}
CODES = [
    {"code_id": 1, "system": "icd10", "code": "S72.0"},
    {"code_id": 2, "system": "icd10", "code": "w18"},
    {"code_id": 3, "system": "icd10", "code": "J18.9"},
    {"code_id": 4, "system": "snomed", "code": "S720"},
]


def admitted(code: int, end: str | None, key: int | None = 7, **more) -> dict:
    stay = {**STAY, "end_date": end, **more}
    return {
        "encounter": [stay],
        "diagnosis": [{"person_id": 1, "date": stay["start_date"], "code_id": code, "encounter_key": key}],
        "code": CODES,
    }


@pytest.mark.parametrize("key", [7, None], ids=["by the encounter's key", "by its first day"])
@pytest.mark.parametrize("code", [1, 2])
def test_home_after_a_fall_or_fracture(run_step, code, key):
    (row,) = run_step(sudden.step, AS_OF, **admitted(code, "2025-06-24", key))
    assert (row["entry"], str(row["since"]), row["is_new"]) == ("discharge-after-fall", "2025-06-24", True)
    assert row["because"] == "Left hospital on 24 June 2025 after a fall or fracture"


def test_a_week_later_it_is_remembered_but_not_new(run_step):
    (row,) = run_step(sudden.step, AS_OF, **admitted(1, "2025-06-23"))
    assert row["is_new"] is False


@pytest.mark.parametrize(
    "stay",
    [
        admitted(3, "2025-06-24"),
        admitted(4, "2025-06-24"),
        admitted(1, None),
        admitted(1, "2025-07-01"),
        admitted(1, "2025-03-30", start_date="2025-03-20"),
        admitted(1, "2025-06-24", discharge_destination="died"),
        admitted(1, "2025-06-24", discharge_destination="other-hospital"),
        admitted(1, "2025-06-24", key=8),
        admitted(1, "2025-06-24", kind="emergency-attendance"),
    ],
    ids=[
        "another reason", "another system's code", "still in", "not yet", "long ago", "died", "elsewhere",
        "another stay's code", "not admitted",
    ],
)  # fmt: skip
def test_not_home_after_a_fall(run_step, stay):
    assert run_step(sudden.step, AS_OF, **stay) == []


def package(start: str, kind: str = "nursing", **more) -> dict:
    return {"person_id": 1, "kind": kind, "start_date": start, **more}


def test_a_new_care_home(run_step):
    (row,) = run_step(sudden.step, AS_OF, care_package=[package("2025-06-03")])
    assert (row["entry"], row["is_new"], row["because"]) == (
        "new-care-home", True, "In a nursing home since 3 June 2025",
    )  # fmt: skip
    (row,) = run_step(sudden.step, AS_OF, care_package=[package("2025-06-02", "residential")])
    assert (row["is_new"], row["because"]) == (False, "In a residential care home since 2 June 2025")


@pytest.mark.parametrize(
    "packages",
    [
        [package("2025-06-03", "home-care")],
        [package("2025-06-03", end_date="2025-06-29")],
        [package("2025-06-03"), package("2024-01-01", "residential", end_date="2025-05-06")],
        [package("2025-06-03"), package("2024-01-01", end_date=None)],
        [package("2025-07-01")],
    ],
    ids=["home care", "ended", "moved between homes", "priced anew", "not yet"],
)
def test_no_new_care_home(run_step, packages):
    assert run_step(sudden.step, AS_OF, care_package=packages) == []


def test_a_stay_long_ago_makes_no_new_one_old(run_step):
    earlier = package("2023-01-01", end_date="2025-05-05")
    (row,) = run_step(sudden.step, AS_OF, care_package=[package("2025-06-03"), earlier])
    assert str(row["since"]) == "2025-06-03"


def test_palliative_care_recorded_for_the_first_time(run_step):
    flags = [
        {"person_id": 1, "flag": "palliative", "since": "2025-06-10", "origin": "event"},
        {"person_id": 2, "flag": "palliative", "since": "2025-06-10", "origin": "event"},
        {"person_id": 2, "flag": "palliative", "since": "2024-01-10", "origin": "event"},
        {"person_id": 3, "flag": "dementia", "since": "2025-06-10", "origin": "event"},
    ]
    (row,) = run_step(sudden.step, AS_OF, flag=flags)
    assert (row["person_id"], row["because"]) == (1, "Palliative care first recorded on 10 June 2025")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2025-06-01", "2025-06-30"], "2 emergency admissions in 30 days, the last on 30 June 2025"),
        (["2025-05-31", "2025-06-30"], None),
        (["2025-06-20", "2025-06-20"], None),  # one admission that two suppliers send
        (["2025-06-20"], None),
    ],
)
def test_emergency_admissions_close_together(run_step, days, said):
    rows = run_step(sudden.step, AS_OF, encounter=[{**STAY, "start_date": d} for d in days])
    assert [r["because"] for r in rows] == ([said] if said else [])


PEOPLE = [
    {"source_id": 1, "source_person_id": "m", "person_id": 5, "method": "alone"},
    {"source_id": 2, "source_person_id": "m", "person_id": 6, "method": "alone"},
    {"source_id": 1, "source_person_id": "w", "person_id": 9, "method": "alone"},
]


@pytest.mark.parametrize(
    "said",
    [
        {"person_id": 5, "kind": "carer", "related_person": "w"},
        {"person_id": 9, "kind": "cared-for", "related_person": "m"},
    ],
    ids=["the carer was named", "the person cared for was named"],
)
def test_a_carer_has_died(run_step, said):
    died = [{"person_id": 9, "death_date": "2025-06-12"}, {"person_id": 5}]
    (row,) = run_step(carer_died.step, AS_OF, relationship=[{**said, "source_id": 1}], link=PEOPLE, person=died)
    assert (row["person_id"], row["is_new"], row["because"]) == (5, True, "Carer died on 12 June 2025")


@pytest.mark.parametrize(
    ("said", "death"),
    [
        ({"kind": "partner"}, "2025-06-12"),
        ({"source_id": 2}, "2025-06-12"),
        ({"end_date": "2025-05-01"}, "2025-06-12"),
        ({}, "2025-01-12"),
        ({}, None),
        ({"related_person": None, "related_name": "Mo"}, "2025-06-12"),
    ],
    ids=["no carer", "another source's id", "no carer any more", "long ago", "alive", "on no list"],
)
def test_no_carer_has_died(run_step, said, death):
    carer = {"person_id": 5, "kind": "carer", "related_person": "w", "source_id": 1, **said}
    died = [{"person_id": 9, "death_date": death}]
    assert run_step(carer_died.step, AS_OF, relationship=[carer], link=PEOPLE, person=died) == []
