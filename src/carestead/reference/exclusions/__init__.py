"""Reviewed exclusions: what is left out of a code list when it is used. A release's file is never changed.

`<list id>.yaml` names each code with the group it is left out of and the reason; `system` is the system of its codes.
"""

from dataclasses import dataclass, replace

from carestead.core.coding import Code
from carestead.reference import Codelist, load, names


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A code that is left out of a group of a list, and why."""

    group: str
    code: Code
    reason: str


def exclusions(id: str) -> tuple[Exclusion, ...]:
    """What is left out of every release of a code list; nothing when nobody has reviewed it."""
    if id not in names("exclusions"):
        return ()
    said = load("exclusions", id)
    return tuple(
        Exclusion(e["group"], Code(said["system"], code), e["reason"])
        for e in said["exclusions"]
        for code in e["codes"]
    )


def removed(given: Codelist) -> tuple[Exclusion, ...]:
    """The exclusions that have something to leave out of a release, in the order of the file."""
    there = {(row.get("group") or "", *given.coded(row)) for row in given.rows}
    return tuple(e for e in exclusions(given.id) if _key(e) in there)


def reviewed(given: Codelist) -> Codelist:
    """The release without what is left out of it."""
    out = {_key(e) for e in exclusions(given.id)}
    kept = (row for row in given.rows if (row.get("group") or "", *given.coded(row)) not in out)
    return replace(given, rows=tuple(kept))


def _key(e: Exclusion) -> tuple[str, str, str]:
    return e.group, e.code.system, e.code.code
