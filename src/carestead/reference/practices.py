"""How practices are reached, as a site's `practices.yaml` says it by their codes, since no feed does.

Each entry is judged by itself, so that a slip in one practice's entry silences no other practice.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from carestead.core.finding import InputError

SAYS = ("phone", "address")
"""What an entry may say of a practice."""


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A practice's telephone number, and the lines of its address where they were said."""

    phone: str
    address: tuple[str, ...] = ()


def contact_details(said: Mapping[str, Any], code: str, where: str) -> ContactDetails | None:
    """Those of the practice `code` in what was read from the file `where`; None where it says nothing of it. Raises
    InputError, naming file and practice, for an entry that cannot be used."""
    if code not in said:
        return None
    if slip := _slip(said[code]):
        what, do = slip
        raise InputError(f"{where}: {code} {what}.", do)
    return ContactDetails(said[code]["phone"].strip(), tuple(said[code].get("address") or ()))


def slips(said: Mapping[str, Any], known: Collection[str] | None, where: str) -> Iterator[str]:
    """What is wrong in the file `where`, entry by entry. `known` are the practices there are, None where nobody can
    tell."""
    for code in said:
        if known is not None and code not in known:
            near = get_close_matches(str(code).upper(), known, 3) or sorted(known)[:3]
            yield f"{where}: there is no practice {code}. There are, for instance: {', '.join(near) or 'none'}."
        try:
            contact_details(said, code, where)
        except InputError as refusal:
            yield str(refusal)


def _slip(entry: Any) -> tuple[str, str] | None:
    """What is wrong with one entry, and what to write instead."""
    if not isinstance(entry, Mapping):
        return "does not say how it is reached", 'Write below it, indented: phone: "01632 960001"'
    if unknown := [str(key) for key in entry if key not in SAYS]:
        return f"has no {unknown[0]} to say", f"There are: {', '.join(SAYS)}."
    return _phone_slip(entry.get("phone")) or _address_slip(entry.get("address"))


def _phone_slip(phone: Any) -> tuple[str, str] | None:
    if phone is None or phone == "":
        return "has no phone", 'Write: phone: "01632 960001"'
    if not isinstance(phone, str):  # YAML takes 01632560001 for a number in base 8
        return f"has the phone {phone}, which is no text", 'Put it in quotation marks: phone: "01632 960001"'
    if sum(letter.isdigit() for letter in phone) < 3:
        return f"has the phone {phone}, which nobody can ring", 'Write: phone: "01632 960001"'
    return None


def _address_slip(address: Any) -> tuple[str, str] | None:
    lines = address if isinstance(address, list) else None if address else []
    if lines is None or not all(isinstance(line, str) and line.strip() for line in lines):
        return "has an address that is no list of lines", "Write: address: [Elm Surgery, 1 High Street, Brannock]"
    return None
