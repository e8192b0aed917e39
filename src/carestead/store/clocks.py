"""The limits of time, the hours of the desk and the ladder of escalation that hold here: those shipped, with what this
site changes in its area's `clocks.yaml`, `desk.yaml` and `escalation.yaml`. Each file is read once: what is written
there later counts from the next start, so that a slip while people work stops nobody."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from carestead.care.clocks import Clock, clocks, long_absence
from carestead.care.hours import DeskHours, desk_facts, desk_hours
from carestead.care.rungs import Rungs, rungs
from carestead.reference.calendars import working_calendar
from carestead.reference.site import CLOCKS, DESK, ESCALATION, own


def site_clocks() -> Mapping[str, Clock]:
    """The clocks, by name, of the area that is served."""
    return clocks_of(settings.AREA)


def clocks_of(area: Path | None) -> Mapping[str, Clock]:
    """The clocks of an area, by name. Raises InputError or UsageError that names the file and the clock."""
    return _limits(area.resolve() if area else None)[0]


def long_absence_of(area: Path | None) -> timedelta:
    """From how long on an absence is told to the people of an area. Raises as `clocks_of`."""
    return _limits(area.resolve() if area else None)[1]


def desk_of(area: Path | None) -> DeskHours:
    """When the duty desks of an area are open, and who answers when they are not. Raises InputError or UsageError that
    names the file and the entry."""
    return _desk(area.resolve() if area else None)


def ladder_of(area: Path | None) -> Rungs:
    """Who hears in an area that something is late, and when. Raises InputError or UsageError that names the file, the
    entry and the rung."""
    return _ladder(area.resolve() if area else None)


@cache
def _limits(area: Path | None) -> tuple[Mapping[str, Clock], timedelta]:
    changes, where = _said(area, CLOCKS)
    return clocks(changes, where), long_absence(changes, where)


@cache
def _desk(area: Path | None) -> DeskHours:
    return desk_hours(desk_facts(*_said(area, DESK)), working_calendar())


@cache
def _ladder(area: Path | None) -> Rungs:
    return rungs(*_said(area, ESCALATION))


def _said(area: Path | None, name: str) -> tuple[Mapping[str, Any], str]:
    """What the area's file of that name says, and how to call the file."""
    return (own(area / name), str(area / name)) if area else ({}, name)
