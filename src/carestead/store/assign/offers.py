"""The rows of offers: made, and ended once. What may be done is asked of the hand-over table by whoever calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from carestead.care import hand_over_guards as guard
from carestead.care.hand_over import HandOverRefusedError, refusal
from carestead.care.standing import Move, Situation
from carestead.reference.calendars import working_calendar
from carestead.store.actor import SYSTEM, Actor
from carestead.store.assign.models import HandOver
from carestead.store.assign.situation import acting, situation
from carestead.store.assign.telling import alarm
from carestead.store.audit.actions import record_write
from carestead.store.clocks import site_clocks


@dataclass(frozen=True, slots=True)
class Ask:
    """An offer that the table allowed: of whose role, as it stood, to whom."""

    person_id: int
    before: Situation
    to_code: str
    brief: Mapping[str, Any] = field(default_factory=dict)


def write_offers(
    asks: Sequence[Ask], *, reason: str, until: datetime, by: Actor, bulk_id: int | None = None
) -> list[HandOver]:
    """The rows of offers; when somebody offered one of them at the same instant, none is written."""
    rows = [_offer_row(ask, reason, until, by, bulk_id) for ask in asks]
    try:
        with transaction.atomic():
            return HandOver.objects.bulk_create(rows)
    except IntegrityError as refused:
        raise HandOverRefusedError(
            "Somebody offered it at the same moment.", "Read the page again before you go on."
        ) from refused


def _offer_row(ask: Ask, reason: str, until: datetime, by: Actor, bulk_id: int | None) -> HandOver:
    return HandOver(
        person_id=ask.person_id,
        role=ask.before.role,
        leaving_code=ask.before.holder,
        arriving_code=ask.to_code,
        reason=reason.strip(),
        brief=dict(ask.brief),
        offered_by=by.name,
        offered_by_username=by.username,
        offered_by_code=acting(by),
        offered_at=ask.before.at,
        answer_by=until,
        bulk_id=bulk_id,
    )


def close(
    offers: Sequence[HandOver], state: str, by: Actor, at: datetime, *, name: str = "", reason: str = "",
    channel: str = "",
) -> None:  # fmt: skip
    """Set the end of offers, once: when one of them was answered at the same moment, all is refused."""
    still = HandOver.objects.filter(pk__in=[o.pk for o in offers], state="offered")
    said = {"answered_by": name or by.name, "answered_at": at, "answer_reason": reason, "channel": channel}
    if still.update(state=state, version=F("version") + 1, **said) != len(offers):
        raise HandOverRefusedError("The offer was answered at the same moment.", "Read the page again.")
    for offer in offers:
        offer.state, offer.version, offer.answer_reason = state, offer.version + 1, reason


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
    close([offer], "lapsed", SYSTEM, at, reason=f"{why[0].upper()}{why[1:]}.")
    choose_next(offer, before, at)
    record("lapsed", offer, SYSTEM)
    return True


def withdraw_offer_to(person_id: int, role: str, to_code: str, by: Actor, at: datetime) -> None:
    """Who becomes the holder otherwise needs no offer any more."""
    for offer in HandOver.objects.filter(person_id=person_id, role=role, state="offered", arriving_code=to_code):
        close([offer], "withdrawn", by, at, reason="Given as an interim assignment.")


def choose_next(offer: HandOver, before: Situation, at: datetime) -> None:
    """Ask the holder whom to ask next."""
    alarm(
        f"hand-over/{offer.pk}/choose-next", offer.person_id, ("hand-over", offer.pk), "choose-next", before.holder, at
    )


def record(what: str, offer: HandOver, by: Actor) -> None:
    """The audit row of an act upon an offer."""
    detail = {"hand_over": offer.pk, "role": offer.role, "from": offer.leaving_code, "to": offer.arriving_code}
    record_write(by=by, action=f"hand-over-{what}", people=[offer.person_id], detail=detail)


def answer_due(at: datetime) -> datetime:
    """By when an offer made at `at` is to be answered."""
    return site_clocks()["hand-over-offer"].due(at, working_calendar())


def interim_due(at: datetime) -> datetime:
    """By when an interim assignment made at `at` is to be acknowledged."""
    return site_clocks()["interim-answer"].due(at, working_calendar())
