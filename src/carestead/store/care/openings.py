"""Records that somebody opened by breaking the glass: which are open now, and who it was."""

from datetime import datetime

from django.db.models import QuerySet

from carestead.store.access import Opening
from carestead.store.actor import Actor
from carestead.store.care.models import BreakGlass, Promise
from carestead.store.care.things import CareEvent


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


def codes_of_opener(review: Promise) -> frozenset[str]:
    """The practitioner codes of whoever opened the record that `review` is about, as the log of the person knows them:
    a review keeps its author, also when somebody else carries it on."""
    theirs = CareEvent.objects.filter(person_id=review.person_id, username=review.author_username)
    return frozenset(filter(None, theirs.values_list("practitioner_code", flat=True)))
