"""What makes a code list fit to be used: codes of its system, groups that are looked for, no row twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from carestead.core.coding import SYSTEMS, system
from carestead.core.finding import Finding, InputError, Severity
from carestead.sources.codelists.read import Read, Row


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a list that some score or flag looks for (`known`; empty when any will do), and those that the
    shipped release has codes for (`usual`)."""

    known: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()


TELLING = ("snomed", "icd10", "opcs4", "ctv3", "readv2", "loinc")
"""Systems whose codes can be told from others by their looks."""

ANY = Groups()
"""Any groups will do."""


def checked(path: Path, found: Read, default: str, groups: Groups) -> tuple[list[Row], list[Finding]]:
    """The rows as they will be kept (cleaned, sorted, none twice), and what was noticed.

    `default` is the system of rows that do not name theirs. Raises InputError for the first row that is wrong, with
    its line and how many are like it.
    """
    rows = [_named(row, default) for row in found.rows]
    if not rows:
        raise InputError(f"{path.name} holds no codes.", "Check that it is the right file; nothing was written.")
    _check_codes(path, rows, default)
    _check_groups(path, rows, found.has_groups, groups)
    kept = {(r.group, r.code, r.system): r for r in (_cleaned(r) for r in reversed(rows))}
    return [kept[key] for key in sorted(kept)], list(_findings(path, rows, len(kept), found.ignored, groups))


def _named(row: Row, default: str) -> Row:
    return Row(row.line, row.code, row.group.strip(), row.display.strip(), row.system.strip() or default)


def _cleaned(row: Row) -> Row:
    return Row(row.line, system(row.system).clean(row.code), row.group, row.display, row.system)


def _check_codes(path: Path, rows: list[Row], default: str) -> None:
    wrong = [(row, _fault(row)) for row in rows]
    wrong = [(row, fault) for row, fault in wrong if fault]
    if wrong:
        row, fault = wrong[0]
        like = f" {len(wrong):,} of {len(rows):,} rows are wrong." if len(wrong) > 1 else ""
        raise InputError(f"{path.name}, line {row.line}: {row.code!r} {fault}.{like}", _advice(rows, default))


def _fault(row: Row) -> str:
    return system(row.system).fault(row.code) if row.code.strip() else "is no code"


def _advice(rows: list[Row], default: str) -> str:
    """What to do: another system when every code is of its shape, else to mend the file."""
    fits = [name for name in TELLING if name != default and not any(SYSTEMS[name].fault(row.code) for row in rows)]
    if fits:
        titles = " or ".join(SYSTEMS[name].title for name in fits)
        return f"Every code looks like {titles}: say --system {' or '.join(fits)}."
    if any("spreadsheet" in _fault(row) for row in rows):
        return "Ask for the list again, and import it before a spreadsheet has opened it; nothing was written."
    return "Correct the file, or say --system when they are codes of another system; nothing was written."


def _check_groups(path: Path, rows: list[Row], has_groups: bool, groups: Groups) -> None:
    if not groups.known:
        return
    names = ", ".join(sorted(groups.known))
    if not has_groups:
        raise InputError(f"{path.name} has no column of groups.", f"Name it with --group-column. Groups: {names}.")
    wrong = [row for row in rows if row.group not in groups.known]
    if wrong:
        like = f" {len(wrong):,} rows have no group that is looked for." if len(wrong) > 1 else ""
        raise InputError(
            f"{path.name}, line {wrong[0].line}: nothing looks for a group {wrong[0].group!r} of this list.{like}",
            f"Its groups: {names}.",
        )


def _findings(path: Path, rows: list[Row], kept: int, ignored: Counter[str], groups: Groups) -> Iterator[Finding]:
    for reason, n in ignored.items():
        yield _noticed("codelist.ignored", path, f"{n:,} rows are {reason}, and were left out.", n)
    if spaced := [r for r in rows if r.code != r.code.strip()]:
        yield _noticed(
            "codelist.spaces", path, f"{len(spaced):,} codes had spaces around them.", len(spaced), spaced[0]
        )
    if twice := len(rows) - kept:
        yield _noticed("codelist.twice", path, f"{twice:,} rows say again what another says.", twice, _again(rows))
    if missing := groups.usual - {r.group for r in rows}:
        what = f"It has no codes for {', '.join(sorted(missing))}: nobody will be looked for by code."
        yield Finding("codelist.groups-missing", Severity.WARNING, path.name, what, "Add them.", len(missing))


def _noticed(code: str, path: Path, what: str, n: int, row: Row | None = None) -> Finding:
    where = f"{path.name}, line {row.line}" if row else path.name
    return Finding(code, Severity.INFORMATION, where, what, "", n, row.code.strip() if row else "")


def _again(rows: list[Row]) -> Row:
    """The first row that says what one before it says."""
    seen = set()
    for row in map(_cleaned, rows):
        key = (row.group, row.code, row.system)
        if key in seen:
            return row
        seen.add(key)
    raise AssertionError("no row is there twice")
