"""The limits of time that hold here: those shipped, with what this site changes in its area's `clocks.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from carestead.care.clocks import Clock, clocks
from carestead.reference.site import CLOCKS, own


def site_clocks() -> Mapping[str, Clock]:
    """The clocks, by name, of the area that is served."""
    return clocks_of(settings.AREA)


def clocks_of(area: Path | None) -> Mapping[str, Clock]:
    """The clocks of an area, by name. Its file is read once: what is written there later counts from the next start,
    so that a slip while people work stops nobody. Raises InputError or UsageError that names the file and the clock."""
    return _read(area.resolve() if area else None)


@cache
def _read(area: Path | None) -> Mapping[str, Clock]:
    file = area / CLOCKS if area else None
    return clocks(own(file), str(file)) if file else clocks()
