"""The lines under a score."""

from datetime import date

import pytest

from carestead.core.finding import UsageError
from carestead.find import explain, item_name
from carestead.reference import load, names


def row(item: str, points: float, **more) -> dict:
    return {
        "item": item, "points": points, "date": date(2025, 1, 2), "code_id": 1, "code": f"{item}1", "display": None,
        "value": None, "source_id": 1, "file_id": 0, "source_row": 7, "source": "hospital", **more,
    }  # fmt: skip


def scored(value: float, band: str) -> dict:
    return {"value": value, "band": band}


def test_each_row_with_its_points_dearest_first():
    evidence = [
        row("G30", 4.0, display="Alzheimer disease"),
        row("F00", 0.0, date=date(2025, 3, 4), source_row=None),
        row("F00", 7.1),
    ]
    lines = explain("hfrs", scored(11.1, "intermediate"), evidence)
    assert lines[0] == "Hospital Frailty Risk Score: 11.1 points, intermediate"
    assert lines[1] == "Bands: low below 5, intermediate to 15, high above"
    assert "Gilbert" in lines[2]
    assert lines[3:] == [
        "  7.1  F00",
        "         2025-01-02  F001  [hospital, record 7]",
        "         2025-03-04  F001  [hospital]  (counted already)",
        "    4  G30",
        "         2025-01-02  G301 Alzheimer disease  [hospital, record 7]",
    ]


def test_a_deficit_has_its_name_and_an_undated_fact_says_so():
    evidence = [row("ckd", 1.0, date=None, value=41.0, source=None)]
    lines = explain("efi", scored(1.0, "fit"), evidence)
    assert lines[0].endswith(": 1 of 36 deficits, fit")
    assert lines[3:] == ["    1  Chronic kidney disease", "         undated  ckd1 = 41  [source not known, record 7]"]


def test_nobody_is_told_a_sum_that_does_not_add_up():
    lines = explain("hfrs", scored(11.1, "intermediate"), [row("F00", 7.1)])
    assert lines[-1] == "The rows add up to 7.1, not 11.1. Run again: carestead run"


def test_a_person_without_a_row_scores_nought():
    lines = explain("hfrs", None, [])
    assert lines[0].endswith(": 0 points")
    assert lines[-1] == "Nothing in the record counts towards it."


def test_a_score_that_is_not_there():
    with pytest.raises(UsageError, match=r"There are: .*hfrs"):
        explain("parr", None, [])


def test_a_group_of_codes_has_its_name_and_what_no_record_says_has_its_reason():
    evidence = [
        row("complicated-diabetes", -1.0),
        row("floor", 1.0, date=None, code=None, source=None),
    ]
    lines = explain("charlson-shmi", scored(0.0, None), evidence)
    assert lines[0] == "Charlson Comorbidity Index (SHMI, England): 0 points"
    assert lines[1].startswith("Source: NHS England"), "no bands are published"
    assert lines[2:] == [
        "    1  Raised to the least the score can be",
        "         by the rule of the score",
        "   -1  Diabetes with complications",
        "         2025-01-02  complicated-diabetes1  [hospital, record 7]",
    ]


def test_points_for_age_show_the_age():
    lines = explain("charlson-1987", scored(3.0, None), [row("age", 3.0, date=None, code=None, value=72.0)])
    assert lines[-2:] == ["    3  Age", "         72"]


@pytest.mark.parametrize("score", names("scores"))
def test_every_score_can_be_explained_and_named(score):
    assert explain(score, None, [])[0].startswith(load("scores", score)["title"])
    assert item_name(score, "something else").lower() == "something else"


def test_a_share_is_added_up_to_the_last_decimal_and_has_no_bands():
    evidence = [row("G1", 0.333334, code=None), row("G2", 0.333333, code=None)]
    lines = explain("bice-boxerman", {"value": 0.666667, "band": None}, evidence)
    assert lines[0].endswith(": 0.666667 share of pairs")
    assert "Boxerman" in lines[1]
    assert [line.split()[0] for line in lines[2::2]] == ["0.333334", "0.333333"]
    assert explain("bice-boxerman", {"value": 0.666666, "band": None}, evidence)[-1].startswith("The rows add up to")


def test_what_adds_nothing_says_so_and_what_has_only_an_end_has_its_end():
    seen = row("G2", 0.0, code=None, date=None, last_date=date(2025, 3, 4), value=1.0)
    lines = explain("usual-provider-continuity", {"value": 0.0, "band": None}, [seen])
    assert lines[2:] == ["    0  G2", "         until 2025-03-04   = 1  [hospital, record 7]  (adds nothing)"]


def test_no_row_of_a_share_is_not_a_share_of_nought():
    title = "Continuity of care index of Bice and Boxerman"
    assert explain("bice-boxerman", None, [])[0] == f"{title}: not known of fewer than two appointments"
    assert explain("lace", None, [])[0].endswith("none, without a discharge home in the last thirty days")
