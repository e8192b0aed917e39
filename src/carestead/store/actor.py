"""Who does something: a signed-in person in one of their roles."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody signs in as. The first four care for people; two see counts; a person and their carer see the
    person's own page; `system` is carestead itself, when a clock or a message makes it act: nobody signs in as it."""

    NAMED_GP = "named-gp"
    CARE_COORDINATOR = "care-coordinator"
    PARTNER = "partner"
    LEAD = "lead"
    COMMISSIONER = "commissioner"
    ANALYST = "analyst"
    PERSON = "person"
    CARER = "carer"
    SYSTEM = "system"

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
    Role.PERSON: "Person",
    Role.CARER: "Carer",
    Role.SYSTEM: "carestead",
}

DIRECT_CARE = frozenset({Role.NAMED_GP, Role.CARE_COORDINATOR, Role.PARTNER, Role.LEAD})
"""Roles that may see a person, through a legitimate relationship."""

PLANNING = frozenset({Role.COMMISSIONER, Role.ANALYST})
"""Roles that see counts and never a person."""

OWN_PAGE = frozenset({Role.PERSON, Role.CARER})
"""Roles that see one person's own page: their own, or that of the person they care for."""


@dataclass(frozen=True, slots=True)
class Actor:
    """`organisation_code` is the practice, trust or group they work for; `practitioner_code` theirs, where they
    have one; `person_id` that of a person, or of the person a carer cares for."""

    username: str
    name: str
    role: Role
    organisation_code: str = ""
    practitioner_code: str = ""
    person_id: int | None = None


SYSTEM = Actor("carestead", "carestead", Role.SYSTEM)
"""Who acts when a clock or a message does: it makes work and tells people, it never ends anything."""
