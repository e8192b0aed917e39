"""What the rules of payment give for a few rows, for the worked examples."""

from datetime import date

from carestead.commission.payments import activity, capitation

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
