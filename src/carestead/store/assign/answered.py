"""Who was responsible for somebody at an instant, who answered, what they had been told: one question, one answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from carestead.care.answering import Answer, By, Staffing, answering
from carestead.care.standing import ROLES
from carestead.store.accounts.models import User
from carestead.store.assign.absence import as_away
from carestead.store.assign.desk import as_shift, hours, shifts
from carestead.store.assign.models import Absence, Departure, Responsibility
from carestead.store.audit.models import AuditEvent, AuditSubject
from carestead.store.care.models import Message, Notice

TOLD_AT_MOST = 50
"""How many of the newest tellings and looks are given."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something that one of them knew by then: a notice, a message, or that they looked at the record."""

    at: datetime
    to: str
    how: str
    what: str
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One role of a person at an instant. `holder` is empty when nobody was responsible: not enrolled then."""

    role: str
    holder: str
    basis: str
    since: datetime | None
    answer: Answer
    told: tuple[Told, ...]


def who_answered(person_id: int, at: datetime, *, group_code: str) -> list[Answered]:
    """Each role of a person at `at` (aware): responsible, answering, and what the two had been told by then.
    `group_code` is the group whose desk answers when nobody else does."""
    held = {r.role: r for r in _held(person_id, at)}
    staffing = staffing_at(at, group_code)
    return [_one(person_id, role, held.get(role), staffing, at) for role in ROLES]


def who_answers(holders: Sequence[str], at: datetime, *, group_code: str) -> dict[str, Answer]:
    """Who answers now for each of some holders of one group."""
    staffing = staffing_at(at, group_code)
    return {code: answering(code, at, staffing, hours()) for code in holders}


def staffing_at(at: datetime, group_code: str) -> Staffing:
    """Absences, leavings and the desk's shifts of the days about `at`, with the cover and the rota as agreed then."""
    begin, end = at - timedelta(days=1), at + timedelta(days=7)
    near = Absence.objects.filter(Q(end__isnull=True) | Q(end__gt=begin), start__lt=end)
    away = near.exclude(cancelled_at__lte=at)
    gone = dict(Departure.objects.values_list("practitioner_code", "leaves_at"))
    rota = shifts(group_code, begin, end, known_at=at)
    return Staffing(tuple(as_away(a, at) for a in away), gone, tuple(as_shift(s) for s in rota))


def _held(person_id: int, at: datetime) -> list[Responsibility]:
    then = Responsibility.objects.filter(person_id=person_id, start__lte=at)
    return list(then.filter(Q(end__isnull=True) | Q(end__gt=at)))


def _one(person_id: int, role: str, held: Responsibility | None, staffing: Staffing, at: datetime) -> Answered:
    holder = held.practitioner_code if held else ""
    answer = answering(holder, at, staffing, hours()) if holder else Answer(By.NOBODY)
    told = _told(person_id, {code for code in (holder, answer.code) if code}, at)
    return Answered(role, holder, held.basis if held else "", held.start if held else None, answer, told)


def _told(person_id: int, codes: set[str], at: datetime) -> tuple[Told, ...]:
    found = [*_notices(person_id, codes, at), *_messages(person_id, codes, at), *_looks(person_id, codes, at)]
    return tuple(sorted(found, key=lambda t: t.at, reverse=True)[:TOLD_AT_MOST])


def _notices(person_id: int, codes: set[str], at: datetime) -> list[Told]:
    rows = Notice.objects.filter(person_id=person_id, to_code__in=codes, to_kind="practitioner", queued_at__lte=at)
    return [
        Told(
            n.given_at or n.queued_at, n.to_code, "notice", str(n.facts_told.get("words") or n.about),
            n.seen_at if n.seen_at and n.seen_at <= at else None,
        )
        for n in rows
    ]  # fmt: skip


def _messages(person_id: int, codes: set[str], at: datetime) -> list[Told]:
    rows = Message.objects.filter(person_id=person_id, to_code__in=codes, sent_at__lte=at)
    return [
        Told(m.sent_at, m.to_code, "message", m.text, m.read_at if m.read_at and m.read_at <= at else None)
        for m in rows
    ]


def _looks(person_id: int, codes: set[str], at: datetime) -> list[Told]:
    """When they opened pages about the person: they knew what stood there."""
    names = dict(User.objects.filter(practitioner_code__in=codes).values_list("username", "practitioner_code"))
    subjects = AuditSubject.objects.filter(person_id=person_id).values("event_id")
    rows = AuditEvent.objects.filter(pk__in=subjects, kind="read", username__in=names, at__lte=at)
    return [Told(e.at, names[e.username], "looked", e.action, e.at) for e in rows.order_by("-at")[:TOLD_AT_MOST]]
