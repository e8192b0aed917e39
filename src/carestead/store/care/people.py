"""What this room must be told of people: it holds no names and numbers, so whoever calls looks them up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from carestead.core import nhs_number
from carestead.sources.messages import HospitalEvent


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the published record. `group_code` is that of their practice's group, whose duty desk answers;
    `home_services` says, in words, which services come to them at home now."""

    person_id: int
    birth_date: date | None = None
    died_on: date | None = None
    practice_code: str = ""
    group_code: str = ""
    home_services: tuple[str, ...] = ()


FindPeople = Callable[[str], list[Known]]
"""Everybody whom the published record gives an NHS number (ten digits, valid)."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a message is about; nobody, with the reason, when that is not certain."""

    person: Known | None
    why: str


def match(event: HospitalEvent, find: FindPeople) -> Match:
    """By NHS number alone, unless the dates of birth differ: a name is never enough."""
    if not nhs_number.is_valid(event.nhs_number):
        return Match(None, "There is no valid NHS number.")
    found = find(str(event.nhs_number))
    if len(found) != 1:
        return Match(None, "Nobody has this NHS number." if not found else "Several people have this NHS number.")
    person = found[0]
    if event.birth_date and person.birth_date and event.birth_date != person.birth_date:
        return Match(None, "The NHS number is known, but with another date of birth.")
    return Match(person, "NHS number")
