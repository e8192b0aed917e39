"""Records that are open now because somebody broke the glass."""

from datetime import datetime

from django.db.models import QuerySet

from carestead.store.access import Opening
from carestead.store.actor import Actor
from carestead.store.care.models import BreakGlass


def lasting(at: datetime) -> QuerySet[BreakGlass]:
    """Every opening that lasts at `at`, the newest last."""
    return BreakGlass.objects.filter(started_at__lte=at, expires_at__gt=at).order_by("started_at", "pk")


def openings(person_id: int, at: datetime) -> frozenset[Opening]:
    """The openings of one person's record at `at`, as the access policy asks for them."""
    rows = lasting(at).filter(person_id=person_id)
    return frozenset(Opening(b.username, b.started_at, b.expires_at) for b in rows)


def opening_of(by: Actor, person_id: int, at: datetime) -> BreakGlass | None:
    """The actor's own opening of a person's record that lasts at `at`, if there is one."""
    return lasting(at).filter(person_id=person_id, username=by.username).last()
