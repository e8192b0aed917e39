"""Whoever a leaver still holds at the instant of leaving is followed by the stand-in whom the lead named."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from carestead.care.hand_over import HandOverRefusedError, make
from carestead.care.standing import Colleague, Move
from carestead.store.actor import SYSTEM, Actor
from carestead.store.assign.models import Departure, Responsibility
from carestead.store.assign.offers import interim_due, withdraw_offer_to
from carestead.store.assign.situation import Staff, acting, situation
from carestead.store.assign.take_up import Change, take_up_and_tell
from carestead.store.assign.telling import alarm
from carestead.store.audit.actions import record_write


@transaction.atomic
def follow(gone: Departure, *, staff: Staff, by: Actor = SYSTEM, at: datetime) -> int:
    """Carry out a leaving whose instant has come. Gives how many people were followed. `by` only carries out what the
    lead decided. Whom the table refuses raises an alarm, and is tried again at the next call."""
    held = Responsibility.objects.filter(practitioner_code=gone.practitioner_code, end__isnull=True)
    followed = [_follow_one(gone, r.role, r.person_id, staff, by, at) for r in held.order_by("role", "person_id")]
    if all(followed):
        Departure.objects.filter(pk=gone.pk).update(followed_at=at)
    record_write(by=by, action="leaver-followed", detail={"who": gone.practitioner_code, "people": sum(followed)})
    return sum(followed)


def follow_leavers(*, staff: Staff, at: datetime) -> int:
    """What a clock asks for: carry out every leaving whose instant has come. Safe to repeat."""
    due = Departure.objects.filter(leaves_at__lte=at, followed_at__isnull=True)
    return sum(follow(gone, staff=staff, at=at) for gone in due)


def follow_if_gone(person_id: int, role: str, *, staff: Staff, at: datetime) -> None:
    """Before anything else is done with a role: when its holder has left and no clock has looked yet, the stand-in
    follows first, so that the ledger never shows anybody with a holder who had gone."""
    held = Responsibility.objects.filter(person_id=person_id, role=role, end__isnull=True).first()
    code = held.practitioner_code if held else ""
    gone = Departure.objects.filter(practitioner_code=code, leaves_at__lte=at, followed_at__isnull=True).first()
    if gone:
        _follow_one(gone, role, person_id, staff, SYSTEM, at)


def _follow_one(gone: Departure, role: str, person_id: int, staff: Staff, by: Actor, at: datetime) -> bool:
    # That the stand-in can hold the roles was asked when they were named.
    known = {gone.stand_in_code: Colleague(gone.stand_in_code, roles=frozenset({role})), **staff}
    before = situation(person_id, role, staff=known, by=by, at=at).where(gone.practitioner_code, left=False)
    # From the instant of leaving, however late the clock looks; but after whatever was written down last.
    before = replace(before, at=gone.leaves_at if before.since < gone.leaves_at else at)
    move = Move("leave", acting(by), gone.stand_in_code, gone.practitioner_code, gone.reason, interim_due(at))
    try:
        after = make(before, move)
    except HandOverRefusedError:
        key = f"departure/{gone.pk}/{role}/{person_id}"
        alarm(key, person_id, ("departure", gone.pk), "not-followed", gone.stand_in_code, at)
        return False
    withdraw_offer_to(person_id, role, gone.stand_in_code, by, at)
    take_up_and_tell(Change(person_id, before, after, f"{gone.reason} (named by {gone.recorded_by})"), by=by)
    return True
