"""Who does something: a signed-in person in one of their roles."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody signs in as. Two doors: the first four care for people, the last two see counts."""

    NAMED_GP = "named-gp"
    CARE_COORDINATOR = "care-coordinator"
    PARTNER = "partner"
    LEAD = "lead"
    COMMISSIONER = "commissioner"
    ANALYST = "analyst"

    @property
    def title(self) -> str:
        """The role as people say it."""
        return _TITLES[self]


_TITLES = {
    Role.NAMED_GP: "Named GP",
    Role.CARE_COORDINATOR: "Care coordinator",
    Role.PARTNER: "Partner professional",
    Role.LEAD: "Practice lead",
    Role.COMMISSIONER: "Commissioner",
    Role.ANALYST: "Analyst",
}

DIRECT_CARE = frozenset({Role.NAMED_GP, Role.CARE_COORDINATOR, Role.PARTNER, Role.LEAD})
"""Roles that may see a person, through a legitimate relationship."""

PLANNING = frozenset({Role.COMMISSIONER, Role.ANALYST})
"""Roles that see counts and never a person."""


@dataclass(frozen=True, slots=True)
class Actor:
    """`organisation_code` is the practice, trust or group they work for; `practitioner_code` theirs, where they
    have one."""

    username: str
    name: str
    role: Role
    organisation_code: str = ""
    practitioner_code: str = ""
