"""The list of hand-overs: asked of me, waiting for others, to be offered again, and those of many at once."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from carestead.care.standing import ROLES
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import BulkHandOver, Departure, HandOver, Responsibility
from carestead.web.assign.staff import mine, visible
from carestead.web.find.people import names
from carestead.web.published import Published, Row

MOST = 100


def offers_page(found: Published, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything of the page; `people` are the person_ids it discloses."""
    own = actor.practitioner_code
    asked = list(HandOver.objects.filter(state="offered", arriving_code=own, bulk_id=None)) if own else []
    waiting = list(
        _of_theirs(found, actor).filter(state="offered", bulk_id=None).exclude(arriving_code=own or "-")[:MOST]
    )
    again = [o for o in _of_theirs(found, actor).filter(state__in=("declined", "lapsed"))[:MOST] if _is_last(o)]
    shown = visible(found, actor, {o.person_id for o in (*asked, *waiting, *again)})
    waiting, again = ([o for o in offers if o.person_id in shown] for offers in (waiting, again))
    named = names(found, shown)
    return {
        "title": "Hand-over",
        "as_of": found.as_of,
        "silent": found.silent,
        "now": now,
        "asked": [_row(found, o, named) for o in asked],
        "waiting": [_row(found, o, named) for o in waiting],
        "again": [_row(found, o, named) for o in again],
        "many": [_many(found, b, own) for b in _bulks(found, actor)],
        "leaving": _leaving(found, actor, now),
        "people": sorted(shown),
    }


def _of_theirs(found: Published, actor: Actor) -> Any:
    """The offers the actor made, or of people they hold; for a lead, those of everybody in the group."""
    theirs = Q(offered_by_username=actor.username) | Q(leaving_code=actor.practitioner_code or "-")
    if actor.role is Role.LEAD:
        theirs |= Q(leaving_code__in=mine(found, actor))
    return HandOver.objects.filter(theirs).order_by("-pk")


def _is_last(offer: HandOver) -> bool:
    """Whether nothing has happened to the role since the offer came to nothing."""
    later = HandOver.objects.filter(person_id=offer.person_id, role=offer.role, pk__gt=offer.pk).exists()
    still = Responsibility.objects.filter(
        person_id=offer.person_id, role=offer.role, practitioner_code=offer.leaving_code, end__isnull=True
    )
    return not later and still.exists()


def _row(found: Published, offer: HandOver, named: dict[int, Row]) -> dict[str, Any]:
    return {
        "offer": offer,
        "name": named.get(offer.person_id, {}).get("name", "Name not known"),
        "role": ROLES[offer.role],
        "leaving": found.practitioner_name(offer.leaving_code),
        "arriving": found.practitioner_name(offer.arriving_code),
    }


def _bulks(found: Published, actor: Actor) -> list[BulkHandOver]:
    """Those of many people that the actor made, gave from, or is asked in."""
    asked = HandOver.objects.filter(arriving_code=actor.practitioner_code or "-", bulk_id__isnull=False)
    theirs = Q(leaving_code=actor.practitioner_code or "-") | Q(pk__in=asked.values("bulk_id"))
    if actor.role is Role.LEAD:
        theirs |= Q(leaving_code__in=mine(found, actor))
    return list(BulkHandOver.objects.filter(theirs).order_by("-pk")[:20])


def _many(found: Published, bulk: BulkHandOver, own: str) -> dict[str, Any]:
    offers = HandOver.objects.filter(bulk_id=bulk.pk)
    return {
        "bulk": bulk,
        "role": ROLES[bulk.role],
        "leaving": found.practitioner_name(bulk.leaving_code),
        "people": offers.count(),
        "open": offers.filter(state="offered").count(),
        "mine": offers.filter(state="offered", arriving_code=own or "-").count(),
    }


def _leaving(found: Published, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Who is leaving, and how many people they still hold; for the lead."""
    if actor.role is not Role.LEAD:
        return []
    gone = Departure.objects.filter(practitioner_code__in=mine(found, actor)).order_by("leaves_at")
    return [
        {
            "who": found.practitioner_name(d.practitioner_code),
            "row": d,
            "stand_in": found.practitioner_name(d.stand_in_code),
            "held": Responsibility.objects.filter(practitioner_code=d.practitioner_code, end__isnull=True).count(),
        }
        for d in gone
    ]
