"""What the proposal is made from: who knows whom, and who is to be placed."""

from carestead.assign import familiar, placement, seen

AS_OF = "2025-06-30"


def test_attended_appointments_of_two_years_count(run_step):
    met = {"person_id": 1, "kind": "gp-appointment", "attended": True, "practitioner_code": "G1"}
    rows = run_step(
        seen.step,
        AS_OF,
        encounter=[
            {**met, "start_date": "2025-06-30"},
            {**met, "start_date": "2023-07-01", "attended": None},
            {**met, "start_date": "2023-06-30"},
            {**met, "start_date": "2025-07-01"},
            {**met, "start_date": "2025-01-01", "attended": False},
            {**met, "start_date": "2025-01-01", "kind": "outpatient"},
            {**met, "start_date": "2025-01-01", "practitioner_code": None},
            {**met, "start_date": "2025-01-01", "practitioner_code": "G2"},
        ],
    )
    assert [(r["practitioner_code"], r["contacts"], str(r["last_date"])) for r in rows] == [
        ("G1", 2, "2025-06-30"),
        ("G2", 1, "2025-01-01"),
    ]


def entry(person_id: int, rank: int) -> dict:
    return {
        "person_id": person_id, "rank": rank, "rule": "r", "priority": 12.0, "reasons": "x", "practice_code": "A",
    }  # fmt: skip


def test_people_to_be_placed(run_step):
    lives = {"kind": "household", "related_person": "H7"}
    rows = run_step(
        placement.step,
        AS_OF,
        register_entry=[entry(1, 2), entry(2, 1)],
        person=[{"person_id": 1, "usual_gp_code": "G1"}, {"person_id": 2}, {"person_id": 3}],
        practice=[{"practice_code": "A", "name": "Abbey", "group_code": "N1"}],
        relationship=[
            {**lives, "person_id": 1},
            {**lives, "person_id": 1, "source_id": 2, "related_person": "A0"},
            {**lives, "person_id": 2, "end_date": "2025-06-30"},
        ],
    )
    assert [
        (r["person_id"], r["rank"], r["weight"], r["group_code"], r["usual_gp_code"], r["household"]) for r in rows
    ] == [
        (1, 2, 12, "N1", "G1", "1:H7"),
        (2, 1, 12, "N1", None, None),
    ]


def test_only_people_of_the_register_are_looked_up(run_step):
    met = {"practitioner_code": "G1", "contacts": 3, "last_date": "2025-01-01"}
    rows = run_step(
        familiar.step,
        AS_OF,
        contact_count=[{**met, "person_id": 1}, {**met, "person_id": 2}],
        register_entry=[entry(1, 1)],
    )
    assert rows == [{"person_id": 1, "practitioner_code": "G1", "contacts": 3}]
