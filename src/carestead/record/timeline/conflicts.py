"""Where sources disagree about one person. Shown side by side with each one's words and date; never resolved here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from carestead.record.timeline.entries import Row, Rows

RECENT = timedelta(days=90)
"""How long after a discharge its medicines are held against the practice's list."""

_ENDED = {"stopped", "completed", "cancelled", "inactive", "resolved", "refuted", "entered-in-error", "ended"}


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's words; `words` is `not recorded` where it is silent, and then `date` is None."""

    source_id: int
    source: str
    words: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A matter on which sources differ. `kind`: allergy, medicine-started, medicine-stopped, medicine-dose, or
    birth-date, sex, death, address."""

    kind: str
    about: str
    sides: tuple[Statement, ...]


def conflicts(rows: Rows, sources: Mapping[int, str], as_of: date) -> list[Conflict]:
    """All conflicts of one person, allergies first.

    `rows` as for `timeline`, and `patient`. Allergies: one source that records allergies has it and another that
    records allergies or medicines for this person has not. Medicines: those of the latest discharge of the last 90
    days against the practice's repeats current on `as_of`, matched by code, else by BNF chemical substance (the first
    nine characters), else by name. Demographics: any two sources that give different words.
    """
    say = _Speaker(sources)
    return [*_allergies(rows, say), *_medicines(rows, say, as_of), *_demographics(rows.get("patient", ()), say)]


@dataclass(frozen=True, slots=True)
class _Speaker:
    sources: Mapping[int, str]

    def __call__(self, source_id: int, words: str, day: date | None = None) -> Statement:
        return Statement(source_id, self.sources.get(source_id, f"source {source_id}"), words, day)


def _allergies(rows: Rows, say: _Speaker) -> list[Conflict]:
    allergies = [r for r in rows.get("event", ()) if r["kind"] == "allergy"]
    watching = {r["source_id"] for r in allergies} | {r["source_id"] for r in rows.get("medication", ())}
    found = []
    for rs in _grouped(allergies, _code).values():
        latest = _latest(rs, "recorded_date", "date")
        silent = sorted(watching - set(latest))
        told = [say(s, _allergy_words(r), r.get("recorded_date") or r.get("date")) for s, r in sorted(latest.items())]
        if silent or len({_over(r) for r in latest.values()}) > 1:
            sides = (*told, *(say(s, "not recorded") for s in silent))
            found.append(Conflict("allergy", _name(rs[0]), sides))
    return sorted(found, key=lambda c: c.about)


def _allergy_words(row: Row) -> str:
    return f"{_name(row)} ({row['status']})" if row.get("status") else _name(row)


def _medicines(rows: Rows, say: _Speaker, as_of: date) -> list[Conflict]:
    medicines = list(rows.get("medication", ()))
    discharge = _last_discharge(medicines, as_of)
    gp = [r for r in medicines if r.get("setting") == "gp"]
    if not discharge or not gp:
        return []
    day, hospital = discharge[0]["date"], discharge[0]["source_id"]
    repeats = [r for r in gp if r.get("is_repeat") and _current(r, as_of)]
    practice = (repeats or gp)[0]["source_id"]
    found, met = [], set()
    for theirs in discharge:
        ours = next((i for i, r in enumerate(repeats) if i not in met and _same_medicine(r, theirs)), None)
        if ours is None:
            if not _over(theirs):
                found.append(_pair("medicine-started", theirs, say(practice, "not on the repeat list"), say))
            continue
        met.add(ours)
        if _over(theirs):
            found.append(_two("medicine-stopped", theirs, repeats[ours], say))
        elif _dose_differs(theirs, repeats[ours]):
            found.append(_two("medicine-dose", theirs, repeats[ours], say))
    for i, r in enumerate(repeats):
        if i not in met and not any(_same_medicine(r, d) for d in discharge) and (r.get("date") or day) <= day:
            found.append(_pair("medicine-stopped", r, say(hospital, "not on the discharge list", day), say))
    return sorted(found, key=lambda c: (c.kind, c.about))


def _pair(kind: str, row: Row, other: Statement, say: _Speaker) -> Conflict:
    return Conflict(kind, _name(row), (say(row["source_id"], _medicine_words(row), row.get("date")), other))


def _two(kind: str, theirs: Row, ours: Row, say: _Speaker) -> Conflict:
    return _pair(kind, theirs, say(ours["source_id"], _medicine_words(ours), ours.get("date")), say)


def _last_discharge(medicines: list[Row], as_of: date) -> list[Row]:
    """The newest discharge list, each medicine once."""
    rows = [r for r in medicines if r.get("setting") == "hospital-discharge" and r.get("date")]
    rows = [r for r in rows if as_of - RECENT <= r["date"] <= as_of]
    if not rows:
        return []
    last = max(rows, key=lambda r: (r["date"], -r["source_id"]))
    listed = [r for r in rows if (r["date"], r["source_id"]) == (last["date"], last["source_id"])]
    return [rs[0] for rs in _grouped(listed, lambda r: (*_code(r), _dose(r))).values()]


def _current(row: Row, as_of: date) -> bool:
    started = row.get("date") is None or row["date"] <= as_of
    return started and not _over(row) and (row.get("end_date") is None or row["end_date"] >= as_of)


def _over(row: Row) -> bool:
    return (row.get("status") or "").lower() in _ENDED


def _same_medicine(a: Row, b: Row) -> bool:
    """By code, else by BNF chemical substance (characters 1 to 9), else by name."""
    bnf = [(r.get("bnf_code") or "")[:9] for r in (a, b)]
    return _code(a) == _code(b) or (len(bnf[0]) == 9 and bnf[0] == bnf[1]) or _name(a).lower() == _name(b).lower()


def _dose(row: Row) -> str:
    return " ".join((row.get("dose") or "").lower().split())


def _dose_differs(a: Row, b: Row) -> bool:
    """Other words for the dose, or another strength: characters 14 and 15 of a BNF code."""
    strengths = {(r.get("bnf_code") or "")[13:15] for r in (a, b)} - {""}
    doses = {_dose(r) for r in (a, b)} - {""}
    return len(doses) > 1 or len(strengths) > 1


def _medicine_words(row: Row) -> str:
    return ", ".join(str(p) for p in (_name(row), row.get("dose"), row.get("status")) if p)


def _demographics(patients: Iterable[Row], say: _Speaker) -> list[Conflict]:
    rows = sorted(patients, key=lambda r: (r["source_id"], r["file_id"], r.get("source_row") or 0))
    facts = {
        "birth-date": ("date of birth", lambda r: _day(r.get("birth_date"))),
        "sex": ("sex", lambda r: None if r.get("sex") == "unknown" else r.get("sex")),
        "death": ("death", lambda r: _day(r.get("death_date"))),
        "address": ("address", _address),
    }
    found = []
    for kind, (about, word) in facts.items():
        words = {r["source_id"]: word(r) for r in rows if word(r)}
        heard = {_plain(w) for w in words.values()}
        silent = [s for s in dict.fromkeys(r["source_id"] for r in rows) if s not in words]
        if len(heard) > 1 or (kind == "death" and words and silent):
            sides = [say(s, w) for s, w in words.items()]
            if kind == "death":
                sides += [say(s, "not recorded") for s in silent]
            found.append(Conflict(kind, about, tuple(sides)))
    return found


def _address(row: Row) -> str | None:
    return ", ".join(p for p in (row.get("address"), row.get("postcode")) if p) or None


def _plain(words: str) -> str:
    return "".join(c for c in words.lower() if c.isalnum())


def _day(value: date | None) -> str | None:
    return f"{value:%d %b %Y}" if value else None


def _code(row: Row) -> tuple[Any, Any]:
    return row.get("system"), row.get("code")


def _name(row: Row) -> str:
    return row.get("display") or row.get("code") or "no code"


def _grouped(rows: Iterable[Row], key: Any) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _latest(rows: Iterable[Row], *dates: str) -> dict[int, Row]:
    """Each source's newest row."""
    latest: dict[int, Row] = {}
    for row in sorted(rows, key=lambda r: tuple(r.get(d) or date.min for d in dates)):
        latest[row["source_id"]] = row
    return latest
