"""What a rule pays, line by line, to the penny and in words."""

from datetime import date

from carestead.commission.payments import activity, capitation
from carestead.commission.replay import by_item, by_provider, replay

AS_OF = date(2026, 3, 31)
MAY = date(2025, 5, 1)


def done(kind, quantity, **more):
    row = {"month": MAY, "provider_code": "RAA", "practice_code": "A10001", "kind": kind, "method": None}
    return {**row, "currency": None, "age_band": "65-and-over", "quantity": quantity, "bed_days": None, **more}


def pay(*rows):
    outcome = activity.decide({"activity": list(rows)}, AS_OF, activity.step.params)
    return outcome.tables["payment_line"], outcome.findings


def by_head(*rows):
    table = [dict(zip(("practice_code", "month", "age_band", "people"), r, strict=True)) for r in rows]
    outcome = capitation.decide({"list_count": table}, AS_OF, capitation.step.params)
    return outcome.tables["payment_line"], outcome.findings


def test_fourteen_stroke_admissions():
    lines, findings = pay(
        done("admission", 9, method="emergency", currency="AA35A"),
        done("admission", 5, method="emergency", currency="AA35A", age_band="under-65"),
    )
    assert lines == [
        {
            "rule": "activity",
            "provider_code": "RAA",
            "practice_code": "A10001",
            "month": MAY,
            "item": "emergency admission AA35A",
            "quantity": 14.0,
            "unit_price_pence": 512397,
            "amount_pence": 7173558,
            "explanation": "14 emergency admissions with currency AA35A × £5,123.97 "
            "(Stroke; National average costs 2024/25) = £71,735.58",
        }
    ]
    assert findings == []


def test_the_same_currency_is_cheaper_when_planned():
    lines, _ = pay(*(done("admission", 1, method=m, currency="FD10A") for m in ("elective", "emergency")))
    elective, emergency = (x["unit_price_pence"] for x in lines)
    assert elective < emergency


def test_a_code_without_a_price_is_paid_at_its_subchapter_then_at_the_default():
    lines, findings = pay(
        done("admission", 2, method="emergency", currency="AA99Z"),
        done("admission", 3, method="emergency", currency="QQ01A"),
    )
    assert [x["unit_price_pence"] for x in lines] == [328706, 270982]
    assert [(f.code, f.count) for f in findings] == [("payment.family-price", 2), ("payment.unpriced", 3)]
    assert "3 units of emergency admission QQ01A" in findings[1].what
    assert "£2,709.82" in findings[1].what


def test_an_admission_without_a_code_is_paid_at_the_default_and_said_so():
    lines, findings = pay(done("admission", 1, method="unknown"))
    assert (lines[0]["item"], lines[0]["amount_pence"]) == ("admission", 270982)
    assert [f.code for f in findings] == ["payment.unpriced"]


def test_home_care_is_paid_by_the_hour_at_the_fee_of_its_year():
    lines, findings = pay(
        done("home-care", 28, currency="hour", provider_code="HC1", month=date(2025, 3, 1)),
        done("home-care", 28, currency="hour", provider_code="HC1", month=date(2025, 4, 1)),
    )
    assert [x["amount_pence"] for x in lines] == [28 * 2326, 28 * 2410]
    assert lines[1]["explanation"].startswith("28 hours of home care × £24.10 (hour of home care; Average social-care")
    assert findings == []


def test_before_the_first_list_its_price_is_used_and_said_so():
    lines, findings = pay(done("gp-appointment", 3, month=date(2023, 4, 1)))
    assert lines[0]["amount_pence"] == 9000
    assert [f.code for f in findings] == ["payment.early-price"]


def test_what_no_list_prices_is_not_paid_and_is_an_error():
    lines, findings = pay(done("day-care", 8, currency="day"))
    assert (lines[0]["amount_pence"], lines[0]["unit_price_pence"]) == (0, None)
    assert "nothing is paid" in lines[0]["explanation"]
    assert [(f.code, f.severity, f.count) for f in findings] == [("payment.no-price", "error", 8)]


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


def test_the_two_rules_side_by_side():
    paid, _ = pay(
        done("admission", 10, method="emergency", currency="AA35A"),
        done("admission", 10, method="emergency", currency="AA35A", practice_code="B10002"),
        done("admission", 1, method="emergency", currency="AA35A", practice_code=None),
        done("gp-appointment", 100, provider_code="A10001"),
    )
    headed, _ = by_head(("A10001", MAY, "under-65", 900), ("B10002", MAY, "under-65", 300))
    result = replay(paid + headed, {"A10001": "Oak Surgery"})
    oak, other = result.rows
    assert (oak.activity, oak.capitation) == (5123970, 7141500)
    assert (oak.same_pot, other.same_pot) == (7685955, 2561985), "the pot of £102,479.40 by three to one"
    assert oak.mix == -other.mix == 2561985
    assert oak.mix + oak.level == oak.difference
    assert result.paid_alike == 300000, "GP appointments are paid alike under both"
    assert result.unlisted == 512397
    assert result.total.activity == 10247940
    assert oak.sentence == (
        "Oak Surgery: £51,239.70 by activity, £71,415.00 by head, £20,175.30 more; "
        "with the same money in all, £76,859.55 by head, £25,619.85 more."
    )
    assert "£25,619.85 (25.0%) would move to 1 of 2 practices" in result.sentence


def test_where_the_money_lands_and_what_it_buys():
    paid, _ = pay(done("admission", 2, method="emergency", currency="AA35A"), done("gp-appointment", 1))
    headed, _ = by_head(("A10001", MAY, "under-65", 1))
    assert by_provider(paid + headed) == [("A10001", 0, 7935), ("RAA", 1027794, 0)]
    assert by_item(paid + headed, "activity") == [
        ("emergency admission AA35A", 2.0, 1024794),
        ("GP appointment", 1.0, 3000),
    ]


def test_nothing_at_all_is_nothing_to_compare():
    assert replay([]).sentence.startswith("There is nothing to compare")
