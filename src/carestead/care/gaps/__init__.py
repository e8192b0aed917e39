"""What must always be so (invariants R1 to R24), each a SELECT that returns whoever or whatever breaks it.

A file `r01_covered.sql` reads the store's rows as contract tables, tables of the record, the small sets in `sets/` and
the limits of `limits.py`. It gives person_id, subject_kind, subject_id, since, until, words: one row a breach. `until`
is null while it is so; a breach that is over, or foreseen, has its end. What each means for the person is in
`reference/care/gaps.yaml`.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from carestead.reference import shared

_HERE = Path(__file__).parent

SETS = ("enrolled", "holding", "away")
"""Sets that several invariants look at, made once a check, in this order."""


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT and the contract tables that its first line names: `-- reads: promise, request`."""

    name: str
    sql: str
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invariant:
    """One of them. `title` says what must be so, `means` what a breach is for the person, `do` what to do about it.

    `severity` is harm (act today) or doubt; `refused_by` names what in the database already refuses the breach.
    """

    id: str
    title: str
    means: str
    do: str
    severity: str
    refused_by: str
    select: Select


@cache
def invariants() -> tuple[Invariant, ...]:
    """All of them, R1 first."""
    said = shared("care", "gaps")["invariants"]
    return tuple(_invariant(path, said) for path in sorted(_HERE.glob("r[0-9]*.sql")))


@cache
def sets() -> tuple[Select, ...]:
    """The sets that invariants look at."""
    return tuple(_select(_HERE / "sets" / f"{name}.sql") for name in SETS)


def _invariant(path: Path, said: dict[str, dict[str, str]]) -> Invariant:
    id = f"R{int(path.stem[1:3])}"
    words = said[id]
    return Invariant(
        id, words["title"], words["means"], words["do"], words["severity"], words.get("refused_by", ""), _select(path)
    )


def _select(path: Path) -> Select:
    sql = path.read_text(encoding="utf-8")
    named = re.match(r"-- reads: (.+)\n", sql)
    if not named:
        raise TypeError(f"{path.name} must begin with the line '-- reads: table, table'.")
    return Select(path.stem, sql, tuple(name.strip() for name in named[1].split(",")))
