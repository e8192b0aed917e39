"""Rates by practice, with exact intervals and funnel limits, small numbers withheld."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from carestead import reference
from carestead.core.finding import Finding, Severity
from carestead.core.step import DecisionStep, Outcome, rows
from carestead.measure import disclosure, poisson

LIMITS = ((0.95, "limit_95"), (0.998, "limit_998"))


@dataclass(slots=True)
class Exposure:
    """Events, each person's events squared, and person-years, of one practice over all buckets."""

    events: int = 0
    squared: int = 0
    years: float = 0.0

    def add(self, row: Mapping[str, Any]) -> None:
        """Add one bucket's row; without squares each event counts as another person's."""
        self.events += row["events"]
        self.squared += row["events"] if row["events_squared"] is None else row["events_squared"]
        self.years += row["person_years"]

    @property
    def widening(self) -> float:
        """How much wider than Poisson an interval is because people are admitted repeatedly (at least 1)."""
        return max(1.0, math.sqrt(self.squared / self.events)) if self.events else 1.0


def decide(tables: Mapping[str, Any], as_of: date, params: Mapping[str, Any]) -> Outcome:
    """Rows of `exposure` to rows of `rate`. `params` maps a measure's name to its facts (`per`, `suppress_below`)."""
    exposure = rows(tables["exposure"])
    groups = sorted({(r["measure"], r["period_start"], r["period_end"]) for r in exposure})
    given: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for group in groups:
        mine = [r for r in exposure if (r["measure"], r["period_start"], r["period_end"]) == group]
        new, doubts = rates(group, by_practice(mine), params[group[0]])
        given += new
        findings += doubts
    return Outcome({"rate": given}, findings)


def by_practice(exposure: list[dict[str, Any]]) -> dict[str, Exposure]:
    """The buckets added up, practice by practice; person-years of nought are left out."""
    total: dict[str, Exposure] = defaultdict(Exposure)
    for row in exposure:
        total[row["organisation_code"]].add(row)
    return {code: e for code, e in sorted(total.items()) if e.years > 0}


def rates(
    group: tuple[str, date, date], practices: Mapping[str, Exposure], facts: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The rows of `rate` of one measure and period, and a finding when some are withheld."""
    counts = {code: e.events for code, e in practices.items()}
    withheld = disclosure.hidden(counts, facts["suppress_below"])
    target = _target(practices) if practices and disclosure.total_is_safe(counts, facts["suppress_below"]) else None
    given = [
        {**_key(group, code), **_values(e, target, facts["per"], shown=code not in withheld)}
        for code, e in practices.items()
    ]
    return given, _findings(group[0], len(withheld), facts["suppress_below"])


def _target(practices: Mapping[str, Exposure]) -> float:
    return sum(e.events for e in practices.values()) / math.fsum(e.years for e in practices.values())


def _key(group: tuple[str, date, date], code: str) -> dict[str, Any]:
    return {"measure": group[0], "organisation_code": code, "period_start": group[1], "period_end": group[2]}


def _values(e: Exposure, target: float | None, per: float, *, shown: bool) -> dict[str, Any]:
    names = ("numerator", "denominator", "value", "lower", "upper")
    ends = [f"{name}_{end}" for _, name in LIMITS for end in ("lower", "upper")]
    common = {"target": None if target is None else target * per, "suppressed": not shown}
    if not shown:
        return {**dict.fromkeys((*names, *ends)), **common}
    low, high = confidence(e)
    numbers = (e.events, e.years, e.events / e.years * per, low / e.years * per, high / e.years * per)
    bounds = control_limits(e.years, target, per) if target is not None else (None,) * len(ends)
    return {**dict(zip(names, numbers, strict=True)), **dict(zip(ends, bounds, strict=True)), **common}


def confidence(e: Exposure) -> tuple[float, float]:
    """95% limits of the count: exact Poisson, widened where people were admitted more than once."""
    low, high = poisson.interval(e.events)
    return max(0.0, e.events - e.widening * (e.events - low)), e.events + e.widening * (high - e.events)


def control_limits(years: float, target: float, per: float) -> tuple[float, ...]:
    """Lower and upper funnel limits at 95%, then at 99.8%, of the rate `per` person-years, around `target` (events a
    person-year)."""
    return tuple(x / years * per for level, _ in LIMITS for x in poisson.limits(target * years, level))


def _findings(measure: str, withheld: int, below: int) -> list[Finding]:
    if not withheld:
        return []
    are = "practice's number is" if withheld == 1 else "practices' numbers are"
    what = f"{withheld} {are} withheld: fewer than {below} events, or a number that would give such a one away."
    do = "Look at a longer period, or at practices together."
    return [Finding("measure.suppressed", Severity.INFORMATION, f"rate {measure}", what, do, withheld)]


step = DecisionStep(
    "rate",
    decide,
    reads=("exposure",),
    gives=("rate",),
    params={name: reference.load("measures", name) for name in reference.names("measures")},
)
