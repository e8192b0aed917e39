"""Whom somebody may see besides those they are responsible for: whom they answer for, and who was promised something.

What `store/access.py` must know of this, looked up once for an actor.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from carestead.care.break_glass import REVIEW
from carestead.care.promise import OPEN
from carestead.care.sides import answered_for
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.assign.now import presence_at
from carestead.store.care.models import Promise
from carestead.store.care.standing import standpoint, theirs


@dataclass(frozen=True, slots=True)
class Ties:
    """`covers` are the practitioners for whom the actor has accepted to answer and does now; `desks` the groups whose
    desk they staff now, and `left_to_desk` the practitioners for whom nobody but a desk answers; `promised` the people
    (person_ids) about whom the actor, or their team, has an open promise, as owner or requester."""

    covers: frozenset[str] = frozenset()
    desks: frozenset[str] = frozenset()
    left_to_desk: frozenset[str] = frozenset()
    promised: frozenset[int] = frozenset()

    def answers_for(self, holders: Collection[str], group_code: str | None) -> bool:
        """Whether the actor answers now for one of a person's holders; the desk answers for its own group alone."""
        on_desk = group_code in self.desks and bool(self.left_to_desk & set(holders))
        return on_desk or bool(self.covers & set(holders))


def ties(actor: Actor, at: datetime) -> Ties:
    """The ties of an actor at `at`; none for those who plan. Six queries."""
    if actor.role not in DIRECT_CARE:
        return Ties()
    who, there = standpoint(actor, at), presence_at(at)
    unseen = Q(state="cancelled", accepted_at__isnull=False, acknowledged_at__isnull=True)
    found = Promise.objects.filter(theirs(who, "owner") | theirs(who, "requester"), Q(state__in=OPEN) | unseen)
    # who broke the glass gets no tie by the review of it, also where their own team is asked for it
    found = found.exclude(template=REVIEW, author_username=actor.username)
    return Ties(
        covers=answered_for(who.codes, False, there),
        desks=who.desks,
        left_to_desk=answered_for(frozenset(), True, there) if who.desks else frozenset(),
        promised=frozenset(found.values_list("person_id", flat=True)),
    )
