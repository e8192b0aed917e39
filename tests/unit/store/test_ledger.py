"""The ledger: the database itself keeps somebody responsible for everybody enrolled."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from carestead.store.assign.actions import LedgerError, append_entry, last_entry, open_responsibility
from carestead.store.assign.models import LedgerEntry, Responsibility
from carestead.store.find.actions import accept_proposal
from carestead.store.find.models import Enrolment


@pytest.fixture
def enrolled(protected, gp) -> int:
    accept_proposal(person_id=7, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=gp)
    return 7


def follow(person_id: int, holder: str, gp, **more) -> LedgerEntry:
    last = last_entry(person_id, "named-gp")
    basis = more.pop("basis", "accepted" if holder else "ended")
    return append_entry(
        person_id=person_id,
        role="named-gp",
        holder_code=holder,
        basis=basis,
        by=gp,
        last=more.pop("last", last),
        **more,
    )


def test_an_entry_ends_the_one_before_at_the_same_instant(enrolled, gp):
    entry = follow(enrolled, "G2", gp)
    first, second = Responsibility.objects.filter(person_id=enrolled, role="named-gp").order_by("seq")
    assert (first.practitioner_code, first.end) == ("G1", entry.start)
    assert (second.practitioner_code, second.start, second.end) == ("G2", entry.start, None)


def test_nobody_cannot_follow_somebody_for_an_enrolled_person(enrolled, gp):
    with pytest.raises(LedgerError, match="an enrolled person must have somebody responsible"):
        follow(enrolled, "", gp)
    assert last_entry(enrolled, "named-gp").holder_code == "G1"


def test_nobody_follows_once_the_enrolment_has_ended(enrolled, gp):
    Enrolment.objects.filter(person_id=enrolled).update(state="ended", reason="Moved", end_kind="moved")
    follow(enrolled, "", gp)
    assert Responsibility.objects.filter(person_id=enrolled, role="named-gp", end__isnull=True).count() == 0


def test_a_stale_reader_cannot_write(enrolled, gp):
    read = last_entry(enrolled, "named-gp")
    follow(enrolled, "G2", gp)
    with pytest.raises(LedgerError):
        follow(enrolled, "G3", gp, last=read)
    assert last_entry(enrolled, "named-gp").holder_code == "G2"


def test_a_clock_that_jumped_back_is_told(enrolled, gp):
    with pytest.raises(LedgerError, match="newest entry starts at"):
        follow(enrolled, "G2", gp, at=timezone.now() - timedelta(days=1))


def test_a_second_holder_is_not_opened_but_handed_over_to(enrolled, gp):
    with pytest.raises(LedgerError, match="already the named gp"):
        open_responsibility(person_id=enrolled, role="named-gp", practitioner_code="G2", by=gp)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seq": 9}, "must follow the last one"),
        ({"start": timezone.now() - timedelta(days=9)}, "must start after the last one"),
        ({"basis": "ended", "holder_code": ""}, "must have somebody responsible"),
    ],
)
def test_the_database_refuses_whoever_asks(enrolled, changed, said):
    now = timezone.now()
    row = {"person_id": enrolled, "role": "named-gp", "seq": 2, "start": now, "holder_code": "G2", "basis": "accepted"}
    with pytest.raises(DatabaseError, match=said), transaction.atomic():
        LedgerEntry.objects.create(**{**row, **changed}, given_by="nobody", recorded_at=now)


def test_a_responsibility_is_read_and_never_written(enrolled):
    with pytest.raises(TypeError, match="read from the ledger"):
        Responsibility.objects.get(person_id=enrolled, role="named-gp").save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update assign_responsibility set practitioner_code = 'G9'")
