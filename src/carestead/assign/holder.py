"""The people who may hold a responsibility, and how many they have room for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Holder:
    """A GP or coordinator at one organisation. `room` is people; `sessions` a week; `away_until` is set when on long
    leave, and is None when nobody says when it ends."""

    code: str
    organisation: str
    role: str
    room: int
    sessions: Fraction
    is_away: bool = False
    away_until: date | None = None
    sessions_known: bool = True
    room_when_back: int = 0

    @property
    def absence(self) -> str:
        """ "on leave", with the first day back when it is known."""
        return f"on leave until {self.away_until:%-d %B %Y}" if self.away_until else "on leave"


def holders(
    practitioners: Iterable[Mapping[str, Any]], role: str, as_of: date, rule: Mapping[str, Any]
) -> list[Holder]:
    """The holders of `role`, one for each organisation they work at, in order of code and organisation.

    `practitioners` are rows of table practitioner; `rule` is reference/assign/capacity.yaml. Of several sources' rows
    of the same job, the first that states sessions is believed.
    """
    jobs: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in sorted((r for r in practitioners if r["role"] == role and r["organisation_code"]), key=_belief):
        jobs.setdefault((row["practitioner_code"], row["organisation_code"]), row)
    return [_holder(jobs[key], as_of, rule) for key in sorted(jobs)]


def _belief(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["sessions"] is None, row["source_id"], row["file_id"], row["source_row"] or 0


def _holder(row: Mapping[str, Any], as_of: date, rule: Mapping[str, Any]) -> Holder:
    stated, role = row["sessions"], row["role"]
    sessions = Fraction(str(rule["sessions_when_unknown"][role] if stated is None else stated))
    room = int(sessions * rule["people_per_session"][role])
    away = is_away(row["leave_start"], row["leave_end"], as_of, rule["leave_weeks"])
    return Holder(
        row["practitioner_code"],
        row["organisation_code"],
        role,
        room=0 if away else room,
        sessions=sessions,
        is_away=away,
        away_until=row["leave_end"] if away else None,
        sessions_known=stated is not None,
        room_when_back=room,
    )


def is_away(start: date | None, end: date | None, as_of: date, weeks: int) -> bool:
    """True when `as_of` is in a leave longer than `weeks`; `end` is the first day back, None when not known."""
    if start is None or as_of < start or (end is not None and as_of >= end):
        return False
    return end is None or end - start > timedelta(weeks=weeks)
