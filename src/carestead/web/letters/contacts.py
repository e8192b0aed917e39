"""How a practice is reached: `practices.yaml` in the area, which each site writes, since no feed sends it."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from carestead.core.area import open_area
from carestead.core.finding import CaresteadError, InputError
from carestead.outputs.letters import Sender
from carestead.reference.practices import ContactDetails, contact_details
from carestead.reference.site import PRACTICES, own
from carestead.store.clocks import desk_of
from carestead.web.published import Published


class NoContactError(CaresteadError):
    """Nobody said how the practice is reached, so no letter can say it."""


def sender(found: Published, practice_code: str) -> Sender:
    """The practice as it signs its letters. Raises NoContactError where its telephone number is not known, InputError
    for a slip in what the site wrote; the number of a made-up practice is one that Ofcom keeps for stories."""
    name, details = found.organisation_name(practice_code), _details(practice_code)
    if not details.phone:
        raise NoContactError(
            f"carestead does not know the telephone number of {name}, and a letter must say it.",
            f"Add {practice_code} with `phone:` and `address:` to {PRACTICES} in the area.",
        )
    return Sender(name, details.address, details.phone, desk_of(settings.AREA).out_of_hours_phone)


def phone(practice_code: str) -> str:
    """The practice's telephone number; nothing where nobody said it, or what they wrote cannot be used: a slip in a
    site's file takes no page from anybody. `carestead doctor` and the letters name it."""
    try:
        return _details(practice_code).phone
    except InputError:
        return ""


def _details(code: str) -> ContactDetails:
    file = Path(settings.AREA) / PRACTICES
    said = _read(file, file.stat().st_mtime_ns) if file.is_file() else {}
    return contact_details(said, code, str(file)) or ContactDetails(_made_up(code))


def _made_up(practice_code: str) -> str:
    synthetic = open_area(settings.AREA).synthetic
    return f"01632 960 {sum(practice_code.encode()) % 1000:03}" if synthetic else ""


@cache
def _read(file: Path, changed: int) -> dict[str, Any]:
    return own(file)
