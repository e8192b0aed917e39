"""What a care and support plan says under which heading: those of the PRSB standard that are written as text.

The other headings are kept as facts of their own: who agreed, who reviews and when are columns of the plan; needs,
goals and outcomes are goals; actions are promises; who wrote what and when stands beside each section. Which is kept
where, and the standard it is of, says `reference/care/prsb-pcsp-2.yaml`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from carestead.care.machine import Refusal
from carestead.reference import load

CONTINGENCY, TRIGGERS = "contingency", "trigger-factors"


@dataclass(frozen=True, slots=True)
class Heading:
    """`id` within a part; `hint` says what belongs there."""

    id: str
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A group of headings. `several` when a plan may have more than one of the kind, each called `one` and told
    apart by number."""

    id: str
    name: str
    headings: tuple[Heading, ...]
    one: str = ""

    @property
    def several(self) -> bool:
        """True when there may be more than one of the kind."""
        return bool(self.one)

    def heading(self, id: str) -> Heading | None:
        """The heading of that id."""
        return next((h for h in self.headings if h.id == id), None)


_HINTS = {
    "what-is-most-important-to-me": "In the person's own words.",
    "my-wellness": "A good day, a bad day, and what makes the difference.",
    "supported-to-write-this-by": "Name, and who they are to the person.",
    "strengths": "What the person can do, has, and draws on.",
    "needs-concerns-or-problems": "Those that no goal answers yet.",
    "suggested-strategies": "What helps with the actions agreed.",
    "stage-goals": "Steps on the way to a goal.",
    "other-care-planning-documents": "What there is, and where it lies.",
    "formulation": "How the person's difficulties came about and hang together.",
    TRIGGERS: "What has to happen for this plan to be followed.",
    "who-should-be-contacted": "Name, what they are, and their telephone number.",
    "advance-statement": "And where the document lies.",
    "agreed-with-person-or-legitimate-representative": "The person, or who speaks for them.",
}
"""What belongs under a heading whose name does not say it, in our words."""

_LAST = "location"
"""Stands under several parts, and is what is least asked for."""


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    """The headings kept as text by the reference file: part to heading id to the standard's name, in its order."""
    homes = [(path, facts.get("home", "")) for path, facts in load("care", "prsb-pcsp-2")["headings"].items()]
    kept = [(*home.split("/"), path.rpartition(" > ")[2]) for path, home in homes if "/" in home]
    found: dict[str, dict[str, str]] = {}
    # a place is named by the heading it is called after; other headings that are kept there follow
    for part_id, heading_id, name in sorted(kept, key=lambda k: _kebab(k[2]) != k[1]):
        found.setdefault(part_id, {}).setdefault(heading_id, name)
    return found


def _kebab(name: str) -> str:
    return "-".join(re.sub(r"[^a-z0-9]+", " ", name.lower().replace("'", "")).split())


def _part(id: str, name: str, one: str = "", also: Mapping[str, str] = MappingProxyType({})) -> Part:
    named = {**_names()[id], **also}
    order = sorted(named, key=lambda h: h == _LAST)
    return Part(id, name, tuple(Heading(h, named[h], _HINTS.get(h, "")) for h in order), one)


ABOUT_ME = _part("about-me", "About me")
PARTS = (
    ABOUT_ME,
    # a need stands with the goal that answers it; one that no goal answers yet would otherwise have no place
    _part("plan", "Strengths, needs and goals", also={"needs-concerns-or-problems": "Needs, concerns or problems"}),
    _part(CONTINGENCY, "Contingency plans", one="Contingency plan"),
    _part("additional", "Additional support plans", one="Additional support plan"),
    _part("formulation", "Formulation", one="Formulation"),
)
"""The parts in the order in which a plan is read: the person's own words first."""

WRITTEN_ANY_TIME = frozenset({ABOUT_ME.id})
"""Parts that are the person's own words: they may be changed in a signed plan, which agreement does not cover, and
they are the same in every version that is not ended."""

Written = Mapping[tuple[str, int, str], str]
"""What a plan says: the text by part, number and heading."""


def part(id: str) -> Part | None:
    """The part of that id."""
    return next((p for p in PARTS if p.id == id), None)


def heading_refusal(part_id: str, heading_id: str, number: int) -> Refusal | None:
    """Why nothing can be written there."""
    found = part(part_id)
    if found is None:
        return Refusal(f"A plan has no part {part_id}.", f"The parts are: {', '.join(p.id for p in PARTS)}.")
    if found.heading(heading_id) is None:
        known = ", ".join(h.id for h in found.headings)
        return Refusal(f"The part {found.name} has no heading {heading_id}.", f"Its headings are: {known}.")
    if number < 1 or (number > 1 and not found.several):
        return Refusal(f"There is no {found.name} number {number}.", "Number those of a kind from 1.")
    return None


def agreeing_refusal(written: Written, goals: int) -> Refusal | None:
    """Why this text is nothing to agree on: it is empty, or a contingency plan does not say when it is to be
    followed (trigger factors are the one heading of it that the standard makes mandatory)."""
    said = {key for key, text in written.items() if text.strip()}
    if not goals and not any(p != ABOUT_ME.id for p, _, _ in said):
        return Refusal("The plan says nothing yet.", "Write a goal or a section first.")
    if lacking := without_triggers(said):
        which = ", ".join(str(n) for n in lacking)
        return Refusal(
            f"Contingency plan {which} does not say what sets it off.",
            "Write its trigger factors, or clear its other headings.",
        )
    return None


def without_triggers(said: Iterable[tuple[str, int, str]]) -> list[int]:
    """The numbers of contingency plans that say something, but not what triggers them."""
    of = {(n, heading) for p, n, heading in said if p == CONTINGENCY}
    return sorted({n for n, _ in of} - {n for n, heading in of if heading == TRIGGERS})
