"""The ladder of escalation as it holds: as shipped, with what a site changes. Somebody is always told in the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from carestead.care.clocks import hours
from carestead.core.calendar import Hours
from carestead.core.finding import UsageError
from carestead.reference import shared

ENTRIES = ("paces", "rungs", "interrupts", "source")
"""What a site's own file may say."""

MOST_HOURS = 1050
"""The latest that a rung may be told: a hundred working days. A rung that comes never is one that was taken away."""

ASKED = {"coordinator-asked": ("coordinator", "named-gp"), "gp-asked": ("coordinator", "named-gp")}
"""The rungs of which a site may say who is asked, and whom. The first is the owner's, the last two are the lead's, who
is offered it, and the commissioner's: they stay, so that no promise is late and nobody hears of it."""

ALWAYS = "crisis"
"""The pace at which an alarm interrupts wherever it is."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the ladder is climbed: hours of `hours` after the due instant, by milestone. It is the pace of what was
    to be done within `given`; None is any time."""

    name: str
    given: timedelta | None
    lateness: Mapping[str, timedelta]
    hours: Hours
    interrupts: bool


@dataclass(frozen=True, slots=True)
class Rungs:
    """Who hears that something is late (milestone to what a rung is), and the paces, the quickest first."""

    rungs: Mapping[str, Mapping[str, str]]
    paces: tuple[Pace, ...]


def rungs(changes: Mapping[str, Any] | None = None, where: str = "escalation.yaml") -> Rungs:
    """The ladder of reference/care/escalation.yaml, with a site's `changes` (entry to what differs), which were read
    from the file `where`. Raises UsageError that names file, entry and name, and says what to type instead."""
    return _judged(changes, where) if changes else shipped()


@cache
def shipped() -> Rungs:
    """The ladder without any change."""
    return _judged({}, "escalation.yaml")


def differences(used: Rungs) -> list[str]:
    """What differs from the ladder as shipped, in words."""
    was = shipped()
    told = [
        f"{name} asks the {rung['party']} (shipped: the {was.rungs[name]['party']})"
        for name, rung in used.rungs.items()
        if rung != was.rungs[name]
    ]
    for mine, theirs in zip(used.paces, was.paces, strict=True):
        told += [
            f"{mine.name} {name} after {_hours(late)} hours (shipped: {_hours(theirs.lateness[name])})"
            for name, late in mine.lateness.items()
            if late != theirs.lateness[name]
        ]
        if mine.interrupts != theirs.interrupts:
            told.append(f"{mine.name} {'interrupts' if mine.interrupts else 'waits for the digest'}")
    return told


def _judged(changes: Mapping[str, Any], where: str) -> Rungs:
    facts = shared("care", "escalation")
    if unknown := [name for name in changes if name not in ENTRIES]:
        raise UsageError(f"{where}: there is no {unknown[0]} to change.", f"There are: {', '.join(ENTRIES)}.")
    own = _names(changes, "rungs", facts["rungs"], where, "coordinator-asked: {party: named-gp}")
    known = {
        name: {**rung, **(_party(name, own[name], where) if name in own else {})}
        for name, rung in facts["rungs"].items()
    }
    theirs = _names(changes, "paces", facts["paces"], where, "urgent: {lateness: {gp-asked: 6}}")
    told = _interrupts(changes.get("interrupts", facts["interrupts"]), list(facts["paces"]), where)
    paces = tuple(_pace(name, said, theirs, name in told, where) for name, said in facts["paces"].items())
    return Rungs(known, paces)


def _names(changes: Mapping[str, Any], entry: str, known: Mapping[str, Any], where: str, such_as: str) -> Any:
    """What `entry` says by name; nothing where it is not there."""
    said = changes.get(entry, {})
    if not isinstance(said, Mapping) or (entry in changes and not said):
        raise UsageError(f"{where}: {entry} does not say what differs.", f"Write below it, indented: {such_as}")
    if unknown := [name for name in said if name not in known]:
        raise UsageError(f"{where}: {entry} has no {unknown[0]} to change.", f"There are: {', '.join(known)}.")
    return said


def _party(name: str, said: Any, where: str) -> Mapping[str, str]:
    if name not in ASKED:
        raise UsageError(
            f"{where}: who hears at {name} cannot be changed: somebody must always be told.",
            f"There are: {', '.join(ASKED)}.",
        )
    if not isinstance(said, Mapping) or list(said) != ["party"] or said["party"] not in ASKED[name]:
        raise UsageError(
            f"{where}: {name} does not say who is asked.",
            f"Write it like this: {{party: {ASKED[name][0]}}}, with one of: {', '.join(ASKED[name])}.",
        )
    return {"party": str(said["party"])}


def _pace(name: str, facts: Mapping[str, Any], own: Any, interrupts: bool, where: str) -> Pace:
    mine = _lateness(name, facts["lateness"], own[name], where) if name in own else {}
    lateness = {**facts["lateness"], **mine}
    for (before, early), (after, late) in pairwise(lateness.items()):
        if late < early:
            raise UsageError(
                f"{where}: at the pace {name}, {after} comes after {late:g} hours, before {before} ({early:g}).",
                f"Give {after} {early:g} or more, or {before} less.",
            )
    given = facts.get("given_hours_at_most")
    return Pace(
        name, None if given is None else timedelta(hours=given),
        {milestone: timedelta(hours=late) for milestone, late in lateness.items()}, hours(facts.get("hours")),
        interrupts,
    )  # fmt: skip


def _lateness(name: str, shipped: Mapping[str, float], said: Any, where: str) -> Mapping[str, float]:
    mine = said.get("lateness") if isinstance(said, Mapping) and list(said) == ["lateness"] else None
    if not isinstance(mine, Mapping) or not mine:
        raise UsageError(
            f"{where}: the pace {name} does not say what differs.", "Write it like this: {lateness: {gp-asked: 6}}"
        )
    for rung, late in mine.items():
        if rung not in shipped:
            raise UsageError(f"{where}: the pace {name} has no rung {rung}.", f"There are: {', '.join(shipped)}.")
        number = isinstance(late, int | float) and not isinstance(late, bool)
        if not number or not 0 <= late <= MOST_HOURS:
            raise UsageError(
                f"{where}: at the pace {name}, {rung} comes after {late} hours.",
                f"Give a number of hours from 0 to {MOST_HOURS}: no rung can be taken away.",
            )
    return mine


def _interrupts(said: Any, paces: list[str], where: str) -> list[str]:
    if isinstance(said, list) and all(name in paces for name in said) and ALWAYS in said:
        return said
    raise UsageError(
        f"{where}: interrupts is {said}.",
        f"Write a list of paces ({', '.join(paces)}) that holds {ALWAYS}, such as: [{ALWAYS}]",
    )


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:g}"
