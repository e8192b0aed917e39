"""What a care and support plan says under which heading: those of the PRSB standard that are written as text.

The other headings are kept as facts of their own: who agreed, who reviews and when are columns of the plan; needs,
goals and outcomes are goals; actions are promises; who wrote what and when stands beside each section.
Source: Professional Record Standards Body, Personalised Care and Support Plan v2.0 (DAPB4022).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from carestead.care.machine import Refusal

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


_ABOUT_ME = (
    Heading("what-is-most-important-to-me", "What is most important to me", "In the person's own words."),
    Heading("people-who-are-important-to-me", "People who are important to me"),
    Heading("how-i-communicate-and-how-to-communicate-with-me", "How I communicate and how to communicate with me"),
    Heading("my-wellness", "My wellness", "A good day, a bad day, and what makes the difference."),
    Heading("please-do-and-please-dont", "Please do and please don't"),
    Heading("how-and-when-to-support-me", "How and when to support me"),
    Heading("also-worth-knowing-about-me", "Also worth knowing about me"),
    Heading("supported-to-write-this-by", "Supported to write this by", "Name, and who they are to the person."),
    Heading("location-to-multimedia-file", "Location of a film, recording or picture"),
)
_PLAN = (
    Heading("strengths", "Strengths", "What the person can do, has, and draws on."),
    Heading("needs-concerns-or-problems", "Needs, concerns or problems", "Those that no goal answers yet."),
    Heading("suggested-strategies", "Suggested strategies", "What helps with the actions agreed."),
    Heading("stage-goals", "Stage goals", "Steps on the way to a goal."),
    Heading("other-care-planning-documents", "Other care planning documents", "What there is, and where it lies."),
)
_FORMULATION = (
    Heading("formulation", "Formulation", "How the person's difficulties came about and hang together."),
    Heading("location", "Location"),
)
_CONTINGENCY = (
    Heading("contingency-plan-name", "Name of the contingency plan"),
    Heading(TRIGGERS, "Trigger factors", "What has to happen for this plan to be followed."),
    Heading("what-should-happen", "What should happen"),
    Heading("who-should-be-contacted", "Who should be contacted", "Name, what they are, and their telephone number."),
    Heading("coping-strategies", "Coping strategies"),
    Heading("relapse-indicators-early-warning-signs", "Relapse indicators or early warning signs"),
    Heading("advance-statement", "Advance statement", "And where the document lies."),
    Heading("anticipatory-medicines-equipment", "Anticipatory medicines and equipment"),
    Heading("agreed-with-person-or-legitimate-representative", "Agreed with", "The person, or who speaks for them."),
    Heading("location", "Location"),
)
_ADDITIONAL = (
    Heading("additional-support-plan-name", "Name of the additional support plan"),
    Heading("additional-support-plan-content", "What it says"),
    Heading("location", "Location"),
)

ABOUT_ME = Part("about-me", "About me", _ABOUT_ME)
PARTS = (
    ABOUT_ME,
    Part("plan", "Care and support plan", _PLAN),
    Part(CONTINGENCY, "Contingency plans", _CONTINGENCY, one="Contingency plan"),
    Part("additional", "Additional support plans", _ADDITIONAL, one="Additional support plan"),
    Part("formulation", "Formulation", _FORMULATION, one="Formulation"),
)
"""The parts in the order in which a plan is read: the person's own words first."""

WRITTEN_ANY_TIME = frozenset({ABOUT_ME.id})
"""Parts that are the person's own words: they may be changed in a signed plan, which agreement does not cover."""

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
