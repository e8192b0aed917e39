"""Handing over one responsibility for one person: every act asks the table of `carestead.care.hand_over` first.

All are one transaction each, write their audit row in it, and raise HandOverRefusedError with the table's sentence when
the move may not be made: then nothing has changed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from carestead.care import hand_over_guards as guard
from carestead.care.hand_over import HandOverRefusedError, make
from carestead.care.standing import Move, Situation
from carestead.store.actor import Actor
from carestead.store.assign.following import follow_if_gone
from carestead.store.assign.models import HandOver, LedgerEntry
from carestead.store.assign.offers import (
    Ask,
    answer_due,
    choose_next,
    close,
    interim_due,
    lapse_if_over,
    record,
    withdraw_offer_to,
    write_offers,
)
from carestead.store.assign.situation import Staff, acting, situation
from carestead.store.assign.take_up import Change, take_up, take_up_and_tell
from carestead.store.assign.telling import tell
from carestead.store.audit.actions import record_write

PHONE = "phone"


@transaction.atomic
def offer_hand_over(
    *, person_id: int, role: str, to_code: str, reason: str, by: Actor, staff: Staff,
    brief: Mapping[str, Any] | None = None, answer_by: datetime | None = None, at: datetime | None = None,
) -> HandOver:  # fmt: skip
    """Ask `to_code` to take over a role for a person; the holder stays until they accept. `brief` is what they are
    shown; `answer_by` is by the clock of offers unless given."""
    now = at or timezone.now()
    lapse_if_over(person_id, role, at=now)
    follow_if_gone(person_id, role, staff=staff, at=now)
    until = answer_by or answer_due(now)
    before = situation(person_id, role, staff=staff, by=by, at=now)
    make(before, Move("offer", acting(by), to=to_code, reason=reason, until=until))
    offered = write_offers([Ask(person_id, before, to_code, brief or {})], reason=reason, until=until, by=by)[0]
    words = f"{by.name} asks you to become the {offered.get_role_display().lower()}. {reason}".strip()
    tell(person_id, to_code, "hand-over-offered", words, by=by, at=now, due=until)
    record("offered", offered, by)
    return offered


@transaction.atomic
def accept_hand_over(
    *, hand_over_id: int, version: int, by: Actor, staff: Staff, channel: str = "screen", at: datetime | None = None
) -> LedgerEntry:
    """The arriving colleague accepts: from this instant they are responsible, and what is open goes to them. By
    `phone`, whoever may withdraw the offer records what they said."""
    now = at or timezone.now()
    offer, before = _read(hand_over_id, version, by, staff, now)
    arriving = _who_accepts(offer, before, by, channel)
    after = make(before, Move("accept", arriving))
    close([offer], "accepted", by, now, name=before.called(arriving), channel=channel)
    record("accepted", offer, by)
    return take_up_and_tell(Change(offer.person_id, before, after, offer.reason, offer.pk), by=by)


@transaction.atomic
def decline_hand_over(
    *, hand_over_id: int, version: int, reason: str, by: Actor, staff: Staff, at: datetime | None = None
) -> HandOver:
    """The arriving colleague declines, with a reason; the holder stays and chooses whom to ask next."""
    return _answer("decline", "declined", hand_over_id, version, reason, by, staff, at)


@transaction.atomic
def withdraw_hand_over(
    *, hand_over_id: int, version: int, reason: str, by: Actor, staff: Staff, at: datetime | None = None
) -> HandOver:
    """Take an offer back before it is answered, with a reason."""
    return _answer("withdraw", "withdrawn", hand_over_id, version, reason, by, staff, at)


@transaction.atomic
def assign_interim(
    *, person_id: int, role: str, to_code: str, reason: str, by: Actor, staff: Staff, at: datetime | None = None
) -> LedgerEntry:
    """The clinical lead names who stands in when nobody took it; they acknowledge it within a working day."""
    now = at or timezone.now()
    lapse_if_over(person_id, role, at=now)
    follow_if_gone(person_id, role, staff=staff, at=now)
    before = situation(person_id, role, staff=staff, by=by, at=now)
    move = Move("interim", acting(by), to=to_code, reason=reason, until=interim_due(now))
    after = make(before, move)
    withdraw_offer_to(person_id, role, to_code, by, now)
    record_write(by=by, action="interim-assigned", people=[person_id], detail={"role": role, "holder": to_code})
    return take_up_and_tell(Change(person_id, before, after, reason), by=by)


@transaction.atomic
def acknowledge_interim(
    *, person_id: int, role: str, by: Actor, staff: Staff, at: datetime | None = None
) -> LedgerEntry:
    """An interim holder says that they know: from now on they hold it as accepted."""
    before = situation(person_id, role, staff=staff, by=by, at=at or timezone.now())
    after = make(before, Move("acknowledge", acting(by)))
    record_write(by=by, action="interim-acknowledged", people=[person_id], detail={"role": role})
    return take_up([Change(person_id, before, after, "Acknowledged")], by=by)[0]


def _answer(
    move: str, state: str, hand_over_id: int, version: int, reason: str, by: Actor, staff: Staff, at: datetime | None
) -> HandOver:
    now = at or timezone.now()
    offer, before = _read(hand_over_id, version, by, staff, now)
    make(before, Move(move, acting(by), reason=reason))
    close([offer], state, by, now, reason=reason.strip())
    if state == "declined":
        choose_next(offer, before, now)
    record(state, offer, by)
    return offer


def _read(hand_over_id: int, version: int, by: Actor, staff: Staff, at: datetime) -> tuple[HandOver, Situation]:
    """The offer, and how it stands: of an older offer than the last, its own state decides."""
    offer = HandOver.objects.filter(pk=hand_over_id).first()
    if offer is None:
        raise HandOverRefusedError("There is no such offer.", "Look at the list of offers.")
    follow_if_gone(offer.person_id, offer.role, staff=staff, at=at)
    offer.refresh_from_db()
    before = situation(offer.person_id, offer.role, staff=staff, by=by, at=at)
    if offer.state != "offered":
        made = before.offer
        mine = replace(before, offer=replace(made, to=offer.arriving_code, state=offer.state)) if made else before
        raise HandOverRefusedError(guard.offer_open(mine, Move("accept")) or "The offer is over.")
    if offer.version != version:
        raise HandOverRefusedError("The offer has changed since you read it.", "Read the page again.")
    return offer, before


def _who_accepts(offer: HandOver, before: Situation, by: Actor, channel: str) -> str:
    if channel != PHONE or acting(by) == offer.arriving_code:
        return acting(by)
    if why := guard.may_withdraw(before, Move("accept", acting(by))):
        raise HandOverRefusedError(why)
    return offer.arriving_code
