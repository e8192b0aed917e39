"""What the newest run found in the data, by what it is about."""

from typing import Any

from carestead.web.find.naming import in_words
from carestead.web.published import Published, Row
from carestead.web.shell.formats import count

KINDS = {
    "contract": "Tables that break their contract",
    "link": "Who is who",
    "record": "Records",
    "code": "Codes",
    "doubt": "Doubtful dates, codes and values",
    "codelist": "Code lists",
    "register": "The register",
    "assign": "Who looks after whom",
    "risk": "The risk model",
    "payment": "Prices and payments",
    "measure": "Measures",
}
"""What a finding is about, by the first word of its code, the more pressing first."""
SEVERITIES = {"error": "error", "warning": "warning", "information": "note"}
MOST = 20
"""Findings of one kind that are shown; the rest are counted."""


def by_kind(found: Published) -> list[dict[str, Any]]:
    """Each kind there is, that with the worst first: title, how many of which severity, how many are not shown."""
    kinds: dict[str, list[Row]] = {}
    for row in found.rows_once("sources/findings"):
        kinds.setdefault(row["code"].partition(".")[0], []).append(row)
    known, worst = list(KINDS), list(SEVERITIES)
    order = sorted(
        kinds, key=lambda k: (worst.index(kinds[k][0]["severity"]), known.index(k) if k in KINDS else len(known), k)
    )
    return [_kind(k, kinds[k]) for k in order]


def in_all(kinds: list[dict[str, Any]]) -> str:
    """`2 errors, 5 warnings, 6 notes`, or nothing."""
    return _counts([row for kind in kinds for row in kind["every"]])


def _kind(kind: str, rows: list[Row]) -> dict[str, Any]:
    return {
        "id": kind,
        "title": KINDS.get(kind) or in_words(kind),
        "counts": _counts(rows),
        "every": rows,
        "shown": rows[:MOST],
        "more": max(0, len(rows) - MOST),
    }


def _counts(rows: list[Row]) -> str:
    of = {s: sum(r["severity"] == s for r in rows) for s in SEVERITIES}
    return ", ".join(count(n, SEVERITIES[s]) for s, n in of.items() if n)
