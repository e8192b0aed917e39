"""One person's record as the record room tells it: merged entries, and where sources do not agree."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from carestead.record.timeline import QUERIES, Conflict, Entry, Statement, conflicts, query, timeline
from carestead.web.published import Published, Row

KINDS = {
    "allergy": "Allergy",
    "medicine-started": "Medicine started in hospital",
    "medicine-stopped": "Medicine stopped or not on the discharge list",
    "medicine-dose": "Dose of a medicine",
    "birth-date": "Date of birth",
    "nhs-number": "NHS number",
    "sex": "Sex",
    "death": "Death",
    "address": "Address",
}
"""What sources may differ on, in words."""

_WORDS = {"gp": "from the practice", "hospital discharge": "on discharge"}
PER_PAGE = 50
"""Entries shown at once."""


@dataclass(frozen=True)
class Told:
    """What all sources say of one person: rows by contract table, names of sources by number."""

    rows: dict[str, list[Row]]
    sources: dict[int, str]
    as_of: date

    def entries(self) -> list[Entry]:
        """The merged timeline, newest first."""
        return [e for e in timeline(self.rows, self.sources) if e.date is None or e.date <= self.as_of]

    def conflicts(self) -> list[Conflict]:
        """Where sources do not agree, the most dangerous first."""
        return [*conflicts(self.rows, self.sources, self.as_of), *self._numbers()]

    def _numbers(self) -> list[Conflict]:
        said = {(r["source_id"], r["nhs_number"]) for r in self.rows["patient"] if r.get("nhs_number")}
        if len({number for _, number in said}) < 2:
            return []
        sides = tuple(Statement(s, self.sources.get(s, ""), number, None) for s, number in sorted(said))
        return [Conflict("nhs-number", "NHS number", sides)]


def told(found: Published, person_id: int) -> Told:
    """Read it: only this person's bucket is opened."""
    rows = {name: found.snapshot.rows(query(name), tables, person_id) for name, tables in QUERIES.items()}
    return Told(rows, {s["source_id"]: s["title"] for s in found.sources}, found.as_of)


def timeline_page(found: Published, story: Told, kind: str, source: str, page: int = 1) -> dict[str, Any]:
    """One page of the entries of the chosen kind and source, and what there is to choose from."""
    entries = story.entries()
    chosen = [e for e in entries if kind in ("", e.kind) and (not source or source in [s.source for s in e.sources])]
    return {
        "items": [_item(found, e) for e in chosen[(page - 1) * PER_PAGE : page * PER_PAGE]],
        "page": page,
        "last": max(1, -(-len(chosen) // PER_PAGE)),
        "total": len(entries),
        "count": len(chosen),
        "kinds": [(k, _plain(k)) for k in sorted({e.kind for e in entries})],
        "said_by": sorted({s.source for e in entries for s in e.sources}),
        "kind": kind,
        "source": source,
    }


def _item(found: Published, entry: Entry) -> dict[str, Any]:
    # The room gives organisations by code; people know them by name.
    words = [found.organisations[w]["name"] or w if w in found.organisations else w for w in entry.detail.split(", ")]
    return {
        "date": entry.date,
        "kind": _plain(entry.kind),
        "title": _plain(entry.title) if entry.table == "encounter" else entry.title[:1].upper() + entry.title[1:],
        "detail": ", ".join(_WORDS.get(w, w).replace("mm[Hg]", "mmHg") for w in words),
        "sources": [s.source for s in entry.sources],
        "folded": entry.folded,
    }


def _plain(kind: str) -> str:
    words = kind.replace("-", " ")
    return (words[:1].upper() + words[1:]).replace("Gp ", "GP ")


def conflict_page(story: Told) -> list[dict[str, Any]]:
    """The conflicts as a table: what, about what, and what each source says."""
    return [{"what": KINDS.get(c.kind, _plain(c.kind)), "about": c.about, "sides": c.sides} for c in story.conflicts()]
