"""The rows behind one score of one person, in words."""

from math import exp
from typing import Any

from carestead import find
from carestead.web.find.naming import in_words, is_for_evaluation, score_facts, score_name
from carestead.web.published import Published, Row
from carestead.web.shell.formats import number, short_day

ORIGINS = {
    "contact_count": "Counted by carestead from appointments",
    "encounter": "Counted by carestead from contacts and stays",
    "feature": "Counted by carestead over the last year",
    "person": "Worked out from the person's own facts",
    "prescribed": "Counted by carestead from prescriptions",
    "risk_feature": "Counted by carestead from the record",
}
"""Where what has no record of its own is from, by contract table."""
UNCODED = {"encounter": "A stay or contact", "procedure": "A procedure", "diagnosis": "A diagnosis"}
"""What a record without a code is, by contract table."""


def evidence(found: Published, person_id: int, score: str) -> dict[str, Any]:
    """The context of the page: the score, its rows, what it is and where it was published."""
    facts = score_facts(score)
    value = next((s for s in found.rows("record/scores", person_id=person_id) if s["score"] == score), None)
    return {
        "rows": [_row(found, score, r) for r in found.rows("record/evidence", person_id=person_id, score=score)],
        "score": {**value, "said": in_unit(value), "unit": unit(score)} if value else None,
        "name": score_name(score),
        "about": f"Published by {facts['source']}" if facts.get("source") else "",
        "evaluation": is_for_evaluation(score),
    }


def _row(found: Published, score: str, row: Row) -> dict[str, Any]:
    item, origin = row["item"], row["origin"] or ""
    named = found.practitioner_name(item) if origin == "contact_count" else item_name(score, item)
    said = row["what"] or (UNCODED.get(origin, "") if row["source"] else "")
    where = row["source"] or ORIGINS.get(origin, "Worked out by carestead")
    return {**row, "item": named, "said": said, "measured": measured(row), "when": when(row), "where": where}


def measured(row: Row) -> str:
    """`108 g/L`, `7, counted` where no source says it; nothing where no value is the reason."""
    if row["value"] is None:
        return ""
    unit = (row["unit"] or "").replace("mm[Hg]", "mmHg")
    counted = row["source"] is None and row["origin"] != "person"
    return f"{row['value']:g}, counted" if counted else f"{row['value']:g} {unit}".strip()


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
    parts = (part for part in score_facts(score).values() if isinstance(part, dict))
    named = next((part[item] for part in parts if isinstance(part.get(item), str)), None)
    named = named or find.item_name(score, item)
    return in_words(item) if named == item and item.islower() else named


def in_unit(score: Row) -> str:
    """A score's value for people: `14 of 36 deficits`; a log-odds as the chance it stands for."""
    if "log-odds" in unit(score["score"]):
        return f"{1 / (1 + exp(-score['value'] / 1000)):.0%}"
    return f"{score['value']:g} {unit(score['score'])}".strip()


def unit(score: str) -> str:
    """The unit of a score's value, by its reference file."""
    return str(score_facts(score).get("unit") or "")
