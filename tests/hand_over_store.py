"""What tests of hand-overs in the store share: colleagues, and a person who is enrolled."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from carestead.care.standing import Colleague
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import LedgerEntry, Responsibility
from carestead.store.find.actions import accept_proposal
from carestead.store.find.models import Enrolment

GP, COORDINATOR = frozenset({"named-gp"}), frozenset({"coordinator"})
STAFF = {
    c.code: c
    for c in (
        Colleague("G1", "Dr Ada Quill", GP),
        Colleague("G2", "Dr Ben Brown", GP),
        Colleague("G3", "Dr Cat Clark", GP),
        Colleague("K1", "Kim Teal", COORDINATOR),
        Colleague("K2", "Kit Umber", COORDINATOR),
    )
}
QUILL = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")
BROWN = Actor("brown", "Dr Ben Brown", Role.NAMED_GP, "Y00001", "G2")
CLARK = Actor("clark", "Dr Cat Clark", Role.NAMED_GP, "Y00001", "G3")
TEAL = Actor("teal", "Kim Teal", Role.CARE_COORDINATOR, "GRP1", "K1")
LEAD = Actor("moss", "Lee Moss", Role.LEAD, "Y00001")

NOW = datetime(2027, 5, 4, 9, 0, tzinfo=UTC)  # a Tuesday, at ten in the morning in London
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def enrol(person_id: int = 7, gp: str = "G1", coordinator: str = "K1") -> int:
    """A person with both holders, from now on the clock of this machine."""
    accept_proposal(
        person_id=person_id, version=0, practice_code="Y00001", named_gp_code=gp, coordinator_code=coordinator, by=QUILL
    )
    return person_id


def enrol_many(people: Iterable[int]) -> None:
    """Many people with both holders, without letters: for tests of size."""
    everybody = list(people)
    start = timezone.now()
    Enrolment.objects.bulk_create(
        Enrolment(person_id=p, practice_code="Y00001", state="accepted", decided_by="Dr Ada Quill", decided_at=start)
        for p in everybody
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            person_id=p, role=role, seq=1, start=start, holder_code=code, basis="accepted", given_by="Dr Ada Quill",
            recorded_at=start,
        )
        for p in everybody
        for role, code in (("named-gp", "G1"), ("coordinator", "K1"))
    )  # fmt: skip


def holder(person_id: int = 7, role: str = "named-gp") -> str:
    """Who holds a role now."""
    return Responsibility.objects.get(person_id=person_id, role=role, end__isnull=True).practitioner_code
