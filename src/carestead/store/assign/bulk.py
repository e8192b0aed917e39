"""Handing over many people at once: a preview, one receipt, each receiver's own acceptance, and the way back.

Nobody is given people unasked: the bulk *offers*, and each receiver accepts what they were offered in one act. Each act
is one transaction: cut off in the middle, it leaves everything as it was.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.care.hand_over import HandOverRefusedError, make, refusal
from carestead.care.hand_over_guards import why_lapsed
from carestead.care.standing import ROLES, Move, Situation
from carestead.store.actor import Actor
from carestead.store.assign.models import BulkHandOver, HandOver, LedgerEntry, Responsibility
from carestead.store.assign.offers import Ask, answer_due, close, lapse, write_offers
from carestead.store.assign.situation import Staff, acting, situations
from carestead.store.assign.take_up import Change, take_up
from carestead.store.assign.telling import tell_in_one
from carestead.store.audit.actions import record_write

Receivers = Mapping[int, str]
"""Who is to receive each person, by person_id; who is left out is in no way touched."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bulk would do. `offers` are those the table allows, `refused` says why not of the others; `before` and
    `after` count the people each practitioner holds in the role, if all were accepted."""

    offers: dict[int, str]
    refused: dict[int, str]
    before: dict[str, int]
    after: dict[str, int]


@dataclass(frozen=True, slots=True)
class WayBack:
    """What taking a bulk back would do: offers of `withdrawn` end, those of `offered` are asked of whoever held them
    (by person_id), `accountable` holds each until they accept; `refused` says why not of others, and `touched` have
    changed hands since, and stay."""

    withdrawn: list[int]
    offered: dict[int, str]
    accountable: dict[int, str]
    refused: dict[int, str]
    touched: list[int]

    @property
    def does_anything(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self.withdrawn or self.offered)


def open_people(code: str) -> dict[str, list[int]]:
    """Whom somebody holds now, by role."""
    held: dict[str, list[int]] = {}
    rows = Responsibility.objects.filter(practitioner_code=code, end__isnull=True).order_by("role", "person_id")
    for role, person_id in rows.values_list("role", "person_id"):
        held.setdefault(role, []).append(person_id)
    return held


def preview_bulk(*, role: str, receivers: Receivers, by: Actor, staff: Staff, at: datetime | None = None) -> Preview:
    """What `offer_bulk` would do, without doing it."""
    now = at or timezone.now()
    found = situations(list(receivers), role, staff=staff, by=by, at=now)
    said = {person: _offer_refusal(found.get(person), to, by, now) for person, to in receivers.items()}
    offers = {person: to for person, to in receivers.items() if said[person] is None}
    before = _loads(role, {found[p].holder for p in offers} | set(offers.values()))
    after = Counter(before)
    for person, to in offers.items():
        after[to] += 1
        after[found[person].holder] -= 1
    return Preview(offers, {p: why for p, why in said.items() if why}, before, dict(after))


@transaction.atomic
def offer_bulk(
    *, role: str, leaving_code: str, receivers: Receivers, reason: str, by: Actor, staff: Staff,
    at: datetime | None = None, undoes_id: int | None = None,
) -> BulkHandOver:  # fmt: skip
    """Offer many people of one holder at once. What the table refuses is left out and stands in the receipt."""
    now = at or timezone.now()
    if not reason.strip():
        raise HandOverRefusedError("The hand-over has no reason.", "Say in a few words why.", field="reason")
    found = situations(list(receivers), role, staff=staff, by=by, at=now)
    mine = {person: to for person, to in receivers.items() if person in found and found[person].holder == leaving_code}
    said = {person: _offer_refusal(found[person], to, by, now) for person, to in mine.items()}
    offered = {person: to for person, to in mine.items() if said[person] is None}
    if not offered:
        why = next((why for why in said.values() if why), "None of these people is theirs.")
        raise HandOverRefusedError(f"There is nothing to offer. {why}", "Choose other people, or another receiver.")
    bulk = _bulk(role, leaving_code, reason, by, now, undoes_id)
    asks = [Ask(person, found[person], to) for person, to in offered.items()]
    write_offers(asks, reason=reason, until=answer_due(now), by=by, bulk_id=bulk.pk)
    bulk.receipt = _receipt(offered, {p: why for p, why in said.items() if why}, set(receivers) - set(mine))
    bulk.save(update_fields=["receipt"])
    detail = {"bulk": bulk.pk, "role": role, "from": leaving_code, "undoes": undoes_id}
    record_write(by=by, action="bulk-offered", people=list(offered), detail=detail)
    return bulk


@transaction.atomic
def accept_bulk(
    *, bulk_id: int, by: Actor, staff: Staff, leave_out: Collection[int] = (), at: datetime | None = None
) -> list[LedgerEntry]:
    """Whoever was offered people in a bulk accepts them, all but those `leave_out`, which stay on offer. Raises
    HandOverRefusedError, with how many and why, when one of them cannot be accepted: then none is."""
    now = at or timezone.now()
    offers = [o for o in _open_offers(bulk_id, acting(by)) if o.person_id not in leave_out]
    if not offers:
        raise HandOverRefusedError("Nothing of this is on offer to you any more.", "Look at the list of offers.")
    role = offers[0].role
    found = situations([o.person_id for o in offers], role, staff=staff, by=by, at=now)
    changes = [_accepted(o, found[o.person_id], by) for o in offers]
    close(offers, "accepted", by, now, channel="screen")
    entries = take_up(changes, by=by)
    leaver = found[offers[0].person_id].called(offers[0].leaving_code)
    words = f"{by.name} is the {ROLES[role]} of {len(offers)} people instead of {leaver}."
    tell_in_one((s.other_holder for s in found.values()), words, by=by, at=now)
    people = [o.person_id for o in offers]
    record_write(by=by, action="bulk-accepted", people=people, detail={"bulk": bulk_id, "role": role})
    return entries


@transaction.atomic
def undo_bulk(*, bulk_id: int, reason: str, by: Actor, staff: Staff, at: datetime | None = None) -> BulkHandOver:
    """The way back, once: what is still on offer is withdrawn, and who was taken over and is untouched since is offered
    back to whoever held them, who accepts as with any bulk. The receipt names those touched since."""
    now = at or timezone.now()
    if not reason.strip():
        raise HandOverRefusedError("It does not say why it is taken back.", "Say in a few words why.", field="reason")
    first = BulkHandOver.objects.get(pk=bulk_id)
    offers = list(HandOver.objects.filter(bulk_id=bulk_id).order_by("pk"))
    found = situations([o.person_id for o in offers], first.role, staff=staff, by=by, at=now)
    look = _way_back(offers, found, by, now)
    withdrawn = [o.person_id for o in offers if _withdraw(o, found, reason, by, now)]
    leaving = next((o.arriving_code for o in offers if o.state == "accepted"), first.leaving_code)
    back = _bulk(first.role, leaving, reason, by, now, bulk_id)
    asks = [Ask(person, found[person], to) for person, to in look.offered.items()]
    write_offers(asks, reason=reason, until=answer_due(now), by=by, bulk_id=back.pk)
    back.receipt = _receipt(look.offered, look.refused, look.touched) | {"withdrawn": withdrawn}
    back.save(update_fields=["receipt"])
    detail = {"bulk": bulk_id, "back": back.pk}
    record_write(by=by, action="bulk-undone", people=[*look.offered, *withdrawn], detail=detail)
    return back


def preview_undo(*, bulk_id: int, by: Actor, staff: Staff, at: datetime | None = None) -> WayBack:
    """What `undo_bulk` would do now, without doing it."""
    now = at or timezone.now()
    offers = list(HandOver.objects.filter(bulk_id=bulk_id).order_by("pk"))
    role = offers[0].role if offers else next(iter(ROLES))
    found = situations([o.person_id for o in offers], role, staff=staff, by=by, at=now)
    return _way_back(offers, found, by, now)


def _way_back(offers: Collection[HandOver], found: Mapping[int, Situation], by: Actor, at: datetime) -> WayBack:
    taken = [o for o in offers if o.state == "accepted"]
    newest = _newest(taken)
    untouched = {o.person_id: o.leaving_code for o in taken if o.pk in newest}
    refused = {p: why for p, to in untouched.items() if (why := _offer_refusal(found.get(p), to, by, at))}
    offered = {person: to for person, to in untouched.items() if person not in refused}
    return WayBack(
        withdrawn=[o.person_id for o in offers if _waits(o, found)],
        offered=offered,
        accountable={person: found[person].holder for person in offered},
        refused=refused,
        touched=sorted({o.person_id for o in taken} - untouched.keys()),
    )


def _offer_refusal(stands: Situation | None, to: str, by: Actor, at: datetime) -> str | None:
    if stands is None:
        return "Nobody is responsible for this person: they are not enrolled."
    return refusal(stands, Move("offer", acting(by), to=to, until=answer_due(at)))


def _accepted(offer: HandOver, before: Situation, by: Actor) -> Change:
    after = make(before, Move("accept", acting(by)))
    return Change(offer.person_id, before, after, offer.reason, offer.pk)


def _withdraw(offer: HandOver, found: Mapping[int, Situation], reason: str, by: Actor, at: datetime) -> bool:
    """Withdraw an offer that waits; one that has lapsed is written down as that, and there is nothing to withdraw."""
    if offer.state != "offered" or lapse(offer, at=at):
        return False
    make(found[offer.person_id], Move("withdraw", acting(by), reason=reason))
    close([offer], "withdrawn", by, at, reason=reason)
    return True


def _waits(offer: HandOver, found: Mapping[int, Situation]) -> bool:
    """Whether an offer waits for its answer, and its time is not over."""
    stands = found.get(offer.person_id)
    return offer.state == "offered" and stands is not None and why_lapsed(stands) is None


def _newest(offers: Collection[HandOver]) -> set[int | None]:
    """The hand-overs that made the newest entry of one of these people: nothing has happened to them since. One
    query."""
    holding = Responsibility.objects.filter(
        person_id__in=[o.person_id for o in offers], role__in={o.role for o in offers}, end__isnull=True
    )
    return set(LedgerEntry.objects.filter(pk__in=holding.values("pk")).values_list("hand_over_id", flat=True))


def _open_offers(bulk_id: int, code: str) -> list[HandOver]:
    return list(HandOver.objects.filter(bulk_id=bulk_id, state="offered", arriving_code=code).order_by("person_id"))


def _loads(role: str, codes: Collection[str]) -> dict[str, int]:
    held = Responsibility.objects.filter(role=role, end__isnull=True, practitioner_code__in=codes)
    counted = Counter(held.values_list("practitioner_code", flat=True))
    return {code: counted[code] for code in sorted(codes)}


def _bulk(role: str, leaving: str, reason: str, by: Actor, at: datetime, undoes_id: int | None) -> BulkHandOver:
    try:
        with transaction.atomic():
            return BulkHandOver.objects.create(
                role=role, leaving_code=leaving, reason=reason.strip(), made_by=by.name, made_at=at, undoes_id=undoes_id
            )
    except IntegrityError as refused:
        raise HandOverRefusedError("That hand-over was undone already.", "Look at the list of hand-overs.") from refused


def _receipt(offered: Mapping[int, str], refused: Mapping[int, str], left_out: Collection[int]) -> dict[str, Any]:
    to: dict[str, list[int]] = {}
    for person, code in offered.items():
        to.setdefault(code, []).append(person)
    return {"offered": to, "refused": {str(p): why for p, why in refused.items()}, "left_out": sorted(left_out)}
