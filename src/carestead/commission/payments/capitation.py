"""Capitation: pounds a head a month by age band, times the people registered, whatever was done for them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from carestead import reference
from carestead.core.finding import Finding, Severity
from carestead.core.money import pence, pounds, times
from carestead.core.step import DecisionStep, Outcome, rows


def decide(tables: Mapping[str, Any], as_of: date, params: Mapping[str, Any]) -> Outcome:
    """Rows of `list_count` to rows of `payment_line` under rule `capitation`: the practice is paid for its list.
    `params["rates"]` are the rates, shaped as reference/payments/capitation.yaml."""
    rates = params["rates"]
    bands = {b["band"]: b for b in (*rates["bands"], rates["unknown"])}
    listed = people(rows(tables["list_count"]))
    lines = [line(*key, listed[key], bands[key[2]], rates["title"]) for key in sorted(listed)]
    return Outcome({"payment_line": lines}, findings(listed, rates["unknown"]))


def people(list_count: list[dict[str, Any]]) -> dict[tuple[str, date, str], int]:
    """People by practice, month and age band, added up over the buckets."""
    total: dict[tuple[str, date, str], int] = defaultdict(int)
    for row in list_count:
        total[row["practice_code"], row["month"], row["age_band"]] += row["people"]
    return dict(total)


def line(practice: str, month: date, band: str, heads: int, rate: Mapping[str, Any], title: str) -> dict[str, Any]:
    """One row of `payment_line`: people of one age band in one month, explained."""
    price = pence(rate["monthly"])
    amount = times(price, Decimal(heads))
    return {
        "rule": "capitation",
        "provider_code": practice,
        "practice_code": practice,
        "month": month,
        "item": rate["words"],
        "quantity": float(heads),
        "unit_price_pence": price,
        "amount_pence": amount,
        "explanation": f"{heads:,} {rate['words']} registered on {month.day} {month:%B %Y} × {pounds(price)} a month "
        f"({title}) = {pounds(amount)}",
    }


def findings(listed: Mapping[tuple[str, date, str], int], unknown: Mapping[str, Any]) -> list[Finding]:
    """A finding for people of unknown age: the most in any month, for the months count the same people."""
    months: dict[date, int] = defaultdict(int)
    for (_, month, band), heads in listed.items():
        months[month] += heads if band == unknown["band"] else 0
    most = max(months.values(), default=0)
    if not most:
        return []
    what = f"{most:,} registered people have no date of birth and are paid for at {unknown['monthly']} pounds a month."
    return [
        Finding(
            "payment.unknown-age",
            Severity.WARNING,
            where="list_count.age_band",
            what=what,
            do="Ask the practices for the dates of birth.",
            count=most,
        )
    ]


step = DecisionStep(
    "pay-by-head",
    decide,
    reads=("list_count",),
    gives=("payment_line",),
    params={"rates": reference.load("payments", "capitation")},
)
