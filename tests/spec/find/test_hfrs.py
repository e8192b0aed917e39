"""Hospital Frailty Risk Score: points of the distinct ICD-10 codes of two years."""

import csv
from decimal import Decimal

import pytest

from carestead.find.evidence import hfrs_evidence
from carestead.find.scores import hfrs
from carestead.reference import load

AS_OF = "2025-06-30"


def tables(diagnoses: list[tuple[int, str, str]], system: str = "icd10") -> dict[str, list[dict]]:
    """(person, date, code) as table `diagnosis`, with each text a row of `code`."""
    ids = {code: n for n, code in enumerate(sorted({c for _, _, c in diagnoses}), 1)}
    return {
        "code": [{"code_id": n, "system": system, "code": code} for code, n in ids.items()],
        "diagnosis": [{"person_id": p, "date": d, "code_id": ids[c]} for p, d, c in diagnoses],
    }


def value_and_band(rows: list[dict]) -> dict[int, tuple[float, str]]:
    return {r["person_id"]: (r["value"], r["band"]) for r in rows}


def test_a_dementia_pair_is_exactly_11_1(run_step):
    rows = run_step(hfrs.step, AS_OF, **tables([(1, "2025-01-01", "F00"), (1, "2025-01-01", "G30")]))
    assert rows == [{"person_id": 1, "score": "hfrs", "value": 11.1, "band": "intermediate"}]


def test_a_code_counts_once_however_often_and_however_finely_it_is_coded(run_step):
    rows = run_step(
        hfrs.step, AS_OF, **tables([(1, "2024-01-01", "S720"), (1, "2025-01-01", "S721"), (1, "2025-01-01", "S720")])
    )
    assert value_and_band(rows) == {1: (1.4, "low")}


@pytest.mark.parametrize("text", ["F00", "f00", "F00.1", "F001", "F00.1*", "F00.1+", "F00X", "F00.X", " F00.1†"])
def test_the_same_code_however_it_is_written(run_step, text):
    assert value_and_band(run_step(hfrs.step, AS_OF, **tables([(1, "2025-01-01", text)]))) == {1: (7.1, "intermediate")}


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
def test_the_bands_and_their_edges(run_step, codes, expected):
    rows = run_step(hfrs.step, AS_OF, **tables([(1, "2025-01-01", c) for c in codes]))
    assert value_and_band(rows) == {1: expected}


def test_two_years_up_to_the_date_are_looked_at(run_step):
    dates = {1: "2023-06-30", 2: "2023-07-01", 3: "2025-06-30", 4: "2025-07-01"}
    rows = run_step(hfrs.step, AS_OF, **tables([(p, d, "F00") for p, d in dates.items()]))
    assert set(value_and_band(rows)) == {2, 3}


def test_people_without_points_and_other_coding_systems_have_no_row(run_step):
    assert run_step(hfrs.step, AS_OF, **tables([(1, "2025-01-01", "J45")])) == []
    assert run_step(hfrs.step, AS_OF, **tables([(1, "2025-01-01", "F00")], system="ctv3")) == []


def test_the_evidence_adds_up_to_the_score(run_step):
    given = tables([(1, "2025-02-01", "S720"), (1, "2024-02-01", "S721"), (1, "2025-02-01", "F00")])
    rows = run_step(hfrs_evidence.step, AS_OF, **given)
    assert [(r["item"], str(r["date"]), r["points"]) for r in rows] == [
        ("F00", "2025-02-01", 7.1),
        ("S72", "2024-02-01", 1.4),  # once, dated by the first
    ]


def test_the_published_facts():
    points = load("scores", "hfrs")["points"]
    assert len(points) == 109
    assert sum(Decimal(str(p)) for p in points.values()) == Decimal("173.2")
    assert (max(points, key=points.get), min(points, key=points.get)) == ("F00", "R50")


def test_three_hundred_vectors(run_step, shared_data):
    with (shared_data / "clinical" / "reference_vectors_icd10.csv").open(encoding="utf-8") as file:
        vectors = list(csv.DictReader(file))
    diagnoses = [(int(v["id"]), "2025-01-01", c) for v in vectors for c in v["icd10_codes_pipe_separated"].split("|")]
    scored = value_and_band(run_step(hfrs.step, AS_OF, **tables(diagnoses)))
    assert len(vectors) == 300
    assert {int(v["id"]): scored.get(int(v["id"]), (0.0, "low")) for v in vectors} == {
        int(v["id"]): (float(v["hfrs"]), v["hfrs_band"]) for v in vectors
    }
