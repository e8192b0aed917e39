"""The people who may hold a responsibility, and how much time they have for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Holder:
    """A GP or coordinator at one organisation. `room` is minutes a week for people on the register; `sessions` a week;
    `away_until` is set when on long leave, and is None when nobody says when it ends."""

    code: str
    organisation: str
    role: str
    room: int
    sessions: Fraction
    is_away: bool = False
    away_until: date | None = None
    sessions_known: bool = True
    room_when_back: int = 0
    sex: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The holder at this organisation."""
        return self.code, self.organisation

    @property
    def absence(self) -> str:
        """ "on leave", with the first day back when it is known."""
        return f"on leave until {self.away_until:%-d %B %Y}" if self.away_until else "on leave"


def holders(
    practitioners: Iterable[Mapping[str, Any]],
    role: str,
    as_of: date,
    rule: Mapping[str, Any],
    practices: Iterable[Mapping[str, Any]] = (),
) -> list[Holder]:
    """The holders of `role`, one for each organisation they work at, in order of code and organisation.

    `practitioners` are rows of table practitioner; `rule` is reference/assign/capacity.yaml; `practices` are rows of
    table practice, whose lists bear on the room of GPs. Of several sources' rows of the same job, the first that states
    sessions is believed.
    """
    shares = {p["practice_code"]: _list_share(p, rule) for p in practices} if role == "gp" else {}
    jobs: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in sorted((r for r in practitioners if r["role"] == role and r["organisation_code"]), key=_belief):
        jobs.setdefault((row["practitioner_code"], row["organisation_code"]), row)
    return [_holder(jobs[key], as_of, rule, shares.get(key[1], Fraction(1))) for key in sorted(jobs)]


def _belief(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["sessions"] is None, row["source_id"], row["file_id"], row["source_row"] or 0


def _list_share(practice: Mapping[str, Any], rule: Mapping[str, Any]) -> Fraction:
    """The share of their time for the register that the practice's list leaves its GPs: 1 for an ordinary list."""
    size, sessions = practice.get("list_size"), practice.get("gp_sessions")
    if not size or not sessions or sessions <= 0:
        return Fraction(1)
    share = rule["list_per_session"] * Fraction(str(sessions)) / size
    return min(Fraction(1), max(share, Fraction(str(rule["list_leaves_at_least"]))))


def _holder(row: Mapping[str, Any], as_of: date, rule: Mapping[str, Any], share: Fraction) -> Holder:
    stated, role = row["sessions"], row["role"]
    sessions = max(Fraction(0), Fraction(str(rule["sessions_when_unknown"][role] if stated is None else stated)))
    room = int(sessions * rule["minutes_per_session"][role] * share)
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
        sex=row.get("sex"),
    )


def is_away(start: date | None, end: date | None, as_of: date, weeks: int) -> bool:
    """True when `as_of` is in a leave longer than `weeks`; `end` is the first day back, None when not known."""
    if start is None or as_of < start or (end is not None and as_of >= end):
        return False
    return end is None or end - start > timedelta(weeks=weeks)
