"""What a person must be told, queued in the transaction that makes it so, and what became of it.

The ledger itself queues the letter of every change of holder (invariant R17), so nobody can change one and forget it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.core.finding import CaresteadError
from carestead.reference.calendars import working_calendar
from carestead.store.actor import Actor
from carestead.store.care.log import Act, begin, begin_many, change, done_before
from carestead.store.care.models import Notice
from carestead.store.clocks import site_clocks
from carestead.store.find.models import Enrolment

if TYPE_CHECKING:
    from carestead.store.assign.models import Absence, LedgerEntry

LETTERS = {
    "named-gp": "Who their named GP is",
    "change": "A new named GP or coordinator",
    "absence": "Who answers in a long absence",
    "end": "The end of the enrolment",
}
"""What letters to a person are about."""

CHANNELS = {"letter": "posted", "handed-over": "handed over", "phone": "said on the telephone"}
"""How a person can be told."""


class NoticeError(CaresteadError):
    """A notice cannot be given or put aside as asked."""


@transaction.atomic
def notify_person(
    *, person_id: int, about: str, facts: Mapping[str, Any], key: str, by: Actor, at: datetime | None = None,
    subject: tuple[str, int] | None = None,
) -> Notice:  # fmt: skip
    """Queue a letter to the person. `facts` are the codes and dates it is made of; the same `key` queues it once.
    Call it in the transaction that makes the facts true."""
    if earlier := done_before(f"notice/{key}"):
        return Notice.objects.get(pk=earlier.subject_id)
    now = at or timezone.now()
    notice = _queued(person_id, about, facts, now, subject)
    return _once(notice, Act("queue", by, recorded_at=now, key=f"notice/{key}"))


Follows = tuple["LedgerEntry", "LedgerEntry | None"]
"""An entry of the ledger, and the one of the same person and role before it."""


def tell_of_entries(entries: Sequence[Follows], *, by: Actor) -> list[Notice]:
    """Queue the letters that new entries of the ledger make due. One that tells the person nothing new makes none: the
    same holder stays, or it is the coordinator of a beginning or ending, whom the named GP's letter names."""
    due = [(entry, last, about) for entry, last in entries if (about := _about(entry, last))]
    died = _have_died([entry.person_id for entry, _, _ in due])
    told = [(entry, _letter(entry, last, about)) for entry, last, about in due if entry.person_id not in died]
    acts = [Act("queue", by, recorded_at=e.recorded_at, key=f"notice/{e.person_id}/{e.role}/{e.seq}") for e, _ in told]
    return begin_many([notice for _, notice in told], acts)


def _letter(entry: "LedgerEntry", last: "LedgerEntry | None", about: str) -> Notice:
    facts = {
        "role": entry.role, "before": last.holder_code if last else "", "after": entry.holder_code,
        "since": entry.start.isoformat(), "interim": entry.basis == "interim",
    }  # fmt: skip
    return _queued(entry.person_id, about, facts, entry.recorded_at, ("ledger", entry.pk))


def _queued(
    person_id: int, about: str, facts: Mapping[str, Any], at: datetime, subject: tuple[str, int] | None
) -> Notice:
    return Notice(
        person_id=person_id, state="queued", about=about, to_kind="person", to_code=str(person_id),
        facts_told=dict(facts), queued_at=at, due_at=site_clocks()["named-gp-letter"].due(at, working_calendar()),
        subject_kind=subject[0] if subject else "", subject_id=subject[1] if subject else None,
    )  # fmt: skip


def tell_of_absence(absence: "Absence", person_id: int, role: str, *, by: Actor, at: datetime) -> Notice | None:
    """Queue the letter that says who answers in a long absence; once for each person, role, cover and end."""
    if _has_died(person_id):
        return None
    cover = absence.cover_code if absence.cover_state == "accepted" else ""
    facts = {
        "role": role, "away": absence.practitioner_code, "cover": cover, "start": absence.start.isoformat(),
        "end": absence.end.isoformat() if absence.end else None,
    }  # fmt: skip
    key = f"absence/{absence.pk}/{person_id}/{role}/{cover}/{facts['end'] or ''}"
    return notify_person(
        person_id=person_id, about="absence", facts=facts, key=key, by=by, at=at, subject=("absence", absence.pk)
    )


@transaction.atomic
def give_notice(*, notice_id: int, version: int, channel: str, by: Actor, at: datetime | None = None) -> Notice:
    """Record that the person was told. Raises NoticeError when that is settled already, ChangedMeanwhileError."""
    if channel not in CHANNELS:
        raise NoticeError(f"Nobody is told by {channel}.", f"Choose one of: {', '.join(CHANNELS)}.")
    now = at or timezone.now()
    sets = {"state": "given", "channel": channel, "given_at": now, "given_by": by.name}
    return change(_open(notice_id), Act("give", by, recorded_at=now), version=version, **sets)


@transaction.atomic
def put_aside_notice(*, notice_id: int, version: int, reason: str, by: Actor, at: datetime | None = None) -> Notice:
    """Record, with the reason, that the person need not be told. Raises as `give_notice`."""
    if not reason.strip():
        raise NoticeError("The notice is put aside without a reason.", "Say in a few words why nobody is told.")
    act = Act("put-aside", by, recorded_at=at or timezone.now())
    return change(_open(notice_id), act, version=version, state="not-needed", reason=reason.strip())


def _open(notice_id: int) -> Notice:
    notice = Notice.objects.filter(pk=notice_id).first()
    if notice is None or notice.state in ("given", "seen", "not-needed"):
        said = f"is {notice.state.replace('-', ' ')} already" if notice else "does not exist"
        raise NoticeError(f"This notice {said}.", "Read the list again.")
    return notice


def _about(entry: "LedgerEntry", last: "LedgerEntry | None") -> str | None:
    begins, ends = last is None or last.basis == "ended", entry.basis == "ended"
    if begins or ends:
        return ("end" if ends else "named-gp") if entry.role == "named-gp" else None
    return "change" if last is not None and entry.holder_code != last.holder_code else None


def _has_died(person_id: int) -> bool:
    return person_id in _have_died([person_id])


def _have_died(people: Collection[int]) -> set[int]:
    dead = Enrolment.objects.filter(person_id__in=people, end_kind="died")
    return set(dead.values_list("person_id", flat=True))


def _once(notice: Notice, act: Act) -> Notice:
    """Begin it; where another did at the same moment, theirs is the one."""
    try:
        with transaction.atomic():
            return begin(notice, act)
    except IntegrityError:
        earlier = done_before(act.key)
        if earlier is None:
            raise
        return Notice.objects.get(pk=earlier.subject_id)
