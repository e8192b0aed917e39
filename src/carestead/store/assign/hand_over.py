"""Handing over one responsibility for one person: every act asks the table of `carestead.care.hand_over` first.

All are one transaction each, write their audit row in it, and raise HandOverRefusedError with the table's sentence when
the move may not be made: then nothing has changed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.care import hand_over_guards as guard
from carestead.care.clocks import clocks
from carestead.care.hand_over import HandOverRefusedError, make, refusal
from carestead.care.standing import Move, Situation
from carestead.reference.calendars import working_calendar
from carestead.store.actor import SYSTEM, Actor
from carestead.store.assign.actions import append_entry, last_entry
from carestead.store.assign.models import HandOver, LedgerEntry
from carestead.store.assign.situation import Staff, acting, situation
from carestead.store.assign.telling import alarm, tell, tell_of_new_holder
from carestead.store.audit.actions import record_write
from carestead.store.care.reroute import Follows, reroute

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
    until = answer_by or answer_due(now)
    before = situation(person_id, role, staff=staff, by=by, at=now)
    make(before, Move("offer", acting(by), to=to_code, reason=reason, until=until))
    offered = write_offer(person_id, before, to_code, reason, until, by, brief)
    words = f"{by.name} asks you to become the {offered.get_role_display().lower()}. {reason}".strip()
    tell(person_id, to_code, "hand-over-offered", words, by=by, at=now, due=until)
    _record("offered", offered, by)
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
    close(offer, "accepted", by, now, name=before.called(arriving), channel=channel)
    _record("accepted", offer, by)
    return take_up(offer.person_id, before, after, by=by, reason=offer.reason, hand_over_id=offer.pk)


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
    before = situation(person_id, role, staff=staff, by=by, at=now)
    move = Move("interim", acting(by), to=to_code, reason=reason, until=interim_due(now))
    after = make(before, move)
    withdraw_offer_to(person_id, role, to_code, by, now)
    record_write(by=by, action="interim-assigned", people=[person_id], detail={"role": role, "holder": to_code})
    return take_up(person_id, before, after, by=by, reason=reason)


@transaction.atomic
def acknowledge_interim(
    *, person_id: int, role: str, by: Actor, staff: Staff, at: datetime | None = None
) -> LedgerEntry:
    """An interim holder says that they know: from now on they hold it as accepted."""
    before = situation(person_id, role, staff=staff, by=by, at=at or timezone.now())
    after = make(before, Move("acknowledge", acting(by)))
    record_write(by=by, action="interim-acknowledged", people=[person_id], detail={"role": role})
    return _enter(person_id, after, by, "Acknowledged")


def lapse_if_over(person_id: int, role: str, *, at: datetime) -> None:
    """Write down that the person's open offer of a role has lapsed, when it has, so that another can be made."""
    for offer in HandOver.objects.filter(person_id=person_id, role=role, state="offered"):
        lapse(offer, at=at)


@transaction.atomic
def lapse(offer: HandOver, *, at: datetime) -> bool:
    """Write down that an offer has lapsed and raise the alarm to choose who is asked next. Gives False when it still
    waits for an answer. Nothing changes about who is responsible."""
    before = situation(offer.person_id, offer.role, staff={}, by=SYSTEM, at=at)
    why = guard.why_lapsed(before)
    if why is None or refusal(before, Move("lapse")):
        return False
    close(offer, "lapsed", SYSTEM, at, reason=f"{why[0].upper()}{why[1:]}.")
    _choose_next(offer, before, at)
    _record("lapsed", offer, SYSTEM)
    return True


def take_up(
    person_id: int, before: Situation, after: Situation, *, by: Actor, reason: str, hand_over_id: int | None = None,
    telling: bool = True,
) -> LedgerEntry:  # fmt: skip
    """Write the entry of a new holder, give them what is open, and tell whom it concerns."""
    entry = _enter(person_id, after, by, reason, hand_over_id)
    reroute([person_id], Follows(before.holder, after.holder, after.called(after.holder), after.at), by=by)
    if telling:
        tell_of_new_holder(person_id, before, after, by=by)
    return entry


