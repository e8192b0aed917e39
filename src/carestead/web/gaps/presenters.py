"""What the pages of gaps show."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from carestead import gaps
from carestead.care.gaps import Invariant, invariants
from carestead.core.area import Area
from carestead.core.chart import Spark
from carestead.outputs import svg
from carestead.reference import shared
from carestead.store.actor import Actor
from carestead.store.care.models import GapCount
from carestead.web.find.people import names, register
from carestead.web.published import Published
from carestead.web.shell.formats import count, day

SHOWN = 200
"""Breaches on one page; whoever has more of one kind mends the cause, not each by itself."""

TREND = 30
"""Checks that a trend shows."""

OLD = timedelta(hours=36)
"""A check older than this was missed: there is one every night."""

SMALL = 5

Point = tuple[datetime, int]


def every(area: Area, now: datetime, *, planning: bool) -> dict[str, Any]:
    """All invariants, the broken ones first; `planning` sees no small numbers, and no trend that would tell them."""
    checked = gaps.newest(area)
    if checked is None:
        return {"checked": None}
    trends = {} if planning else _trends()
    rows = [_row(i, checked, trends.get(i.id, [])) for i in invariants()]
    return {
        **_when(checked, now),
        "broken": sorted((r for r in rows if r["now"]), key=lambda r: r["severity"] != "harm"),
        "whole": [r for r in rows if not r["now"]],
        "hide_below": SMALL if planning else 0,
        "planning": planning,
        "looked_at": _looked_at(checked),
        "look_back_days": shared("care", "gaps")["limits"]["look_back_days"],
    }


def one(found: Published, actor: Actor, invariant: Invariant, now: datetime) -> dict[str, Any]:
    """One invariant: its words, its trend, and the breaches that the actor may see."""
    checked = gaps.newest(found.snapshot.area)
    if checked is None:
        return {"checked": None, "invariant": invariant, "rows": []}
    may_see = {k.person_id for k in register(found, actor)}
    every_one = checked.offenders(invariant.id)
    seen = [r for r in every_one if r["person_id"] is None or r["person_id"] in may_see]
    shown = seen[:SHOWN]
    named = names(found, {r["person_id"] for r in shown if r["person_id"] is not None})
    points = _trends(invariant.id).get(invariant.id, [])
    return {
        **_when(checked, now),
        "invariant": invariant,
        "count": checked.count(invariant.id),
        "rows": [_breach(found, r, named) for r in shown],
        "more": len(seen) - len(shown),
        "unseen": len(every_one) - len(seen),
        "points": points[::-1],
        "spark": _spark(invariant, points),
        "looked_at": _looked_at(checked, invariant.select.reads),
    }


def _when(checked: gaps.Checked, now: datetime) -> dict[str, Any]:
    age = now - checked.checked_at
    return {"checked": checked, "ago": _ago(age), "old": age > OLD}


def _ago(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 1:
        return "less than a minute ago"
    if minutes < 90:
        return f"{count(minutes, 'minute')} ago"
    hours = round(minutes / 60)
    return f"{count(hours, 'hour')} ago" if hours < 48 else f"{count(hours // 24, 'day')} ago"


def _row(invariant: Invariant, checked: gaps.Checked, points: list[Point]) -> dict[str, Any]:
    n = checked.count(invariant.id)
    return {
        "id": invariant.id, "title": invariant.title, "means": invariant.means, "do": invariant.do,
        "severity": invariant.severity, "now": n.now, "over": n.over, "spark": _spark(invariant, points),
    }  # fmt: skip


def _breach(found: Published, row: dict[str, Any], named: dict[int, dict[str, Any]]) -> dict[str, Any]:
    since, until = (value.replace(tzinfo=UTC) if value else None for value in (row["since"], row["until"]))
    called = _called(found, row)
    words = str(row["words"]).replace(str(row["subject_id"]), called) if called else row["words"]
    if row["person_id"] is not None:
        called = named.get(row["person_id"], {}).get("name") or "Name not known"
    return {
        "person_id": row["person_id"], "name": called or "Nobody in particular", "words": words, "since": since,
        "until": until, "so_now": row["so_now"],
    }  # fmt: skip


def _called(found: Published, row: dict[str, Any]) -> str:
    """What the holder or the group is called whose code a breach has; empty where it is about something else."""
    code = str(row["subject_id"])
    if row["subject_kind"] == "desk":
        return found.organisation_name(code)
    return found.practitioner_name(code) if row["subject_kind"] == "holder" else ""


def _trends(only: str = "") -> dict[str, list[Point]]:
    """The newest checks of each invariant, the oldest first."""
    rows = GapCount.objects.filter(invariant=only) if only else GapCount.objects.all()
    last = list(rows.order_by("-checked_at").values_list("checked_at", flat=True).distinct()[:TREND])
    found: dict[str, list[Point]] = defaultdict(list)
    for id, at, n in (
        rows.filter(checked_at__in=last).order_by("checked_at").values_list("invariant", "checked_at", "offenders")
    ):
        found[id].append((at, n))
    return found


def _spark(invariant: Invariant, points: list[Point]) -> str:
    """The trend as a small picture; none for a single check."""
    if len(points) < 2:
        return ""
    (first, before), (_, now) = points[0], points[-1]
    said = f"{invariant.id}: {before:,} on {day(first)}, {now:,} at the newest of {len(points)} checks"
    return svg.spark(Spark(f"Trend of {invariant.id}", said, tuple(n for _, n in points)), f"trend-{invariant.id}")


def _looked_at(checked: gaps.Checked, only: tuple[str, ...] = ()) -> list[tuple[str, int]]:
    """What was looked through: kinds of row, in words, and how many."""
    kinds = sorted(checked.looked_at.items())
    return [(_KINDS.get(name, name.replace("_", " ")), n) for name, n in kinds if not only or name in only]


_KINDS = {
    "absence": "absences", "alarm": "alarms", "break_glass": "emergency openings", "care_event": "acts in the log",
    "departure": "people who left", "desk_shift": "shifts of the duty desk", "disclosure": "parts of plans shown",
    "enrolment_period": "enrolments", "hand_over": "offers of a hand-over", "ledger_entry": "entries of the ledger",
    "lesson": "lessons", "load_agreement": "agreements to hold more people", "meeting": "meetings",
    "meeting_item": "people on agendas", "notice": "notices and letters", "person": "people", "plan": "plans",
    "practice": "practices", "promise": "promises", "replay": "rows held against the log", "request": "requests",
    "share_choice": "choices of what is shared", "shared_role": "exceptions for single-handed practices",
    "stay": "stays in hospital", "workload": "holders' room",
}  # fmt: skip
