"""What the load page shows: holders against their capacity, and what could not be met."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from carestead.measure import load as load_chart
from carestead.outputs import svg
from carestead.reference import load as reference
from carestead.store.assign.models import Responsibility
from carestead.web.published import Published

MINUTES = reference("assign", "capacity")["minutes_per_session"]
"""Minutes of a session that are kept for people on the register, by role."""

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
                "weighted": _weighted([w for w in found.workload if w["role"] == role]),
                "proof": _proof(found, role),
                "rows": [_row(found, w, now, store_role) for w in found.workload if w["role"] == role],
            }
        )
    return {"groups": groups, "findings": found.rows("assign/findings"), "buddies": _buddies(found)}


def rows(found: Published) -> list[list[Any]]:
    """The tables as rows, for CSV."""
    return [
        [
            role,
            r["code"],
            r["name"],
            r["where"],
            r["capacity"],
            r["people"],
            r["now"],
            r["room"],
            r["sessions"],
            r["minutes"],
            r["left"],
            r["free"],
        ]
        for role, group in zip((r[0] for r in ROLES), load(found)["groups"], strict=True)
        for r in group["rows"]
    ]


def _row(found: Published, w: dict[str, Any], now: Counter[tuple[str, str]], role: str) -> dict[str, Any]:
    code, minutes, room = w["practitioner_code"], w.get("minutes"), w.get("room")
    left = None if room is None or minutes is None else room - minutes
    return {
        "code": code,
        "name": found.practitioner_name(code),
        "where": found.organisation_name(w["organisation_code"]),
        "capacity": w["capacity"],
        "people": w["people"],
        "now": now[role, code],
        "room": w["capacity"] - w["people"],
        "sessions": "not known" if w.get("sessions") is None else f"{w['sessions']:g}",
        "minutes": minutes,
        "left": left,
        "work": "not known" if left is None else f"{minutes:,} of {room:,}",
        "free": "not known" if left is None else f"{left / MINUTES[w['role']]:.1f}",
    }


def _weighted(rows: Sequence[dict[str, Any]]) -> str:
    """How much work the people proposed are, against the time there is for it."""
    if not rows or any(w.get("room") is None for w in rows):
        return ""
    minutes, room = sum(w["minutes"] for w in rows), sum(w["room"] for w in rows)
    fullest = max((w for w in rows if w["room"]), key=lambda w: w["minutes"] / w["room"], default=None)
    most = f"; the fullest has {fullest['minutes'] / fullest['room']:.0%} of theirs" if fullest else ""
    return (
        f"By what each person needs they are {minutes:,} minutes a week of the {room:,} that are kept for them{most}."
    )


def _proof(found: Published, role: str) -> str:
    """Whether it is proven that no other placement costs less."""
    solved = next((s for s in found.rows("assign/solutions") if s["role"] == role), None)
    if solved is None:
        return ""
    if solved["proven"]:
        return "It is proven that no other placement is better by the rules."
    if solved["cost"] == solved["bound"]:
        return "It is not proven that no other placement is better by the rules."
    less = (solved["cost"] - solved["bound"]) / solved["cost"]
    return f"Another placement could cost up to {less:.2%} less by the rules."


def _buddies(found: Published) -> list[dict[str, Any]]:
    """Who would cover the practices that have one GP."""
    return [
        {
            "name": found.organisation_name(b["practice_code"]),
            "gp": found.practitioner_name(b["practitioner_code"]),
            "people": b["people"],
            "buddy": found.organisation_name(b["buddy_code"]) if b["buddy_code"] else "nobody",
            "reason": b["reason"],
        }
        for b in found.rows("assign/buddies")
    ]


def _now() -> Counter[tuple[str, str]]:
    """How many people each holder is responsible for at this moment, by (role, practitioner)."""
    held = Responsibility.objects.filter(end__isnull=True).values_list("role", "practitioner_code")
    return Counter(held)
