"""Reviewed exclusions: what is left out of a code list when it is used. A release's file is never changed.

`<list id>.yaml` names each code with the group it is left out of and the reason; `system` is the system of its codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from carestead.core.coding import Code
from carestead.reference import Codelist, load, names


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A code that is left out of a group of a list, of all of it when `group` is empty; and why."""

    group: str
    code: Code
    reason: str


def exclusions(id: str) -> tuple[Exclusion, ...]:
    """What is left out of every release of a code list; nothing when nobody has reviewed it."""
    if id not in names("exclusions"):
        return ()
    said = load("exclusions", id)
    return tuple(
        Exclusion(e.get("group", ""), Code(said["system"], code), e["reason"])
        for e in said["exclusions"]
        for code in e["codes"]
    )


def removed(given: Codelist) -> tuple[Exclusion, ...]:
    """The exclusions that have something to leave out of a release, in the order of the file."""
    there = {key for row in given.rows for key in _keys(given, row)}
    return tuple(e for e in exclusions(given.id) if (e.group, e.code.system, e.code.code) in there)


def reviewed(given: Codelist) -> Codelist:
    """The release without what is left out of it."""
    out = {(e.group, e.code.system, e.code.code) for e in exclusions(given.id)}
    return replace(given, rows=tuple(row for row in given.rows if out.isdisjoint(_keys(given, row))))


def _keys(given: Codelist, row: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """What an exclusion may call a row by: its code in its group, or anywhere in the list."""
    return {(group, *given.coded(row)) for group in ("", row.get("group") or "")}
