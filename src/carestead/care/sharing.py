"""Who may see which part of a plan: what the person agreed, else what the design gives. Pure: choices in, yes or no.

An audience is a role of those who look after the person (`named-gp`, `care-coordinator`, `lead`), or the kind of the
organisation that somebody else works for (`acute-trust`, `home-care` ...). `ALL_PARTS` stands for every part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

ALL_PARTS = "*"
ACCOUNTABLE = "named-gp"
"""Refusing narrows sharing; it never keeps the plan from the GP who is accountable for it."""

CARE_TEAM = frozenset({ACCOUNTABLE, "care-coordinator", "lead"})
"""Audiences that see the plan unless the person said no; all others only when the person said yes."""

AUDIENCES = {
    ACCOUNTABLE: "GPs of the practice",
    "care-coordinator": "Care coordinators",
    "lead": "The practice lead",
    "acute-trust": "Hospitals",
    "community-trust": "Community health services",
    "mental-health-trust": "Mental health services",
    "council": "Social care",
    "home-care": "Home care agencies",
    "care-home": "Care homes",
    "voluntary": "Voluntary organisations",
    "other": "Other organisations",
    "carer": "Their carer",
}
"""Whom a person can be asked about, as they are called on pages."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person said of one part and one audience. `recorded_at` orders them: the newest counts at once."""

    part: str
    audience: str
    allowed: bool
    recorded_at: datetime


def may_see(part: str, audience: str, choices: Iterable[Choice], *, holder: bool = False) -> bool:
    """Whether `audience` may see `part`. `holder`: the reader is the person's own named GP."""
    if holder:
        return True
    said = answered(part, audience, choices)
    return audience in CARE_TEAM if said is None else said


def said_no(part: str, audience: str, choices: Iterable[Choice]) -> bool:
    """Whether the person was asked, and said that `audience` may not see `part`."""
    return answered(part, audience, choices) is False


def seen_by(part: str, choices: Iterable[Choice]) -> list[str]:
    """The audiences that may see `part` now, in the order of `AUDIENCES`."""
    said = list(choices)
    return [audience for audience in AUDIENCES if may_see(part, audience, said)]


def answered(part: str, audience: str, choices: Iterable[Choice]) -> bool | None:
    """What the person said last of `part` and `audience`; None when they said nothing."""
    about = [c for c in choices if c.audience == audience and c.part in (part, ALL_PARTS)]
    newest = max(about, key=lambda c: c.recorded_at, default=None)
    return newest.allowed if newest else None
