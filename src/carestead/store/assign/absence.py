"""Being away, and who answers meanwhile: a colleague who agreed, else the duty desk. The holder stays accountable."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from carestead.care.answering import Absence as Away
from carestead.care.answering import Staffing, cover_refusal, left_bare, overlapping
from carestead.care.times import said
from carestead.core.finding import CaresteadError
from carestead.store.actor import DIRECT_CARE, SYSTEM, Actor, Role
from carestead.store.assign.models import Absence, Departure, HandOver
from carestead.store.assign.offers import lapse
from carestead.store.assign.situation import Staff
from carestead.store.audit.actions import record_write


class AbsenceRefusedError(CaresteadError):
    """The absence, or the answer to a request for cover, is not possible as it was put."""


@transaction.atomic
def plan_absence(
    *, practitioner_code: str, start: datetime, end: datetime | None, reason: str, by: Actor, staff: Staff,
    cover_code: str = "", at: datetime | None = None,
) -> Absence:  # fmt: skip
    """Somebody will be, or is, away. A named cover is asked and counts once they accept; until then, and without a
    cover, the desk answers. Offers to somebody away from now lapse. Raises AbsenceRefusedError."""
    now = at or timezone.now()
    _refuse_unless_theirs(practitioner_code, by)
    _refuse(None if reason.strip() else "The absence has no reason.", "Say in a few words why.")
    away = _period(practitioner_code, start, end, cover_code)
    others = planned(start)
    if clash := next((o for o in overlapping(away, others.absences) if o.code == practitioner_code), None):
        _refuse(f"There is an absence from {said(clash.start)} already.", "Change or cancel that one first.")
    _refuse(_cover_refusal(away, others, staff))
    made = Absence.objects.create(
        practitioner_code=practitioner_code, start=start, end=end, reason=reason.strip(), cover_code=cover_code,
        cover_state="asked" if cover_code else "desk", planned_by=by.name, planned_at=now,
    )  # fmt: skip
    if start <= now:
        _lapse_offers(practitioner_code, now)
    detail = {"absence": made.pk, "who": practitioner_code, "cover": cover_code}
    record_write(by=by, action="absence-planned", detail=detail)
    return made


@transaction.atomic
def answer_cover(
    *, absence_id: int, version: int, accept: bool, by: Actor, staff: Staff, reason: str = "",
    at: datetime | None = None,
) -> Absence:  # fmt: skip
    """Whoever was asked to cover accepts, or declines with a reason; then the desk answers until somebody else does."""
    now = at or timezone.now()
    absence = _current(absence_id, version, now)
    asked = absence.cover_state == "asked" and by.practitioner_code == absence.cover_code
    _refuse(None if asked else "You are not asked to cover this absence.", "Look at the list of what you are asked.")
    if accept:
        away = as_away(absence)
        _refuse(_cover_refusal(away, planned(away.start), staff))
    else:
        _refuse(None if reason.strip() else "You decline without a reason.", "Say in a few words why.")
    state = "accepted" if accept else "declined"
    sets = {"cover_state": state, "cover_answered_at": now, "cover_answer": reason.strip()}
    return _change(absence, f"cover-{state}", by, **sets)


@transaction.atomic
def ask_cover(
    *, absence_id: int, version: int, cover_code: str, by: Actor, staff: Staff, at: datetime | None = None
) -> Absence:
    """Ask somebody else to cover, or nobody: then the desk answers. What was agreed for the time before stays."""
    now = at or timezone.now()
    absence = _current(absence_id, version, now)
    _refuse_unless_theirs(absence.practitioner_code, by)
    away = Away(absence.practitioner_code, max(absence.start, now), absence.end, cover_code)
    _refuse(_cover_refusal(away, planned(away.start), staff))
    if absence.cover_state == "accepted" and absence.start < now:
        absence = _rest_of(absence, now)
    state = "asked" if cover_code else "desk"
    sets = {"cover_code": cover_code, "cover_state": state, "cover_answered_at": None, "cover_answer": ""}
    return _change(absence, "cover-asked", by, **sets)


@transaction.atomic
def end_absence(*, absence_id: int, version: int, by: Actor, at: datetime | None = None) -> Absence:
    """Back: one that has begun ends now; one that has not is cancelled."""
    now = at or timezone.now()
    absence = _current(absence_id, version, now)
    _refuse_unless_theirs(absence.practitioner_code, by)
    return _change(absence, "absence-ended", by, **({"end": now} if absence.start < now else {"cancelled_at": now}))


def planned(since: datetime) -> Staffing:
    """Absences that end after `since`, and who has left or will leave, for checking a plan against."""
    rows = Absence.objects.filter(Q(end__isnull=True) | Q(end__gt=since), cancelled_at__isnull=True)
    gone = dict(Departure.objects.values_list("practitioner_code", "leaves_at"))
    return Staffing(tuple(as_away(a) for a in rows), gone)


def as_away(row: Absence, at: datetime | None = None) -> Away:
    """The absence as `care.answering` reads it; with `at`, the cover counts only if they had accepted by then."""
    agreed = row.cover_state == "accepted" and (at is None or (row.cover_answered_at or at) <= at)
    return Away(row.practitioner_code, row.start, row.end, row.cover_code, agreed)


def taken_from(absence: Absence) -> list[Away]:
    """The absences of others that this one takes the accepted cover from: there the desk answers instead."""
    return left_bare(as_away(absence), planned(absence.start))


def _period(code: str, start: datetime, end: datetime | None, cover: str) -> Away:
    try:
        return Away(code, start, end, cover)
    except ValueError as wrong:
        raise AbsenceRefusedError("The absence ends before it starts.", "Give a later end, or none.") from wrong


def _cover_refusal(away: Away, others: Staffing, staff: Staff) -> str | None:
    if why := cover_refusal(away, others, {c.code: c.called for c in staff.values()}):
        return why
    who, cover = staff.get(away.code), staff.get(away.cover)
    if not away.cover or (who and cover and who.roles & cover.roles):
        return None
    return f"{cover.called if cover else away.cover} has another role: name somebody else, or leave it to the desk."


def _lapse_offers(code: str, at: datetime) -> None:
    for offer in HandOver.objects.filter(state="offered", arriving_code=code):
        lapse(offer, at=at)


def _rest_of(absence: Absence, now: datetime) -> Absence:
    """End it now and begin the rest as an absence of its own, so that who covered before can still be told."""
    rest = Absence.objects.get(pk=absence.pk)
    _change(absence, "absence-divided", SYSTEM, end=now)
    rest.pk, rest.start, rest.version = None, now, 1
    rest.save(force_insert=True)
    return rest


def _refuse_unless_theirs(code: str, by: Actor) -> None:
    theirs = by.practitioner_code == code or by.role is Role.LEAD
    _refuse(None if theirs and by.role in DIRECT_CARE else "Only they themselves or the practice lead can do that.")


def _current(absence_id: int, version: int, now: datetime) -> Absence:
    absence = Absence.objects.filter(pk=absence_id, cancelled_at__isnull=True).first()
    if absence is None or absence.version != version:
        raise AbsenceRefusedError("The absence has changed since you read it.", "Read the page again.")
    if absence.end is not None and absence.end <= now:
        raise AbsenceRefusedError(f"That absence ended on {said(absence.end)}.", "There is nothing left to change.")
    return absence


def _change(absence: Absence, action: str, by: Actor, **sets: object) -> Absence:
    still = Absence.objects.filter(pk=absence.pk, version=absence.version)
    if not still.update(**sets, version=absence.version + 1):
        raise AbsenceRefusedError("Somebody answered at the same moment.", "Read the page again.")
    absence.refresh_from_db()
    record_write(by=by, action=action, detail={"absence": absence.pk, "who": absence.practitioner_code})
    return absence


def _refuse(what: str | None, do: str = "") -> None:
    if what:
        raise AbsenceRefusedError(what, do)
