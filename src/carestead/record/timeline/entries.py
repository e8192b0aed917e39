"""The merged timeline: equal statements of several sources fold into one entry that names them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = Mapping[str, Any]
Rows = Mapping[str, Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it, and when it was written down (None when the source does not tell)."""

    source_id: int
    source: str
    recorded: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the timeline. `sources` are all who said it, each once; `folded` how many rows it stands for.

    `table` and `rows` (file_id, source_row) lead back to what was sent.
    """

    date: date | None
    kind: str
    title: str
    detail: str
    sources: tuple[Said, ...]
    folded: int
    table: str
    rows: tuple[tuple[int, int | None], ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a table's rows are read: date, kind, title, detail, and what makes two rows the same statement."""

    date: str
    kind: Callable[[Row], str]
    title: Callable[[Row], str]
    detail: Callable[[Row], str]
    same: tuple[str, ...]


def _text(*columns: str, joint: str = ", ") -> Callable[[Row], str]:
    return lambda row: joint.join(_word(row[c]) for c in columns if row.get(c) not in (None, ""))


def _word(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).replace("-", " ") if _is_word(value) else str(value)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and value.replace("-", "").isalpha() and value.islower()


def _coded(row: Row) -> str:
    return row.get("display") or row.get("code") or "no code"


def _measured(row: Row) -> str:
    value = _text("value", "unit", joint=" ")(row) if row.get("value") is not None else ""
    return ", ".join(p for p in (value, _text("value_text", "status")(row)) if p)


def _until(row: Row) -> str:
    end = row.get("end_date")
    return f"until {end:%d %b %Y}" if end and end != row.get("start_date") else ""


def _joined(*parts: Callable[[Row], str]) -> Callable[[Row], str]:
    return lambda row: ", ".join(text for part in parts if (text := part(row)))


def _named(name: str) -> Callable[[Row], str]:
    return lambda row: name


_CODE = ("system", "code")

_SHAPES = {
    "event": _Shape("date", lambda r: r["kind"], _coded, _measured, ("kind", *_CODE, "value", "unit", "value_text")),
    "medication": _Shape("date", _named("medicine"), _coded, _text("dose", "status", "setting"), _CODE),
    "encounter": _Shape(
        "start_date",
        lambda r: r["kind"],
        lambda r: _word(r["kind"]).capitalize() + (f": {r['display']}" if r.get("display") else ""),
        _joined(_text("method", "organisation_code", "specialty"), _until),
        ("kind", "organisation_code", "end_date"),
    ),
    "diagnosis": _Shape("date", _named("diagnosis"), _coded, _named(""), _CODE),
    "procedure": _Shape("date", _named("procedure"), _coded, _named(""), _CODE),
    "referral": _Shape(
        "date",
        _named("referral"),
        lambda r: f"Referral: {r.get('service') or _coded(r)}",
        _text("priority", "status", "to_organisation_code"),
        ("service", "to_organisation_code", *_CODE),
    ),
    "care_package": _Shape(
        "start_date",
        _named("care-package"),
        lambda r: _word(r["kind"]).capitalize(),
        _joined(
            lambda r: f"{r['hours_per_week']:g} hours a week" if r.get("hours_per_week") else "",
            _text("provider_code"),
            _until,
        ),
        ("kind", "provider_code", "end_date", "hours_per_week"),
    ),
    "document": _Shape(
        "date",
        _named("document"),
        lambda r: r.get("title") or _coded(r),
        _text("status", "author_organisation_code"),
        ("title", *_CODE, "author_organisation_code"),
    ),
}


def timeline(rows: Rows, sources: Mapping[int, str]) -> list[Entry]:
    """Entries of one person, newest first, those without a date last.

    `rows` maps table names (event, medication, encounter, diagnosis, procedure, referral, care_package, document) to
    published rows with their code joined as system, code, display (see `queries`); `sources` maps source_id to a name
    for people. Rows of the same table, day and statement are one entry, whoever sent them.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for table, shape in _SHAPES.items():
        for row in rows.get(table, ()):
            groups.setdefault((table, row.get(shape.date), *(row.get(c) for c in shape.same)), []).append(row)
    entries = [_entry(key[0], _SHAPES[key[0]], group, sources) for key, group in groups.items()]
    return sorted(entries, key=lambda e: (-(e.date or date.min).toordinal(), e.kind, e.title, e.detail, e.rows))


def _entry(table: str, shape: _Shape, group: list[Row], sources: Mapping[int, str]) -> Entry:
    group = sorted(group, key=_place)
    details = dict.fromkeys(d for row in group if (d := shape.detail(row)))
    said: dict[int, Said] = {}
    for row in group:
        number = row["source_id"]
        said.setdefault(number, Said(number, sources.get(number, f"source {number}"), row.get("recorded_date")))
    return Entry(
        date=group[0].get(shape.date),
        kind=shape.kind(group[0]),
        title=shape.title(group[0]),
        detail="; ".join(details),
        sources=tuple(said.values()),
        folded=len(group),
        table=table,
        rows=tuple((row["file_id"], row.get("source_row")) for row in group),
    )


def _place(row: Row) -> tuple[int, int, int]:
    return row["source_id"], row["file_id"], row.get("source_row") or 0
