"""Writing down that somebody holds a role from now: the ledger's entries, and what is open goes along."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from carestead.care.standing import Situation
from carestead.store.actor import Actor
from carestead.store.assign.actions import New, append_entries
from carestead.store.assign.models import LedgerEntry, Responsibility
from carestead.store.assign.telling import tell_of_new_holder
from carestead.store.care.reroute import concerned, reroute_promises


@dataclass(frozen=True, slots=True)
class Change:
    """One person's role as it stood and as it stands after a move of the table that changed the holder or the basis."""

    person_id: int
    before: Situation
    after: Situation
    reason: str
    hand_over_id: int | None = None


def take_up(changes: Sequence[Change], *, by: Actor) -> list[LedgerEntry]:
    """Write the entries of one act of one role, and give the new holders what is open. Every change is at one
    instant."""
    role = changes[0].after.role
    lasts = _last_entries([c.person_id for c in changes], role)
    new = [
        New(c.person_id, role, c.after.holder, str(c.after.basis), lasts.get(c.person_id), c.reason, c.hand_over_id)
        for c in changes
    ]
    entries = append_entries(new, by=by, at=changes[0].after.at)
    for leaving in {c.before.holder for c in changes}:
        _give_open([c for c in changes if c.before.holder == leaving != c.after.holder], leaving, by)
    return entries


def take_up_and_tell(change: Change, *, by: Actor) -> LedgerEntry:
    """As `take_up`, of one person, and tell whom it concerns."""
    entry = take_up([change], by=by)[0]
    tell_of_new_holder(change.person_id, change.before, change.after, by=by)
    return entry


def _last_entries(people: Collection[int], role: str) -> dict[int, LedgerEntry]:
    current = Responsibility.objects.filter(person_id__in=people, role=role, end__isnull=True)
    return {e.person_id: e for e in LedgerEntry.objects.filter(pk__in=current.values_list("pk", flat=True))}


def _give_open(changes: Sequence[Change], leaving: str, by: Actor) -> None:
    moved = concerned([c.person_id for c in changes], leaving)
    for c in changes:
        if c.person_id in moved:
            name = c.after.called(c.after.holder)
            reroute_promises(
                person_id=c.person_id, role=c.after.role, leaving=leaving, arriving=c.after.holder, by=by,
                arriving_name=name, at=c.after.at,
            )  # fmt: skip
