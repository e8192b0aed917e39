"""The rows of a code list's file: CSV with a heading, or a SNOMED CT simple reference set (RF2)."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from carestead.core.finding import InputError, UsageError

CODE = ("code",)
GROUP = ("group", "deficit")
DISPLAY = ("term", "display", "description")
SYSTEM = ("system",)
RF2 = ("id", "effectivetime", "active", "moduleid", "refsetid", "referencedcomponentid")
"""Columns of a simple reference set. Source: SNOMED International, Release File Specification, 5.2."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the `line` of the file it ends on, and its texts as they are there."""

    line: int
    code: str
    group: str = ""
    display: str = ""
    system: str = ""


@dataclass(frozen=True)
class Read:
    """The rows of a file that are codes of the list, and how many were left out, by reason; `has_groups` when it has
    a column of groups."""

    rows: list[Row] = field(repr=False)
    has_groups: bool = False
    refset: bool = False
    ignored: Counter[str] = field(default_factory=Counter)


def read(path: Path, *, code: str = "", group: str = "", refset: str = "") -> Read:
    """Read a file of either form, told by its heading; `code` and `group` name columns, `refset` a reference set.

    A column may be a number, counted from 1, in a file without heading. Raises InputError for what cannot be read,
    UsageError when the file has not what was named.
    """
    with _opened(path) as text:
        mark = _delimiter(text)
        quotes = csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
        lines = csv.reader(text, delimiter=mark, quoting=quotes, strict=True)
        numbered = code.isdigit()
        heading = [] if numbered else [h.strip().lower() for h in next(lines, [])]
        if set(RF2) <= set(heading):
            return _refset(path, _cells(path, lines), {name: heading.index(name) for name in RF2}, refset)
        if refset:
            raise UsageError(f"{path.name} is not a reference set: it has no column refsetId.", "Leave --refset out.")
        places = [
            _place(path, heading, code, CODE, "code"), _place(path, heading, group, GROUP, "group"),
            _place(path, heading, "", DISPLAY), _place(path, heading, "", SYSTEM),
        ]  # fmt: skip
        rows = [Row(line, *(_cell(cells, p) for p in places)) for line, cells in _cells(path, lines)]
        return Read(rows, has_groups=places[1] is not None)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield text
    except FileNotFoundError:
        raise InputError(f"There is no {path}.", "Check the path.") from None
    except (PermissionError, IsADirectoryError) as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Name a file you may read.") from error
    except UnicodeDecodeError:
        raise InputError(
            f"{path.name}, line {_not_utf8(path)}, is not UTF-8 text.", "Save it as CSV in UTF-8, and import that."
        ) from None


def _not_utf8(path: Path) -> int:
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def _delimiter(text: IO[str]) -> str:
    """What parts the columns of the first line: tab, comma or semicolon, whichever it has most of."""
    first = text.readline()
    text.seek(0)
    return max("\t,;", key=first.count)


def _cells(path: Path, lines: Any) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that is not blank, of a `csv.reader`."""
    try:
        yield from ((lines.line_num, cells) for cells in lines if any(c.strip() for c in cells))
    except csv.Error as error:
        raise InputError(
            f"{path.name}, line {lines.line_num}: {error}.", "Save it as CSV again: a quotation mark is not closed."
        ) from error


def _place(path: Path, heading: list[str], named: str, usual: Sequence[str], what: str = "") -> int | None:
    """The position of a column: the one named, else the first of the usual ones. A column of codes there must be."""
    if named.isdigit() and not heading:
        return int(named) - 1
    names = [named.lower()] if named else list(usual)
    found = [heading.index(n) for n in names if n in heading]
    if not found and (named or usual is CODE):
        raise InputError(
            f"{path.name} has no column {names[0]}; its columns are: {', '.join(heading) or 'none'}.",
            f"Name the column of each {what} with --{what}-column, or a number when there is no heading.",
        )
    return found[0] if found else None


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _refset(path: Path, cells: Iterator[tuple[int, list[str]]], at: dict[str, int], wanted: str) -> Read:
    """The active members of one reference set. Of several states of a member the newest counts, so that a full
    release is read like a snapshot."""
    newest: dict[str, tuple[str, bool, Row]] = {}
    sets: Counter[str] = Counter()
    for line, row in cells:
        refset, time = _cell(row, at["refsetid"]).strip(), _cell(row, at["effectivetime"])
        sets[refset] += 1
        member = _cell(row, at["id"])
        if refset == (wanted or refset) and time >= newest.get(member, ("",))[0]:
            is_active = _cell(row, at["active"]).strip() == "1"
            newest[member] = (time, is_active, Row(line, _cell(row, at["referencedcomponentid"])))
    _one_refset(path, sets, wanted)
    rows = [row for _, is_active, row in newest.values() if is_active]
    others = sum(n for refset, n in sets.items() if wanted and refset != wanted)
    ignored = {"of another reference set": others, "not active": sets.total() - others - len(rows)}
    return Read(rows, refset=True, ignored=Counter({k: n for k, n in ignored.items() if n}))


def _one_refset(path: Path, sets: Counter[str], wanted: str) -> None:
    there = ", ".join(f"{refset} ({n:,} rows)" for refset, n in sets.most_common(10))
    if wanted and wanted not in sets:
        raise UsageError(f"{path.name} has no reference set {wanted}.", f"It has: {there or 'none'}.")
    if not wanted and len(sets) > 1:
        raise UsageError(f"{path.name} holds {len(sets)} reference sets.", f"Name one with --refset: {there}.")
