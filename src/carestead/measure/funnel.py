"""A funnel plot of rates as plain data, and what it shows in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from carestead import reference
from carestead.core.chart import Curve, Dash, FunnelChart, Mark, Point
from carestead.core.listing import listed
from carestead.measure.rate import control_limits

STEPS = 32
"""Points a limit curve is drawn through."""
LIMIT_LINES: tuple[tuple[str, Dash], ...] = (
    ("95% lower", "long"), ("95% upper", "long"), ("99.8% lower", "short"), ("99.8% upper", "short"),
)  # fmt: skip


def chart(rates: Sequence[Mapping[str, Any]], names: Mapping[str, str] | None = None) -> FunnelChart:
    """Rows of `rate` of one measure and period as a funnel plot; `names` maps practice codes to names. Withheld
    practices have no point, and the sentence says so."""
    names = names or {}
    facts = _facts(rates)
    shown = [r for r in rates if not r["suppressed"]]
    points = tuple(_point(r, names.get(r["organisation_code"], r["organisation_code"]), facts["unit"]) for r in shown)
    target = next((r["target"] for r in shown if r["target"] is not None), None)
    return FunnelChart(
        title=facts["title"],
        sentence=sentence(rates, points, facts),
        x_label="Person-years at risk",
        y_label=f"Rate {facts['unit']}",
        points=points,
        curves=curves(target, [r["denominator"] for r in shown], facts["per"]) if target is not None else (),
    )


def mark(rate: Mapping[str, Any]) -> Mark:
    """Where the rate is: within the 95% limits, beyond them, or beyond the 99.8% limits."""
    if rate["limit_95_lower"] is None or rate["limit_95_lower"] <= rate["value"] <= rate["limit_95_upper"]:
        return "within"
    return "beyond-95" if rate["limit_998_lower"] <= rate["value"] <= rate["limit_998_upper"] else "beyond-998"


def curves(target: float, years: Sequence[float], per: float) -> tuple[Curve, ...]:
    """The target and the four limit curves, from half the smallest list to a tenth beyond the largest. `target` is in
    the rate's unit."""
    low, high = min(years) / 2, max(years) * 1.1
    grid = [low + (high - low) * (n / STEPS) ** 2 for n in range(STEPS + 1)]
    limits = [control_limits(x, target / per, per) for x in grid]
    lines = [Curve("All practices together", ((low, target), (high, target)))]
    for n, (label, dash) in enumerate(LIMIT_LINES):
        lines.append(Curve(label, tuple((x, limit[n]) for x, limit in zip(grid, limits, strict=True)), dash))
    return tuple(lines)


def sentence(rates: Sequence[Mapping[str, Any]], points: Sequence[Point], facts: Mapping[str, Any]) -> str:
    """What the plot shows, in words."""
    if not rates:
        return "There is nothing to show: no practice has people at risk."
    target = rates[0]["target"]
    end = rates[0]["period_end"]
    first = f"{facts['title']}, 12 months to {end.day} {end:%B %Y}"
    together = f"{first}: {target:.1f} {facts['unit']} in all." if target is not None else f"{first}."
    return " ".join(x for x in (together, _outside(rates, points), _withheld(rates)) if x)


def _facts(rates: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return reference.load("measures", rates[0]["measure"]) if rates else {"title": "", "unit": "", "per": 1}


def _outside(rates: Sequence[Mapping[str, Any]], points: Sequence[Point]) -> str:
    shown = [r for r in rates if not r["suppressed"]]
    far = [(p, r) for p, r in zip(points, shown, strict=True) if p.mark == "beyond-998"]
    near = [p.label for p in points if p.mark == "beyond-95"]
    said = [f"{p.label} is {_side(r)} the 99.8% limits, more than chance would explain." for p, r in far]
    if near:
        beyond = "is" if len(near) == 1 else "are"
        said.append(f"{listed(near)} {beyond} beyond the 95% limits, which calls for a look.")
    rest = len(points) - len(far) - len(near)
    if rest and rates[0]["target"] is not None:
        who = "The other" if said else "The only" if rest == 1 else "All"
        said.append(f"{who} {'practice is' if rest == 1 else f'{rest} practices are'} within what chance explains.")
    return " ".join(said)


def _withheld(rates: Sequence[Mapping[str, Any]]) -> str:
    n = sum(bool(r["suppressed"]) for r in rates)
    return f"Small numbers: {n} {'practice is' if n == 1 else 'practices are'} withheld." if n else ""


def _side(rate: Mapping[str, Any]) -> str:
    return "above" if rate["value"] > rate["limit_998_upper"] else "below"


def _point(rate: Mapping[str, Any], name: str, unit: str) -> Point:
    note = (
        f"{name}: {rate['value']:.1f} {unit} (95% confidence interval {rate['lower']:.1f} to {rate['upper']:.1f}), "
        f"{rate['numerator']:,} in {rate['denominator']:,.0f} person-years"
    )
    return Point(name, rate["denominator"], rate["value"], note, mark(rate))
