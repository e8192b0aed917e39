"""Payment by activity, line by line, to the penny and in words."""

from datetime import date

from tests.spec.commission.paid import MAY, done, pay


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
