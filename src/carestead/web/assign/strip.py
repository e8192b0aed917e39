"""Who held what when, and who covered, as a strip chart with its table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from carestead.care.standing import ROLES
from carestead.core.chart import Stretch, StripChart
from carestead.store.assign.models import Absence, Responsibility
from carestead.web.published import Published
from carestead.web.shell.formats import count, day, moment

KINDS = {"accepted": "plain", "interim": "striped"}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Strip:
    """The picture, and the same as rows for the table: what, who, from, to, how."""

    chart: StripChart
    rows: list[dict[str, Any]]


def strip(found: Published, person_id: int, at: datetime, now: datetime) -> Strip:
    """The holders of a person's roles and what answered while they were away, up to `now`, with a mark at `at`."""
    held = list(Responsibility.objects.filter(person_id=person_id).order_by("role", "seq"))
    rows = [row for role in ROLES for row in (*_holders(found, held, role), *_covers(found, held, role, now))]
    start = min((r["start"] for r in rows), default=now)
    end = max(now, start + _DAY)
    chart = StripChart(
        "Who was responsible, and who covered",
        _sentence(rows),
        0,
        _days(end, start),
        tuple(_lane(rows, lane, start, end) for lane in dict.fromkeys(r["lane"] for r in rows)),
        _ticks(start, end),
        _days(at, start) if start <= at <= end else None,
    )
    return Strip(chart, rows)


def _holders(found: Published, held: Iterable[Responsibility], role: str) -> list[dict[str, Any]]:
    """One row a holder; an interim holder who acknowledged is one from then on."""
    return [
        {
            "lane": ROLES[role].capitalize() if role == "coordinator" else "Named GP",
            "who": found.practitioner_name(r.practitioner_code),
            "start": r.start,
            "end": r.end,
            "how": "responsible" if r.basis == "accepted" else "responsible for now, named by the clinical lead",
            "kind": KINDS[r.basis],
        }
        for r in held
        if r.role == role
    ]


def _covers(found: Published, held: Iterable[Responsibility], role: str, now: datetime) -> list[dict[str, Any]]:
    """What answered while a holder of the role was away."""
    return [
        {
            "lane": "Coordinator's cover" if role == "coordinator" else "GP's cover",
            "who": found.practitioner_name(a.cover_code) if a.cover_state == "accepted" else "the duty desk",
            "start": max(a.start, r.start),
            "end": min(e for e in (a.end, r.end, now) if e),
            "how": f"answered while {found.practitioner_name(r.practitioner_code)} was away",
            "kind": "outlined",
        }
        for r in held
        if r.role == role
        for a in _absences(r, now)
    ]


def _absences(r: Responsibility, now: datetime) -> Iterable[Absence]:
    lasting = Q(end__isnull=True) | Q(end__gt=r.start)
    theirs = Absence.objects.filter(lasting, practitioner_code=r.practitioner_code, cancelled_at__isnull=True)
    return theirs.filter(start__lt=min(r.end, now) if r.end else now).order_by("start")


def _lane(rows: Iterable[dict[str, Any]], lane: str, start: datetime, end: datetime) -> tuple[str, tuple[Stretch, ...]]:
    return lane, tuple(
        Stretch(_days(r["start"], start), _days(r["end"] or end, start), r["who"], _note(r), r["kind"])
        for r in rows
        if r["lane"] == lane
    )


def _note(row: dict[str, Any]) -> str:
    until = f" to {moment(row['end'])}" if row["end"] else " until now"
    return f"{row['who']}: {row['how']}, from {moment(row['start'])}{until}"


def _sentence(rows: Iterable[dict[str, Any]]) -> str:
    if not (rows := list(rows)):
        return "Nobody has been responsible for this person yet."
    said = []
    for role in ("Named GP", "Care coordinator"):
        holders = [r for r in rows if r["lane"] == role]
        if holders and (now := holders[-1])["end"] is None:
            said.append(f"{role} is {now['who']} since {day(now['start'])}, {_th(holders)}.")
        elif holders:
            said.append(f"Nobody has been {role.lower()} since {day(holders[-1]['end'])}: the enrolment ended.")
    covers = sum("cover" in r["lane"] for r in rows)
    return " ".join(
        [*said, f"Others answered {count(covers, 'time')} while a holder was away." if covers else ""]
    ).strip()


def _th(holders: list[dict[str, Any]]) -> str:
    number = len({(h["who"], h["start"]) for h in holders})
    return "the first" if number == 1 else f"after {count(number - 1, 'change')}"


def _ticks(start: datetime, end: datetime) -> tuple[tuple[float, str], ...]:
    span = _days(end, start)
    return tuple((span * n / 4, day(start + (end - start) * n / 4)) for n in (0, 2, 4))


def _days(at: datetime, start: datetime) -> float:
    return (at - start) / _DAY
