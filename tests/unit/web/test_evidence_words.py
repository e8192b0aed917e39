"""What a page of evidence says of numbers, units and codes."""

import pytest

from carestead.web.record.evidence import in_unit, item_name, measured, total


@pytest.mark.parametrize(
    ("score", "value", "words"),
    [
        ("charlson-1987", 1.0, "1 point"),
        ("efi", 1.0, "1 of 36 deficits"),
        ("emergency-admissions", 1.0, "1 admission"),
        ("bice-boxerman", 0.236842, "24% of pairs"),
        ("recorded_frailty", 2.0, "2 of 3 grades"),
        ("admission-risk-evaluation", 0.0, "50%"),
    ],
)
def test_a_value_has_its_unit(score, value, words):
    assert in_unit({"score": score, "value": value}) == words


def test_rows_add_up_to_what_is_meant():
    assert total({"score": "bice-boxerman", "value": 0.236842}) == "0.237, that is 24% of pairs"
    assert total({"score": "hfrs", "value": 10.5}) == "10.5 points"


@pytest.mark.parametrize(
    ("score", "item", "words"),
    [
        ("hfrs", "R29", "ICD-10 R29"),
        ("polypharmacy", "0202010P0", "A medicine (BNF 0202010P0)"),
        ("cambridge", "stroke-tia", "Stroke or TIA"),
        ("contacts", "gp-appointment", "GP appointment"),
        ("emergency-admissions", "admission-emergency", "Emergency admission"),
    ],
)
def test_a_part_has_a_name_that_people_use(score, item, words):
    assert item_name(score, item) == words


@pytest.mark.parametrize(
    ("item", "value", "words"),
    [("age", 71.0, "71 years"), ("deficit_falls", 1.0, "yes"), ("home_care", 0.0, "no"), ("imd_decile", 3.0, "3")],
)
def test_a_feature_of_the_risk_is_said_in_its_unit(item, value, words):
    row = {"item": item, "value": value, "origin": "risk_feature", "unit": None, "source": None}
    assert measured(row) == words
