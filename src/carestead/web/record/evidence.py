"""The rows behind one score of one person, in words."""

from typing import Any

from carestead.web.find.naming import in_words, score_facts, score_name
from carestead.web.published import Published, Row
from carestead.web.shell.formats import number, short_day

ORIGINS = {
    "person": "Worked out from the person's own facts",
    "feature": "Counted by carestead over the last year",
    "encounter": "Counted by carestead from contacts and stays",
    "prescribed": "Counted by carestead from prescriptions",
}
"""Where what has no record of its own is from, by contract table."""
COUNTED = {"feature", "encounter", "prescribed"}


def evidence(found: Published, person_id: int, score: str) -> dict[str, Any]:
    """The context of the page: the score, its rows, what it is and where it was published."""
    facts = score_facts(score)
    value = next((s for s in found.rows("record/scores", person_id=person_id) if s["score"] == score), None)
    return {
        "rows": [_row(score, r) for r in found.rows("record/evidence", person_id=person_id, score=score)],
        "score": {**value, "said": in_unit(value)} if value else None,
        "name": score_name(score),
        "about": f"Published by {facts['source']}" if facts.get("source") else "",
        "evaluation": is_for_evaluation(score),
    }


def _row(score: str, row: Row) -> dict[str, Any]:
    origin = ORIGINS.get(row["origin"] or "", "Worked out by carestead")
    return {
        **row,
        "item": item_name(score, row["item"]),
        "measured": measured(row),
        "when": when(row),
        "origin": origin,
    }


def measured(row: Row) -> str:
    """`108 g/L`, `7, counted`; nothing where no value is the reason."""
    if row["value"] is None:
        return ""
    unit = (row["unit"] or "").replace("mm[Hg]", "mmHg")
    return f"{row['value']:g}, counted" if row["origin"] in COUNTED else f"{row['value']:g} {unit}".strip()


def when(row: Row) -> list[str]:
    """Lines: `03-Mar-2024`, or `first 03-Mar-2024`, `last 01-Jan-2026`, `4 times`; for a count, none."""
    if row["date"] is None:
        return [] if row["what"] is None else ["No date"]
    last, times = row["last_date"], row["times"]
    often = [f"{number(times)} times"] if times > 1 else []
    if last is None or last == row["date"]:
        return [short_day(row["date"]), *often]
    return [f"first {short_day(row['date'])}", f"last {short_day(last)}", *often]


def item_name(score: str, item: str) -> str:
    """What a part of a score is called, by its reference file; a code stands for itself."""
    names = score_facts(score).get("deficits") or {}
    return str(names.get(item) or (in_words(item) if item.islower() else item))


def in_unit(score: Row) -> str:
    """A score's value in its unit: `14 of 36 deficits`, `37%` for a chance."""
    unit = str(score_facts(score["score"]).get("unit") or "")
    if unit.startswith(("probability", "chance")):
        return f"{score['value']:.0%}"
    return f"{score['value']:g} {unit}".strip()


def is_for_evaluation(score: str) -> bool:
    """True for a score that is not to be relied on yet."""
    return "evaluation" in str(score_facts(score).get("use", ""))
