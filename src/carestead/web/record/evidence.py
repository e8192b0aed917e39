"""The rows behind one score of one person, in words."""

import re
from math import exp
from typing import Any

from carestead import find
from carestead.reference import shared
from carestead.web.find.naming import is_for_evaluation, score_facts, score_name
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
CODES = {re.compile(r"[A-Z]\d\d"): "ICD-10 {}", re.compile(r"\d{7}[A-Z0-9]{2}"): "A medicine (BNF {})"}
"""Codes that stand for a part of a score, and what is said of them."""
SHARE = re.compile(r"share (?=of )|probability ")
YES_OR_NO = {"terms": [[0, 1]]}
"""The terms of a feature that is there or not, such as each deficit."""


def evidence(found: Published, person_id: int, score: str) -> dict[str, Any]:
    """The context of the page: the score, its rows, what it is and where it was published."""
    facts = score_facts(score)
    value = next((s for s in found.rows("record/scores", person_id=person_id) if s["score"] == score), None)
    return {
        "rows": [_row(found, score, r) for r in found.rows("record/evidence", person_id=person_id, score=score)],
        "score": {**value, "said": in_unit(value), "total": total(value)} if value else None,
        "name": score_name(score),
        "about": f"Source: {facts['source']}" if facts.get("source") else "",
        "evaluation": is_for_evaluation(score),
    }


def _row(found: Published, score: str, row: Row) -> dict[str, Any]:
    item, origin = row["item"], row["origin"] or ""
    named = found.practitioner_name(item) if origin == "contact_count" else item_name(score, item)
    said = row["what"] or (UNCODED.get(origin, "") if row["source"] else "")
    where = row["source"] or ORIGINS.get(origin, "Worked out by carestead")
    return {**row, "item": named, "said": said, "measured": measured(row), "when": when(row), "where": where}


def measured(row: Row) -> str:
    """`108 g/L`, `2 nights`, `7, counted` where no source says it, `yes`; nothing where no value is the reason."""
    if row["value"] is None:
        return ""
    if row["origin"] == "risk_feature":
        return _of_feature(row["item"], row["value"])
    unit = "nights" if row["origin"] == "encounter" and row["source"] else (row["unit"] or "")
    counted = row["source"] is None and row["origin"] != "person"
    said = _with_unit(row["value"], unit.replace("mm[Hg]", "mmHg"))
    return f"{said}, counted" if counted else said


def _of_feature(feature: str, value: float) -> str:
    """A feature of the risk in its unit; one that is there or not as yes or no."""
    facts = shared("find", "risk")["features"].get(feature, YES_OR_NO)
    if facts["terms"] == YES_OR_NO["terms"]:
        return "yes" if value else "no"
    return _with_unit(value, facts.get("unit") or "")


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
    """What a part of a score is called, by its reference file; a code says of which system it is."""
    parts = (part for part in score_facts(score).values() if isinstance(part, dict))
    named = next((part[item] for part in parts if isinstance(part.get(item), str)), None)
    named = named or find.item_name(score, item)
    return next((said.format(named) for code, said in CODES.items() if code.fullmatch(named)), named)


def in_unit(score: Row) -> str:
    """A score's value for people: `14 of 36 deficits`, `1 point`, `24% of pairs`; a log-odds as its chance."""
    value, name = score["value"], unit(score["score"])
    if "log-odds" in name:
        return f"{1 / (1 + exp(-value / 1000)):.0%}"
    if part := SHARE.match(name):
        return f"{value:.0%} {name[part.end() :]}"
    return _with_unit(value, name)


def total(score: Row) -> str:
    """What the rows add up to, as they are added: a log-odds and a share with what they mean."""
    name = unit(score["score"])
    if "log-odds" in name:
        return f"{score['value']:g} {name}, a risk of {in_unit(score)}"
    return f"{round(score['value'], 3):g}, that is {in_unit(score)}" if SHARE.match(name) else in_unit(score)


def _with_unit(value: float, name: str) -> str:
    one = value == 1 and name.endswith("s") and not name.startswith("of ")
    return f"{round(value, 3):.10g} {name[:-1] if one else name}".strip()


def unit(score: str) -> str:
    """The unit of a score's value, by its reference file."""
    return str(score_facts(score).get("unit") or "")
