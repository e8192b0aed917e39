"""What the load page shows: holders against their capacity, and what could not be met."""

from collections import Counter
from typing import Any

from carestead.measure import load as load_chart
from carestead.outputs import svg
from carestead.store.assign.models import Responsibility
from carestead.web.published import Published

ROLES = (("gp", "named-gp", "Named GPs"), ("care-coordinator", "coordinator", "Care coordinators"))


def load(found: Published) -> dict[str, Any]:
    """One group a role: picture, sentence and table; then the findings with what would mend them."""
    now = _now()
    names = {code: found.practitioner_name(code) for code in {w["practitioner_code"] for w in found.workload}}
    groups = []
    for role, store_role, title in ROLES:
        chart = load_chart.chart(found.workload, role, names)
        groups.append(
            {
                "role": role,
                "title": title,
                "sentence": chart.sentence,
                "svg": svg.bars(chart, f"load-{role}") if chart.bars else "",
                "rows": [_row(found, w, now, store_role) for w in found.workload if w["role"] == role],
            }
        )
    return {"groups": groups, "findings": found.rows("assign/findings")}


def rows(found: Published) -> list[list[Any]]:
    """The tables as rows, for CSV."""
    return [
        [role, r["code"], r["name"], r["where"], r["capacity"], r["people"], r["now"], r["room"]]
        for role, group in zip((r[0] for r in ROLES), load(found)["groups"], strict=True)
        for r in group["rows"]
    ]


def _row(found: Published, w: dict[str, Any], now: Counter[tuple[str, str]], role: str) -> dict[str, Any]:
    code = w["practitioner_code"]
    return {
        "code": code,
        "name": found.practitioner_name(code),
        "where": found.organisation_name(w["organisation_code"]),
        "capacity": w["capacity"],
        "people": w["people"],
        "now": now[role, code],
        "room": w["capacity"] - w["people"],
    }


def _now() -> Counter[tuple[str, str]]:
    """How many people each holder is responsible for at this moment, by (role, practitioner)."""
    held = Responsibility.objects.filter(end__isnull=True).values_list("role", "practitioner_code")
    return Counter(held)
