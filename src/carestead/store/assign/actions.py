"""Making somebody responsible for a person: the ledger's one way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor
from carestead.store.assign.models import LedgerEntry, Responsibility
from carestead.store.audit.actions import record_write
from carestead.store.care.notices import tell_of_entries


class LedgerError(CaresteadError):
    """The ledger does not allow the entry: out of order, or nobody would be responsible."""


@transaction.atomic
def open_responsibility(
    *, person_id: int, role: str, practitioner_code: str, by: Actor, basis: str = "accepted", reason: str = "",
    at: datetime | None = None,
) -> Responsibility:  # fmt: skip
    """Make `practitioner_code` the first `named-gp` or `coordinator` of an enrolment, from `at` (now).

    Raises LedgerError when somebody holds the role already: then it is handed over, not opened.
    """
    last = last_entry(person_id, role)
    if last is not None and last.basis != "ended":
        raise LedgerError(
            f"{last.holder_code} is already the {last.get_role_display().lower()} of this person.",
            "Hand the responsibility over instead.",
        )
    entry = append_entry(
        person_id=person_id,
        role=role,
        holder_code=practitioner_code,
        basis=basis,
        reason=reason,
        by=by,
        at=at,
        last=last,
    )
    record_write(by=by, action=f"responsible-{role}", people=[person_id], detail={"holder": practitioner_code})
    return Responsibility.objects.get(pk=entry.pk)


def last_entry(person_id: int, role: str) -> LedgerEntry | None:
    """The newest entry of a person and role, None when there is none yet."""
    return LedgerEntry.objects.filter(person_id=person_id, role=role).order_by("-seq").first()


def append_entry(
    *, person_id: int, role: str, holder_code: str, basis: str, by: Actor, last: LedgerEntry | None, reason: str = "",
    hand_over_id: int | None = None, at: datetime | None = None,
) -> LedgerEntry:  # fmt: skip
    """Add the entry after `last`, which the caller has read, and queue the letter that tells the person. Call it inside
    the transaction of the act, which writes its own audit row. Raises LedgerError when somebody added one meanwhile,
    and when the clock stands before `last`."""
    new = New(person_id, role, holder_code, basis, last, reason, hand_over_id)
    return append_entries([new], by=by, at=at)[0]


@dataclass(frozen=True, slots=True)
class New:
    """An entry to be added after `last`."""

    person_id: int
    role: str
    holder_code: str
    basis: str
    last: LedgerEntry | None
    reason: str = ""
    hand_over_id: int | None = None


def append_entries(new: Sequence[New], *, by: Actor, at: datetime | None = None) -> list[LedgerEntry]:
    """As `append_entry`, of many at one instant."""
    now = timezone.now()
    start = at or now
    if late := next((n.last for n in new if n.last is not None and start <= n.last.start), None):
        raise LedgerError(
            f"The newest entry starts at {late.start:%-d %B %Y %H:%M:%S} UTC, after this one would.",
            "Check the clock of this machine, then try again.",
        )
    try:
        with transaction.atomic():
            entries = LedgerEntry.objects.bulk_create(_entry(n, start, now, by) for n in new)
    except IntegrityError as refused:
        said = str(refused).splitlines()[0]
        raise LedgerError(
            f"The ledger refused the entry: {said}.", "Read the page again before you go on."
        ) from refused
    tell_of_entries([(entry, n.last) for entry, n in zip(entries, new, strict=True)], by=by)
    return entries


def _entry(new: New, start: datetime, now: datetime, by: Actor) -> LedgerEntry:
    return LedgerEntry(
        person_id=new.person_id,
        role=new.role,
        seq=new.last.seq + 1 if new.last else 1,
        start=start,
        holder_code=new.holder_code,
        basis=new.basis,
        reason=new.reason,
        hand_over_id=new.hand_over_id,
        given_by=by.name,
        recorded_at=now,
    )
