"""A made-up neighbourhood, written as its suppliers would send it, with the truth in a folder of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from carestead.core.finding import UsageError
from carestead.synth.facts import Columns
from carestead.synth.frailty import DEFICITS
from carestead.synth.made import Neighbourhood, make
from carestead.synth.supplier import Source
from carestead.synth.write_extracts import iso, write_council, write_csv, write_trust
from carestead.synth.write_hospital import Hospital
from carestead.synth.write_practice import Practice

FEWEST = 50
MOST = 500_000
Progress = Callable[[str, int, int], None]
"""Called as (what, done, of how many) before each part and once at the end."""


@dataclass(frozen=True)
class Summary:
    """What was written: people made, the sources in order, and where the truth is."""

    people: int
    sources: tuple[Source, ...]
    truth: Path

    @property
    def rows(self) -> int:
        """Good records in all sources."""
        return sum(s.rows for s in self.sources)

    @property
    def bytes(self) -> int:
        """Bytes of all source folders."""
        return sum(s.bytes for s in self.sources)


def write_sources(
    con: Any, out: Path, *, people: int, seed: int, as_of: date, progress: Progress | None = None
) -> Summary:
    """Write one folder for each supplier under `out`, and `truth/`. Equal arguments give equal bytes.

    `con` is a DuckDB connection. Raises UsageError when `out` already holds files or `people` is out of range.
    """
    _check(out, people)
    tell = progress or (lambda what, done, total: None)
    tell("people and their lives", 0, 1)
    made = make(seed, people, as_of)
    practices = range(len(made.people.group.codes))
    parts: list[tuple[str, Callable[[], Source]]] = [
        *((f"practice {made.people.group.codes[i]}", Practice(con, out, made, i).write) for i in practices),
        ("hospital", Hospital(con, out, made).write),
        ("community trust", lambda day: write_trust(out, made, "community", day)),
        ("mental-health trust", lambda day: write_trust(out, made, "mental-health", day)),
        ("council", lambda day: write_council(out, made, day)),
    ]
    sources = []
    for done, (what, write) in enumerate(parts):
        tell(what, done, len(parts))
        sources.append(write(as_of))
    _write_truth(out / "truth", made, sources)
    tell("truth", len(parts), len(parts))
    return Summary(people, tuple(sources), out / "truth")


def _check(out: Path, people: int) -> None:
    if not FEWEST <= people <= MOST:
        raise UsageError(
            f"A neighbourhood has {FEWEST} to {MOST:,} people, not {people:,}.",
            "For more people write a lake: carestead synth --lake.",
        )
    if out.exists() and any(not f.name.startswith(".") for f in out.iterdir()):
        raise UsageError(f"{out} is not empty.", "Give a new folder, or empty this one first.")


def _write_truth(folder: Path, made: Neighbourhood, sources: list[Source]) -> None:
    """`people.csv`: person, source, id there. `frailty.csv`: what was drawn for each person."""
    folder.mkdir(parents=True)
    parts = []
    for source in sources:
        rows = np.flatnonzero(np.array([i is not None for i in source.ids]))
        parts.append((rows, np.full(len(rows), source.name, dtype=object), source.ids[rows]))
    person, name, ids = (np.concatenate(c) for c in zip(*parts, strict=True))
    order = np.argsort(person, kind="stable")
    write_csv(folder / "people.csv", {"person": person[order], "source": name[order], "source_person_id": ids[order]})
    write_csv(folder / "frailty.csv", _frailty(made))


def _frailty(made: Neighbourhood) -> Columns:
    p, t = made.people, made.truth
    names = np.array(DEFICITS, dtype=object)
    left = np.minimum(p.death, p.left).astype(np.int64)
    return {
        "person": np.arange(len(p)),
        "nhs_number": t.number,
        "birth_date": iso(p.birth),
        "sex": np.where(p.female, "female", "male"),
        "practice_code": np.array(p.group.codes, dtype=object)[p.practice],
        "end_date": iso(left),
        "latent": np.array([f"{x:.4f}" for x in p.frail.latent], dtype=object),
        "deficits": p.frail.count,
        "which": np.array([";".join(names[h]) for h in p.frail.has], dtype=object),
    }
