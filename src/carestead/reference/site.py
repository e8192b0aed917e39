"""What a site changes of the reference: a file of its own in its area, read here and judged by whoever uses it."""

from pathlib import Path
from typing import Any

import yaml

from carestead.core.finding import InputError

CLOCKS = "clocks.yaml"
"""The site's own limits of time: names of clocks of `reference/care/clocks.yaml`, each with what differs."""

PRACTICES = "practices.yaml"
"""How the site's practices are reached: codes of practices, each with its telephone number and address."""


DESK = "desk.yaml"
"""The site's own opening hours of the duty desk and out-of-hours service: entries of `reference/care/desk.yaml`."""


ESCALATION = "escalation.yaml"
"""The site's own ladder: entries of `reference/care/escalation.yaml`, each with what differs."""


def own(file: Path) -> dict[str, Any]:
    """What a site's own file says by name; nothing where there is no file, or an empty one. Raises InputError, with
    the line, for one that cannot be read, or is not names with what is said of each."""
    if not file.is_file():
        return {}
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not text in UTF-8.", "Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", "Let carestead's account read it.") from error
    except (yaml.YAMLError, ValueError) as error:  # a day that is none, such as 2026-02-30, is a ValueError
        raise InputError(f"{file} is not valid YAML: {' '.join(str(error).split())}.", "Correct it.") from error
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise InputError(f"{file} has no names.", "Write a name, a colon, and below it, indented, what is said of it.")
    return said
