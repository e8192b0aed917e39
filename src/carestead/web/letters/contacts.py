"""How a practice is reached: `practices.yaml` in the area, which each site writes, since no feed sends it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from carestead.core.area import open_area
from carestead.core.finding import CaresteadError
from carestead.outputs.letters import Sender
from carestead.store.clocks import desk_of
from carestead.web.published import Published

FILE = "practices.yaml"


class NoContactError(CaresteadError):
    """Nobody said how the practice is reached, so no letter can say it."""


def sender(found: Published, practice_code: str) -> Sender:
    """The practice as it signs its letters. Raises NoContactError where its telephone number is not known; the number
    of a made-up practice is one that Ofcom keeps for stories."""
    name, number = found.organisation_name(practice_code), phone(practice_code)
    if not number:
        raise NoContactError(
            f"carestead does not know the telephone number of {name}, and a letter must say it.",
            f"Add {practice_code} with `phone:` and `address:` to {FILE} in the area.",
        )
    address = [str(line) for line in _said(settings.AREA).get(practice_code, {}).get("address", ())]
    return Sender(name, address, number, desk_of(settings.AREA).out_of_hours_phone)


def phone(practice_code: str) -> str:
    """The practice's telephone number; nothing where nobody said it."""
    return str(_said(settings.AREA).get(practice_code, {}).get("phone") or _made_up(practice_code))


def _made_up(practice_code: str) -> str:
    synthetic = open_area(settings.AREA).synthetic
    return f"01632 960 {sum(practice_code.encode()) % 1000:03}" if synthetic else ""


def _said(area: Path) -> dict[str, Any]:
    file = area / FILE
    return _read(file, file.stat().st_mtime_ns) if file.is_file() else {}


@cache
def _read(file: Path, changed: int) -> dict[str, Any]:
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise NoContactError(f"{FILE} is not valid YAML: {error}.", "Correct it.") from error
    return said if isinstance(said, dict) else {}
