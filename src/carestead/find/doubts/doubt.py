"""What is doubtful in the records that scores read: counted in each bucket, told as findings for the area."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from carestead.core.finding import Finding, Severity
from carestead.core.step import DecisionStep, Outcome, SetStep, rows
from carestead.find.items.measurements import unit_table
from carestead.reference import load

KINDS: dict[str, dict[str, str]] = load("find", "doubts")["kinds"]
"""Each kind of doubt: what it means for scores, what to do, how grave."""


def tell(tables: Mapping[str, Any], as_of: date, params: Mapping[str, Any]) -> Outcome:
    """A row for each kind, table, source and code over all buckets; a finding for each kind, table and source."""
    sources = {s["source_id"]: s["title"] or s["name"] for s in rows(tables["source"])}
    totals = _together(rows(tables["doubt"]), "kind", "origin", "source_id", "code_id")
    codes = Counter((t["kind"], t["origin"], t["source_id"]) for t in totals)
    told = _together(totals, "kind", "origin", "source_id")
    findings = [
        _finding(t, sources.get(t["source_id"], "an unknown source"), codes[t["kind"], t["origin"], t["source_id"]])
        for t in told
    ]
    return Outcome({"doubt_total": totals}, findings)


def _together(doubts: Sequence[dict[str, Any]], *by: str) -> list[dict[str, Any]]:
    """Doubts alike in the columns `by` as one, with the records of all and the example that comes first."""
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for doubt in doubts:
        alike[tuple(doubt[name] for name in by)].append(doubt)
    return [
        {**min(same, key=_place), "records": sum(d["records"] for d in same)}
        for _, same in sorted(alike.items(), key=lambda pair: repr(pair[0]))
    ]


def _place(doubt: Mapping[str, Any]) -> tuple[int, int, str]:
    return doubt["file_id"] or 0, doubt["source_row"] or 0, doubt["example"] or ""


def _finding(total: Mapping[str, Any], source: str, codes: int) -> Finding:
    kind, n = KINDS[total["kind"]], total["records"]
    about = f" of {codes:,} codes" if codes > 1 else ""
    return Finding(
        code=f"doubt.{total['kind']}",
        severity=Severity(kind["severity"]),
        where=f"{total['origin']} of {source}",
        what=f"{n:,} record{'' if n == 1 else 's'}{about} {kind['what']}",
        do=f"{kind['do']} The first is record {total['source_row']} of file {total['file_id']}.",
        count=n,
        example=total["example"],
    )


counted = SetStep(
    "doubt",
    Path(__file__).with_suffix(".sql"),
    reads=("event", "diagnosis", "medication", "encounter", "person", "code"),
    gives="doubt",
    references=(unit_table(),),
)
steps = [counted, DecisionStep("doubt_total", tell, reads=("doubt", "source"), gives=("doubt_total",))]
