"""The duty desk of a group of practices: who staffs it when. Its bare hours are told, never assumed away."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from carestead.care.answering import Shift
from carestead.care.hours import DeskHours, Span
from carestead.care.rota import bare_hours, overlaps
from carestead.care.times import said
from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor, Role
from carestead.store.assign.absence import planned
from carestead.store.assign.models import DeskShift
from carestead.store.audit.actions import record_write
from carestead.store.clocks import desk_of

PLANNERS = (Role.LEAD, Role.CARE_COORDINATOR)


class ShiftRefusedError(CaresteadError):
    """The shift is not possible as it was put."""


def hours() -> DeskHours:
    """When the desks of the area that is served are open, and who answers when they are not."""
    return desk_of(settings.AREA)


@transaction.atomic
def plan_shift(
    *, group_code: str, start: datetime, end: datetime, staffed_by: str, staff_name: str, phone: str, by: Actor,
    at: datetime | None = None,
) -> DeskShift:  # fmt: skip
    """Somebody staffs the desk of a group, under a telephone number. Raises ShiftRefusedError."""
    _refuse(None if by.role in PLANNERS else "Shifts are planned by the practice lead or a coordinator.")
    _refuse(None if group_code else "No group of practices is named.", "Choose the group whose desk it is.")
    _refuse(None if staffed_by and phone.strip() else "Nobody, or no number, is named.", "Say who, and which number.")
    if not start < end <= start + timedelta(hours=24):
        _refuse("A shift ends after it starts, and within a day.", "Give a shorter shift.")
    _refuse(_clash(Shift(start, end, staffed_by), staff_name))
    made = DeskShift.objects.create(
        group_code=group_code, start=start, end=end, staffed_by=staffed_by, staff_name=staff_name, phone=phone.strip(),
        planned_by=by.name, planned_at=at or timezone.now(),
    )  # fmt: skip
    record_write(by=by, action="shift-planned", detail={"shift": made.pk, "group": group_code, "who": staffed_by})
    return made


@transaction.atomic
def cancel_shift(*, shift_id: int, by: Actor, at: datetime | None = None) -> None:
    """Take a shift out of the rota. What it leaves bare is told on the page."""
    _refuse(None if by.role in PLANNERS else "Shifts are planned by the practice lead or a coordinator.")
    found = DeskShift.objects.filter(pk=shift_id, cancelled_at__isnull=True)
    _refuse(None if found.update(cancelled_at=at or timezone.now()) else "That shift is not in the rota any more.")
    record_write(by=by, action="shift-cancelled", detail={"shift": shift_id})


def shifts(group_code: str, start: datetime, end: datetime, known_at: datetime | None = None) -> list[DeskShift]:
    """The shifts of a group's desk that share an instant with the span, by start; with `known_at`, as the rota was at
    that instant."""
    found = DeskShift.objects.filter(group_code=group_code, start__lt=end, end__gt=start)
    still = Q(cancelled_at__isnull=True) | (Q(cancelled_at__gt=known_at) if known_at else Q(pk__in=()))
    return list(found.filter(still).order_by("start", "pk"))


def bare(group_code: str, first: date, last: date) -> list[Span]:
    """The opening hours from `first` to `last` in which nobody staffs the group's desk."""
    spans = hours().between(first, last)
    if not spans:
        return []
    rota = [as_shift(s) for s in shifts(group_code, spans[0].start, spans[-1].end)]
    return bare_hours(rota, first, last, hours())


def as_shift(row: DeskShift) -> Shift:
    """The shift as `care.answering` reads it."""
    return Shift(row.start, row.end, row.staff_name, row.phone)


def _clash(wanted: Shift, name: str) -> str | None:
    """Nobody staffs two desks at once, or one while away or after leaving."""
    staffing = planned(wanted.start)
    away = next((a for a in staffing.absences if a.code == wanted.staffed_by and a.start < wanted.end), None)
    if away:
        return f"{name} is away from {said(away.start)}: choose somebody else."
    if (gone := staffing.left.get(wanted.staffed_by)) and gone < wanted.end:
        return f"{name} leaves on {said(gone)}: choose somebody else."
    theirs = DeskShift.objects.filter(staffed_by=wanted.staffed_by, end__gt=wanted.start, cancelled_at__isnull=True)
    rota = [Shift(s.start, s.end, s.staffed_by) for s in theirs]
    clash = next((pair for pair in overlaps([*rota, wanted]) if wanted in pair), None)
    return (
        f"{name} staffs a desk from {said(min(s.start for s in clash if s is not wanted))} already." if clash else None
    )


def _refuse(what: str | None, do: str = "") -> None:
    if what:
        raise ShiftRefusedError(what, do)
