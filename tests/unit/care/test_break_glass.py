"""What opens a record in an emergency, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from carestead.care import break_glass as rules

AT = datetime(2026, 11, 23, 18, 40, tzinfo=UTC)


def test_a_record_stays_open_for_four_hours_also_over_midnight_and_the_change_of_clocks():
    assert rules.expires(AT) == AT + timedelta(hours=4)
    assert rules.expires(datetime(2026, 10, 24, 23, 30, tzinfo=UTC)) == datetime(2026, 10, 25, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "words", "knows", "said"),
    [
        ("", "She fell", True, "No reason is chosen."),
        ("curious", "She fell", True, "No reason is chosen."),
        ("care-now", "  ", True, "The reason has no words of yours."),
        ("care-now", "She fell", False, "It is not confirmed."),
    ],
)
def test_what_does_not_open_it(reason, words, knows, said):
    assert rules.refusal(reason, words, knows).what == said


def test_each_reason_opens_it_with_words():
    assert [rules.refusal(reason, "She fell", True) for reason in rules.reasons()] == [None] * len(rules.reasons())
    assert rules.in_words("care-now", " She fell ") == "They need care from me now: She fell"


@pytest.mark.parametrize(
    ("act", "given", "said"),
    [
        ("cancel", {"reason": "No time"}, "A review is not cancelled."),
        ("complete", {"outcome": "was-not-right", "evidence": " "}, "It was not right, and nothing is said of it."),
        ("complete", {"outcome": "was-not-right"}, "It was not right, and nothing is said of it."),
        ("complete", {"outcome": "was-not-right", "evidence": "Spoke to her lead"}, None),
        ("complete", {"outcome": "was-right"}, None),
        ("fail", {"reason": "She has left"}, None),
    ],
)
def test_how_a_review_ends(act, given, said):
    refused = rules.review_refusal(rules.REVIEW, act, given)
    assert (refused and refused.what) == said
    assert rules.review_refusal("falls-assessment", act, given) is None


def test_the_audit_is_coded_as_hl7_does():
    started, stopped = rules.codes("started"), rules.codes("stopped")
    assert (started["type"]["code"], started["subtype"]["code"], started["purpose_of_use"]["code"]) == (
        "110113",
        "110127",
        "ETREAT",
    )
    assert stopped["subtype"] == {
        "system": "http://dicom.nema.org/resources/ontology/DCM",
        "code": "110138",
        "display": "Emergency Override Stopped",
    }
