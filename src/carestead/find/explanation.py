"""A score explained: the rows behind it, what each adds, and the rule, in lines for a terminal or a page."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from carestead.find.naming import item_name
from carestead.reference import load

Row = Mapping[str, Any]


def explain(score: str, scored: Row | None, evidence: Sequence[Row]) -> list[str]:
    """Lines that say how a person's `score` came about.

    `scored` is the person's row of table score, None when there is none: nought, or what the score's file says
    (`without_a_row`). `evidence` are the person's rows of table evidence for that score, each with `code` and `display`
    of table code and `source`, the name of its source (each may be None). Raises UsageError when there is no such
    score.
    """
    facts = load("scores", score)
    value, band = (scored["value"], scored["band"]) if scored else (0.0, None)
    return [
        f"{facts['title']}: {_said(value, band, facts) if scored else _without(facts)}",
        *([f"Bands: {_bands(facts['bands'])}"] if facts.get("bands") else []),
        f"Source: {facts['source']}",
        *_items(score, evidence),
        *_sum(value, evidence),
    ]


def _said(value: float, band: str | None, facts: Mapping[str, Any]) -> str:
    return f"{_number(value)} {facts['unit']}{f', {band}' if band else ''}"


def _without(facts: Mapping[str, Any]) -> str:
    """What it means to have no row: nought, where the reference file says nothing else."""
    return facts.get("without_a_row") or _said(0.0, None, facts)


def _items(score: str, evidence: Sequence[Row]) -> Iterator[str]:
    """Each item with its points, dearest first, and under it every row that shows it, oldest first."""
    if not evidence:
        yield "Nothing in the record counts towards it."
    by_item = groupby(sorted(evidence, key=lambda r: r["item"]), key=lambda r: r["item"])
    items = [(item, list(rows)) for item, rows in by_item]
    for item, rows in sorted(items, key=lambda i: (-_points(i[1]), i[0])):
        points = _points(rows)
        yield f"{_number(float(points)):>5}  {item_name(score, item)}"
        again = "counted already" if points else "adds nothing"
        yield from (f"         {_row(r)}{'' if r['points'] else f'  ({again})'}" for r in sorted(rows, key=_when))


def _when(row: Row) -> tuple[Any, ...]:
    return -row["points"], row["date"] is None, row["date"] or date.min, row.get("code") or ""


def _row(row: Row) -> str:
    if not (row.get("code") or row["date"] or row.get("last_date")):  # a count, an age, a total raised
        return f"{row['value']:g}" if row.get("value") is not None else "by the rule of the score"
    what = " ".join(str(part) for part in (row.get("code"), row.get("display")) if part)
    measured = f" = {row['value']:g}" if row.get("value") is not None else ""
    return f"{_day(row)}  {what}{measured}  [{_place(row)}]"


def _day(row: Row) -> str:
    if row["date"]:
        return f"{row['date']:%Y-%m-%d}"
    return f"until {row['last_date']:%Y-%m-%d}" if row.get("last_date") else "undated"


def _place(row: Row) -> str:
    record = f", record {row['source_row']}" if row.get("source_row") is not None else ""
    return f"{row.get('source') or 'source not known'}{record}"


def _sum(value: float, evidence: Sequence[Row]) -> Iterator[str]:
    total = _points(evidence)
    if total != _exact(value):
        yield f"The rows add up to {_number(float(total))}, not {_number(value)}. Run again: carestead run"


def _points(rows: Sequence[Row]) -> Fraction:
    return sum((_exact(r["points"]) for r in rows), Fraction(0))


def _exact(value: float) -> Fraction:
    """The decimal number that was meant (7.1, 0.333333), so that sums are exact."""
    return Fraction(repr(float(value)))


def _bands(bands: Sequence[Mapping[str, Any]]) -> str:
    return (
        ", ".join(
            f"{b['name']} below {b['below']}"
            if "below" in b
            else f"{b['name']} to {b['up_to']}"
            if "up_to" in b
            else b["name"]
            for b in bands
        )
        + " above"
    )


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
