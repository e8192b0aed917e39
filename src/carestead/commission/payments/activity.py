"""Payment by activity: each unit done times its price, by provider, practice, month and currency."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from carestead import reference
from carestead.commission import prices, words
from carestead.core.finding import Finding, Severity
from carestead.core.money import pounds, times
from carestead.core.step import DecisionStep, Outcome, rows

UNKNOWN = "unknown"
"""Stands for a provider that no record names."""


class Unit(NamedTuple):
    """What one line pays for."""

    provider: str
    practice: str | None
    month: date
    kind: str
    method: str | None
    currency: str | None


def decide(tables: Mapping[str, Any], as_of: date, params: Mapping[str, Any]) -> Outcome:
    """Rows of `activity` to rows of `payment_line` under rule `activity`, and a finding for each currency that has no
    price of its own. `params["lists"]` are price lists, shaped as the files of reference/prices."""
    book = prices.book(params["lists"])
    done = quantities(rows(tables["activity"]))
    priced = {u: book.price(u.kind, u.method, u.currency, u.month) for u in done}
    lines = [line(unit, done[unit], priced[unit]) for unit in sorted(done, key=_order)]
    return Outcome({"payment_line": lines}, findings(done, priced))


def quantities(activity: list[dict[str, Any]]) -> dict[Unit, int]:
    """Activity added up over age bands, and over methods where the method does not matter."""
    total: dict[Unit, int] = defaultdict(int)
    for row in activity:
        total[_unit(row)] += row["quantity"]
    return dict(total)


def line(unit: Unit, quantity: int, price: prices.Price | None) -> dict[str, Any]:
    """One row of `payment_line`, explained. Without a price the amount is nought and the words say so."""
    amount = times(price.pence, Decimal(quantity)) if price else 0
    return {
        "rule": "activity",
        "provider_code": unit.provider,
        "practice_code": unit.practice,
        "month": unit.month,
        "item": words.item(unit.kind, unit.method, unit.currency),
        "quantity": float(quantity),
        "unit_price_pence": price.pence if price else None,
        "amount_pence": amount,
        "explanation": explanation(unit, quantity, price, amount),
    }


def explanation(unit: Unit, quantity: int, price: prices.Price | None, amount: int) -> str:
    """`2 emergency admissions with currency AA35A × £5,123.97 (Stroke; National average costs 2024/25) = £10,247.94`"""
    what = f"{quantity:,} {words.activity(unit.kind, unit.method, unit.currency, quantity)}"
    coded = unit.currency if unit.currency and unit.currency not in words.CARE_UNITS else None
    named = f"{what} with currency {coded}" if coded else what
    if price is None:
        return f"{named}: no price list has a price for this, so nothing is paid"
    return f"{named} × {pounds(price.pence)} ({_found(price, coded)}; {price.source}) = {pounds(amount)}"


def findings(done: Mapping[Unit, int], priced: Mapping[Unit, prices.Price | None]) -> list[Finding]:
    """One finding for each item paid at a default, at the price of its subchapter, by a later list, or not at all."""
    doubts: dict[tuple[str, str, str], int] = defaultdict(int)
    for unit, quantity in done.items():
        for code in _doubts(unit, priced[unit]):
            price = priced[unit]
            paid = f"{pounds(price.pence)} ({price.name}, {price.source})" if price else ""
            doubts[code, words.item(unit.kind, unit.method, unit.currency), paid] += quantity
    return [_finding(*key, quantity) for key, quantity in sorted(doubts.items())]


_SAY = {
    "payment.unpriced": (Severity.WARNING, "have no price of their own and are paid at the default of {paid}"),
    "payment.family-price": (Severity.INFORMATION, "are paid at the average of their HRG subchapter, {paid}"),
    "payment.early-price": (Severity.INFORMATION, "were done before the first price list and are paid at {paid}"),
    "payment.no-price": (Severity.ERROR, "have no price in any list and are not paid"),
}


def _finding(code: str, item: str, paid: str, quantity: int) -> Finding:
    severity, say = _SAY[code]
    return Finding(
        code,
        severity,
        where=f"payment_line rule activity, {item}",
        what=f"{quantity:,} units of {item} {say.format(paid=paid)}.",
        do="Add the price to a file in reference/prices.",
        count=quantity,
    )


def _doubts(unit: Unit, price: prices.Price | None) -> list[str]:
    if price is None:
        return ["payment.no-price"]
    by_default = price.found == "default" and (unit.kind in CODED or unit.currency is not None)
    return [
        code
        for code, doubtful in (
            ("payment.unpriced", by_default and unit.currency not in words.CARE_UNITS),
            ("payment.family-price", price.found == "subchapter"),
            ("payment.early-price", price.early),
        )
        if doubtful
    ]


CODED = ("admission", "emergency-attendance", "outpatient")
"""Kinds that hospitals code by HRG: without a currency they are paid at a default, which is a finding."""


def _found(price: prices.Price, coded: str | None) -> str:
    if price.found == "default" and coded:
        return f"the default, {coded} has no price: {price.name}"
    return f"average of subchapter: {price.name}" if price.found == "subchapter" else price.name


def _unit(row: Mapping[str, Any]) -> Unit:
    method = row["method"] if row["kind"] == "admission" and row["method"] in words.METHODS else None
    currency = row["currency"] or None
    return Unit(row["provider_code"] or UNKNOWN, row["practice_code"], row["month"], row["kind"], method, currency)


def _order(unit: Unit) -> tuple[str, ...]:
    return tuple(str(part or "") for part in unit)


step = DecisionStep(
    "pay-by-activity",
    decide,
    reads=("activity",),
    gives=("payment_line",),
    params={"lists": prices.facts(reference.load("payments", "activity")["lists"])},
)
