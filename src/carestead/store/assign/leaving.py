"""Leaving for good: notice with a stand-in, so that nobody is ever left with a holder who has gone."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from carestead.care.hand_over import HandOverRefusedError
from carestead.care.times import said
from carestead.store.actor import Actor, Role
from carestead.store.assign.following import follow
from carestead.store.assign.models import Departure, HandOver, Responsibility
from carestead.store.assign.offers import lapse
from carestead.store.assign.situation import Staff
from carestead.store.audit.actions import record_write


@transaction.atomic
def give_notice(
    *, practitioner_code: str, leaves_at: datetime, reason: str, by: Actor, staff: Staff, stand_in_code: str = "",
    at: datetime | None = None,
) -> Departure:  # fmt: skip
    """Record that somebody leaves at `leaves_at`. Until then their people are offered to others; whoever they still
    hold goes to the stand-in in that instant. Offers to them lapse. Raises HandOverRefusedError."""
    now = at or timezone.now()
    _refuse(None if by.role is Role.LEAD else "Leaving is recorded by the practice lead.")
    _refuse(None if reason.strip() else "The leaving has no reason.", "Say in a few words why.")
    _refuse(_notice_refusal(practitioner_code, stand_in_code, staff))
    gone = Departure.objects.create(
        practitioner_code=practitioner_code, leaves_at=leaves_at, stand_in_code=stand_in_code, reason=reason.strip(),
        recorded_by=by.name, recorded_at=now,
    )  # fmt: skip
    for offer in HandOver.objects.filter(state="offered", arriving_code=practitioner_code):
        lapse(offer, at=now)
    record_write(by=by, action="leaving-recorded", detail={"who": practitioner_code, "stand_in": stand_in_code})
    if leaves_at <= now:
        follow(gone, staff=staff, by=by, at=now)
    return gone


def _notice_refusal(code: str, stand_in: str, staff: Staff) -> str | None:
    called = {c.code: c.called for c in staff.values()}
    who = called.get(code, code)
    if Departure.objects.filter(practitioner_code=code).exists():
        return f"{who} has given notice already."
    if waiting := Departure.objects.filter(stand_in_code=code, followed_at__isnull=True).first():
        leaver = called.get(waiting.practitioner_code, waiting.practitioner_code)
        return f"{who} is to stand in for {leaver} from {said(waiting.leaves_at)}: name somebody else for that first."
    if not stand_in:
        return f"Nobody stands in for whomever {who} still holds then: name somebody."
    if stand_in == code or Departure.objects.filter(practitioner_code=stand_in).exists():
        return f"{called.get(stand_in, stand_in)} cannot stand in: they leave themselves. Name somebody else."
    roles = set(Responsibility.objects.filter(practitioner_code=code, end__isnull=True).values_list("role", flat=True))
    missing = roles - (staff[stand_in].roles if stand_in in staff else frozenset())
    return (
        f"{called.get(stand_in, stand_in)} cannot hold {len(missing)} of the roles: name somebody else."
        if missing
        else None
    )


def _refuse(what: str | None, do: str = "") -> None:
    if what:
        raise HandOverRefusedError(what, do)
