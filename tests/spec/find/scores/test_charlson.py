"""Charlson's comorbidity index: 17 conditions with the weights of 1987, of 2011, and of SHMI."""

import pytest

from tests.spec.find.scores.diagnosed import DAY, coded, groups_and_points, published, values, vector_diagnoses, vectors

PUBLISHED = [
    ("charlson-1987", "quan2005", "charlson_1987"),
    ("charlson-quan-2011", "quan2005", "quan_2011"),
    ("charlson-shmi", "shmi_v1.35", "shmi_v1.35"),
]
VECTORS = {
    "charlson-1987": "charlson_quan2005_map_1987_weights",
    "charlson-quan-2011": "charlson_quan2005_map_quan2011_weights",
    "charlson-shmi": "charlson_shmi_floor0",
}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["B20", "E120", "E117", "N18"], 11),
        (["K721", "K767", "K74", "K702", "J60", "C18"], 30),
        (["C25", "C79", "K27", "G820", "M32"], 28),
    ],
)
def test_the_published_examples_of_shmi(scored, codes, expected):
    assert values(scored("charlson-shmi", coded(codes))) == {1: expected}


@pytest.mark.parametrize("score", VECTORS)
def test_three_hundred_vectors(scored, shared_data, score):
    rows = vectors(shared_data)
    answer = values(scored(score, vector_diagnoses(rows)))
    assert {int(v["id"]): answer.get(int(v["id"]), 0.0) for v in rows} == {
        int(v["id"]): float(v[VECTORS[score]]) for v in rows
    }


def test_hiv_has_the_points_of_each_paper(scored):
    assert [values(scored(s, coded(["B20"])))[1] for s in VECTORS] == [6, 4, 2]


@pytest.mark.parametrize(
    ("codes", "alone", "both"),
    [
        (["K703", "K704"], 3, 4),  # mild and severe liver disease
        (["E119", "E112"], 2, 3),  # diabetes without and with complications
        (["C18", "C79"], 6, 8),  # cancer and metastasis
        (["C18", "C18", "C189"], 2, 2),  # once, however often
    ],
)
def test_the_severer_counts_alone_unless_the_caller_says_otherwise(scored, codes, alone, both):
    assert values(scored("charlson-1987", coded(codes))) == {1: alone}
    choices = {"charlson-1987": {"hierarchy": False}}
    assert values(scored("charlson-1987", coded(codes), choices=choices)) == {1: both}


def test_a_total_below_nought_is_nought_for_shmi_and_the_evidence_says_so(scored, evidence):
    diagnoses = coded(["E112"], ["E112", "C18"])
    assert values(scored("charlson-shmi", diagnoses)) == {1: 0, 2: 7}
    said = [(r["person_id"], r["item"], r["points"], r["date"] is None) for r in evidence("charlson-shmi", diagnoses)]
    assert said == [
        (1, "complicated-diabetes", -1, False), (1, "floor", 1, True),
        (2, "cancer", 8, False), (2, "complicated-diabetes", -1, False),
    ]  # fmt: skip


def test_the_evidence_shows_what_a_severer_grade_covers(evidence):
    rows = evidence("charlson-1987", [(1, "2024-01-01", "C18"), (1, DAY, "C78"), (1, DAY, "C79")])
    assert [(r["item"], str(r["date"]), str(r["last_date"]), r["times"], r["points"]) for r in rows] == [
        ("cancer", "2024-01-01", "2024-01-01", 1, 0),
        ("metastatic-cancer", DAY, DAY, 2, 6),
    ]


def test_points_for_age_are_the_callers_choice(scored, evidence):
    ages = {1: "1975-07-01", 2: "1975-06-30", 3: "1955-01-01", 4: "1945-06-30", 5: "1920-01-01", 6: None}
    people = [{"person_id": p, "birth_date": born} for p, born in ages.items()]
    diagnoses = coded(["I21"])
    assert values(scored("charlson-1987", diagnoses, person=people)) == {1: 1}
    choices = {"charlson-1987": {"with_age": True}}
    with_age = values(scored("charlson-1987", [*diagnoses, (3, DAY, "C79")], person=people, choices=choices))
    assert with_age == {1: 1, 2: 1, 3: 9, 4: 4, 5: 4}  # 49 has none, 50 has one, from 80 on four
    rows = evidence("charlson-1987", diagnoses, person=people[:3], choices=choices)
    assert [(r["person_id"], r["item"], r["value"], r["points"]) for r in rows] == [
        (1, "myocardial-infarction", None, 1), (2, "age", 50, 1), (3, "age", 70, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(("score", "variant", "column"), PUBLISHED)
def test_codes_and_weights_are_the_published_ones(shared_data, score, variant, column):
    ours = groups_and_points(score)
    assert len(ours) == 17
    assert ours == published(shared_data, "charlson", variant, column)
