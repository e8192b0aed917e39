"""Load against capacity, holder by holder, as plain data and in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from carestead.core.chart import Bar, BarChart

ROLES = {"gp": "named GP", "care-coordinator": "care coordinator"}


def chart(workload: Sequence[Mapping[str, Any]], role: str, names: Mapping[str, str] | None = None) -> BarChart:
    """Rows of `workload` of one role as bars, the fullest first; `names` maps practitioner codes to names."""
    names = names or {}
    mine = [w for w in workload if w["role"] == role]
    bars = tuple(
        sorted((_bar(w, names.get(w["practitioner_code"], w["practitioner_code"])) for w in mine), key=_fullest)
    )
    who = ROLES.get(role, role)
    return BarChart(f"People for each {who}", sentence(bars, who), "people", "people proposed", "capacity", bars)


def sentence(bars: Sequence[Bar], who: str) -> str:
    """What the bars show: how many people, how much room, who has too many."""
    if not bars:
        return f"There is no {who}."
    people, room = sum(b.value for b in bars), sum(b.limit or 0 for b in bars)
    over = [b.label for b in bars if b.over]
    first = f"{people:,.0f} people for {len(bars)} {who}{'s' if len(bars) != 1 else ''} with room for {room:,.0f}."
    if not over:
        return f"{first} Nobody has more than they have room for."
    return f"{first} {len(over)} {'has' if len(over) == 1 else 'have'} more than they have room for: {', '.join(over)}."


def _bar(w: Mapping[str, Any], name: str) -> Bar:
    return Bar(name, float(w["people"]), float(w["capacity"]), f"{name}: {w['people']} of {w['capacity']}")


def _fullest(bar: Bar) -> tuple[float, str]:
    return (-(bar.value / bar.limit) if bar.limit else -bar.value - 1e6, bar.label)