def write_offer(
    person_id: int, before: Situation, to_code: str, reason: str, until: datetime, by: Actor,
    brief: Mapping[str, Any] | None = None, bulk_id: int | None = None,
) -> HandOver:  # fmt: skip
    """The row of an offer that the table allowed; a second one made at the same instant is refused."""
    try:
        with transaction.atomic():
            return HandOver.objects.create(
                person_id=person_id, role=before.role, leaving_code=before.holder, arriving_code=to_code, reason=reason,
                brief=dict(brief or {}), offered_by=by.name, offered_by_username=by.username,
                offered_by_code=acting(by), offered_at=before.at, answer_by=until, bulk_id=bulk_id,
            )  # fmt: skip
    except IntegrityError as refused:
        raise HandOverRefusedError(
            "Somebody offered it at the same moment.", "Read the page again before you go on."
        ) from refused


def close(
    offer: HandOver, state: str, by: Actor, at: datetime, *, name: str = "", reason: str = "", channel: str = ""
) -> None:
    """Set the end of an offer, once: whoever comes second is refused in the table's words."""
    still = HandOver.objects.filter(pk=offer.pk, state="offered", version=offer.version)
    said = {"answered_by": name or by.name, "answered_at": at, "answer_reason": reason, "channel": channel}
    if not still.update(state=state, version=offer.version + 1, **said):
        raise HandOverRefusedError("The offer was answered at the same moment.", "Read the page again.")
    offer.refresh_from_db()


def withdraw_offer_to(person_id: int, role: str, to_code: str, by: Actor, at: datetime) -> None:
    """Who becomes the holder otherwise needs no offer any more."""
    for offer in HandOver.objects.filter(person_id=person_id, role=role, state="offered", arriving_code=to_code):
        close(offer, "withdrawn", by, at, reason="Given as an interim assignment.")


def answer_due(at: datetime) -> datetime:
    """By when an offer made at `at` is to be answered."""
    return clocks()["hand-over-offer"].due(at, working_calendar())


def interim_due(at: datetime) -> datetime:
    """By when an interim assignment made at `at` is to be acknowledged."""
    return clocks()["interim-answer"].due(at, working_calendar())


def _answer(
    move: str, state: str, hand_over_id: int, version: int, reason: str, by: Actor, staff: Staff, at: datetime | None
) -> HandOver:
    now = at or timezone.now()
    offer, before = _read(hand_over_id, version, by, staff, now)
    make(before, Move(move, acting(by), reason=reason))
    close(offer, state, by, now, reason=reason.strip())
    if state == "declined":
        _choose_next(offer, before, now)
    _record(state, offer, by)
    return offer


def _read(hand_over_id: int, version: int, by: Actor, staff: Staff, at: datetime) -> tuple[HandOver, Situation]:
    """The offer, and how it stands: of an older offer than the last, its own state decides."""
    offer = HandOver.objects.filter(pk=hand_over_id).first()
    if offer is None:
        raise HandOverRefusedError("There is no such offer.", "Look at the list of offers.")
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


def _enter(person_id: int, after: Situation, by: Actor, reason: str, hand_over_id: int | None = None) -> LedgerEntry:
    return append_entry(
        person_id=person_id, role=after.role, holder_code=after.holder, basis=str(after.basis), reason=reason, by=by,
        last=last_entry(person_id, after.role), hand_over_id=hand_over_id, at=after.at,
    )  # fmt: skip


def _choose_next(offer: HandOver, before: Situation, at: datetime) -> None:
    alarm(
        f"hand-over/{offer.pk}/choose-next", offer.person_id, ("hand-over", offer.pk), "choose-next", before.holder, at
    )


def _record(what: str, offer: HandOver, by: Actor) -> None:
    detail = {"hand_over": offer.pk, "role": offer.role, "from": offer.leaving_code, "to": offer.arriving_code}
    record_write(by=by, action=f"hand-over-{what}", people=[offer.person_id], detail=detail)
