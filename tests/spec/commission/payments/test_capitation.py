"""Payment by head, line by line, to the penny and in words."""

from datetime import date

from tests.spec.commission.paid import MAY, by_head


def test_a_practice_is_paid_for_its_list():
    lines, findings = by_head(("A10001", MAY, "under-65", 1000), ("A10001", MAY, "75-and-over", 100))
    assert [(x["item"], x["quantity"], x["amount_pence"]) for x in lines] == [
        ("people of 75 and over", 100.0, 1851500),
        ("people under 65", 1000.0, 7935000),
    ]
    assert lines[1]["explanation"] == (
        "1,000 people under 65 registered on 1 May 2025 × £79.35 a month (Payment by head) = £79,350.00"
    )
    assert findings == []


def test_people_of_unknown_age_are_paid_for_at_the_lowest_rate_and_said_so():
    lines, findings = by_head(("A10001", MAY, "unknown", 2), ("A10001", date(2025, 6, 1), "unknown", 3))
    assert [x["amount_pence"] for x in lines] == [15870, 23805]
    assert [(f.code, f.count) for f in findings] == [("payment.unknown-age", 3)]
