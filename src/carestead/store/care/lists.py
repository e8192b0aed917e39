"""The lists people work from: what is asked of them, whom they wait for, what was promised to a person, their inbox.

Each is a constant number of queries, however long it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from carestead.care.message import MESSAGE
from carestead.care.promise import BAD_NEWS, OPEN, PROMISE
from carestead.care.request import LIVE, REQUEST
from carestead.care.sides import Party, Standpoint
from carestead.store.actor import Actor
from carestead.store.assign.now import holders
from carestead.store.care.models import Message, Promise, Request
from carestead.store.care.standing import owner_of, promise_sides, request_sides, standpoint, theirs
from carestead.store.care.things import CareEvent


@dataclass(frozen=True, slots=True)
class Seen:
    """A promise as somebody sees it: what they may do to it now, whether it is overdue, and for whom they would act:
    empty when for themselves."""

    promise: Promise
    acts: tuple[str, ...]
    sides: frozenset[str]
    overdue: bool
    instead_of: str = ""

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.promise.state in OPEN


def asked_of(actor: Actor, at: datetime) -> list[Seen]:
    """What the actor, their team, desk, or those they answer for have promised or were asked: by due time; and what is
    no longer wanted, until they acknowledge it. Five queries."""
    who = standpoint(actor, at)
    unseen = Q(state="cancelled", accepted_at__isnull=False, acknowledged_at__isnull=True) & ~Q(outcome="handed-over")
    found = Promise.objects.filter(theirs(who, "owner")).filter(Q(state__in=OPEN - {"draft"}) | unseen)
    return _seen(who, found.order_by("due_at", "pk"), at)


def waiting_on(actor: Actor, at: datetime) -> list[Seen]:
    """What others owe the actor, or those they answer for: open, refused or not possible without a decision what next,
    or drafted and not sent. Overdue first. Five queries."""
    who = standpoint(actor, at)
    undecided = Q(state__in=BAD_NEWS, decided_next=False)
    found = Promise.objects.filter(theirs(who, "requester")).filter(Q(state__in=OPEN) | undecided)
    others = found.exclude(theirs(who, "owner") & Q(state__in=OPEN - {"draft"}))
    return _seen(who, others.order_by("due_at", "pk"), at)


def of_person(person_id: int, actor: Actor, at: datetime, *, ended: int = 20) -> list[Seen]:
    """Everything promised about a person: open ones by due time, then the newest `ended` ones. Six queries."""
    who = standpoint(actor, at)
    every = Promise.objects.filter(person_id=person_id)
    live = every.filter(state__in=OPEN).order_by("due_at", "pk")
    return _seen(who, [*live, *every.exclude(state__in=OPEN).order_by("-ended_at", "-pk")[:ended]], at)


def overdue(at: datetime) -> QuerySet[Promise]:
    """Every open promise whose due time has passed, longest overdue first."""
    return Promise.objects.filter(state__in=OPEN, due_at__lt=at).order_by("due_at", "pk")


def requests_of(person_id: int, actor: Actor, at: datetime) -> list[tuple[Request, tuple[str, ...]]]:
    """The requests about a person, standing ones first, each with what the actor may do to it. Five queries."""
    who, held = standpoint(actor, at), holders([person_id])[person_id]
    found = sorted(Request.objects.filter(person_id=person_id), key=lambda r: (r.state not in LIVE, -r.pk))
    return [(r, REQUEST.acts(r.state, request_sides(who, r, held))) for r in found]


def inbox(actor: Actor, at: datetime, *, answered: int = 20) -> list[tuple[Message, str]]:
    """Messages to the actor, their team, or those they answer for: waiting ones oldest first, then the newest answered;
    each with whom it was for, empty when for the actor. Five queries."""
    who = standpoint(actor, at)
    to_them = Message.objects.filter(theirs(who, "to"))
    waiting = list(to_them.exclude(state__in=MESSAGE.ended).order_by("sent_at", "pk"))
    done = to_them.filter(state__in=MESSAGE.ended).order_by("-answered_at", "-pk")[:answered]
    return [(m, _stands_in(who, Party(m.to_kind, m.to_code, m.to_name))) for m in [*waiting, *done]]


def see(promise: Promise, actor: Actor, at: datetime) -> Seen:
    """One promise as the actor sees it. Four queries."""
    [seen] = _seen(standpoint(actor, at), [promise], at)
    return seen


def history(kind: str, subject_id: int) -> list[CareEvent]:
    """Every act upon a thing, in order."""
    return list(CareEvent.objects.filter(kind=kind, subject_id=subject_id).order_by("version"))


def _seen(who: Standpoint, found: Iterable[Promise], at: datetime) -> list[Seen]:
    promises = list(found)
    held = holders(p.person_id for p in promises)
    return [_one(who, p, held[p.person_id], at) for p in promises]


def _one(who: Standpoint, promise: Promise, held: dict[str, str], at: datetime) -> Seen:
    sides = promise_sides(who, promise, held)
    late = promise.state in OPEN and promise.due_at < at
    return Seen(promise, PROMISE.acts(promise.state, sides), sides, late, _stands_in(who, owner_of(promise)))


def _stands_in(who: Standpoint, party: Party) -> str:
    return (party.name or party.code) if who.stands_in_for(party) else ""
