"""Hospital Frailty Risk Score: points of the distinct ICD-10 codes of two years."""

from decimal import Decimal

import pytest

from carestead.reference import load
from tests.spec.find.scores.diagnosed import DAY, coded, vector_diagnoses, vectors


def test_a_dementia_pair_is_exactly_11_1(scored):
    assert scored("hfrs", coded(["F00", "G30"])) == {1: (11.1, "intermediate")}


def test_a_code_counts_once_however_often_and_however_finely_it_is_coded(scored):
    diagnoses = [(1, "2024-01-01", "S720"), (1, DAY, "S721"), (1, DAY, "S720")]
    assert scored("hfrs", diagnoses) == {1: (1.4, "low")}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["G81", "D64"], (4.8, "low")),
        (["S00", "I95", "E83", "F00"], (12.3, "intermediate")),
        (["G30", "E55"], (5.0, "intermediate")),  # exactly 5 is intermediate
        (["F00", "G81", "S42", "R54"], (16.0, "high")),
        (["F00", "G30", "S00", "F10"], (15.0, "intermediate")),  # exactly 15 is intermediate
        (["F00", "G30", "S00", "F10", "R50"], (15.1, "high")),
    ],
)
def test_the_bands_and_their_edges(scored, codes, expected):
    assert scored("hfrs", coded(codes)) == {1: expected}


def test_two_years_up_to_the_date_are_looked_at(scored):
    dates = {1: "2023-06-30", 2: "2023-07-01", 3: "2025-06-30", 4: "2025-07-01"}
    assert set(scored("hfrs", [(p, d, "F00") for p, d in dates.items()])) == {2, 3}


def test_people_without_points_have_no_row(scored):
    assert scored("hfrs", coded(["J45"])) == {}


def test_the_evidence_adds_up_to_the_score(evidence):
    rows = evidence("hfrs", [(1, "2025-02-01", "S720"), (1, "2024-02-01", "S721"), (1, "2025-02-01", "F00")])
    assert [(r["item"], str(r["date"]), r["times"], r["points"]) for r in rows] == [
        ("F00", "2025-02-01", 1, 7.1),
        ("S72", "2024-02-01", 2, 1.4),  # once, dated by the first
    ]


def test_the_published_facts():
    points = load("scores", "hfrs")["points"]
    assert len(points) == 109
    assert sum(Decimal(str(p)) for p in points.values()) == Decimal("173.2")
    assert (max(points, key=points.get), min(points, key=points.get)) == ("F00", "R50")


def test_three_hundred_vectors(scored, shared_data):
    rows = vectors(shared_data)
    answer = scored("hfrs", vector_diagnoses(rows))
    assert len(rows) == 300
    assert {int(v["id"]): answer.get(int(v["id"]), (0.0, "low")) for v in rows} == {
        int(v["id"]): (float(v["hfrs"]), v["hfrs_band"]) for v in rows
    }
