"""Every change of holder queues the letter that tells the person, in the same transaction, once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from carestead.core.calendar import local_day
from carestead.store.assign.actions import append_entry, last_entry
from carestead.store.assign.models import Absence
from carestead.store.care.log import ChangedMeanwhileError, untold
from carestead.store.care.models import Notice
from carestead.store.care.notices import (
    NoticeError,
    give_notice,
    notify_person,
    put_aside_notice,
    tell_of_absence,
)
from carestead.store.find.actions import accept_proposal
from carestead.store.find.models import Enrolment


@pytest.fixture
def enrolled(db, gp) -> int:
    accept_proposal(person_id=7, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=gp)
    return 7


def follow(person_id, role, holder, gp, basis="accepted"):
    last = last_entry(person_id, role)
    return append_entry(person_id=person_id, role=role, holder_code=holder, basis=basis, by=gp, last=last)


def queued() -> list[tuple[str, str, str]]:
    return [(n.about, n.facts_told.get("before", ""), n.facts_told.get("after", "")) for n in Notice.objects.all()]


def test_enrolling_queues_one_letter_due_within_21_days(enrolled):
    [notice] = Notice.objects.all()
    assert (notice.about, notice.facts_told["after"], notice.to_kind, notice.to_code) == (
        "named-gp",
        "G1",
        "person",
        "7",
    )
    assert local_day(notice.due_at) == local_day(notice.queued_at) + timedelta(days=21)
    assert list(untold()) == []


def test_a_change_of_either_holder_queues_a_letter(enrolled, gp):
    follow(enrolled, "named-gp", "G2", gp)
    follow(enrolled, "coordinator", "K2", gp, basis="interim")
    assert queued()[1:] == [("change", "G1", "G2"), ("change", "K1", "K2")]
    assert [n.facts_told["interim"] for n in Notice.objects.all()] == [False, False, True]


def test_an_interim_holder_who_stays_is_no_news(enrolled, gp):
    follow(enrolled, "named-gp", "G2", gp, basis="interim")
    follow(enrolled, "named-gp", "G2", gp)
    assert len(queued()) == 2


def test_a_change_that_does_not_happen_queues_nothing(enrolled, gp):
    with pytest.raises(RuntimeError), transaction.atomic():
        follow(enrolled, "named-gp", "G2", gp)
        raise RuntimeError("the power fails")
    assert len(queued()) == 1


@pytest.mark.parametrize(("end_kind", "letters"), [("moved", 2), ("died", 1)])
def test_an_end_queues_a_letter_but_never_to_somebody_who_died(enrolled, gp, end_kind, letters):
    Enrolment.objects.filter(person_id=enrolled).update(state="ended", reason="x", end_kind=end_kind)
    follow(enrolled, "named-gp", "", gp, basis="ended")
    follow(enrolled, "coordinator", "", gp, basis="ended")
    assert len(queued()) == letters


def test_who_is_enrolled_again_is_told_anew(enrolled, gp):
    Enrolment.objects.filter(person_id=enrolled).update(state="ended", reason="x", end_kind="opted-out")
    follow(enrolled, "named-gp", "", gp, basis="ended")
    Enrolment.objects.filter(person_id=enrolled).update(state="accepted", end_kind="")
    follow(enrolled, "named-gp", "G3", gp)
    assert [about for about, *_ in queued()] == ["named-gp", "end", "named-gp"]


def test_a_long_absence_is_told_once_and_again_when_the_cover_is_another(enrolled, gp):
    now = timezone.now()
    absence = Absence.objects.create(
        practitioner_code="G1", start=now, end=now + timedelta(days=30), reason="Leave", planned_by="x", planned_at=now,
        cover_code="G2", cover_state="accepted",
    )  # fmt: skip
    for _ in range(2):
        tell_of_absence(absence, 7, "named-gp", by=gp, at=now)
    absence.cover_state, absence.cover_code = "desk", ""
    tell_of_absence(absence, 7, "named-gp", by=gp, at=now)
    assert [n.facts_told["cover"] for n in Notice.objects.filter(about="absence")] == ["G2", ""]


def test_the_same_key_queues_one(enrolled, gp):
    first, second = (notify_person(person_id=7, about="end", facts={}, key="x", by=gp) for _ in range(2))
    assert first.pk == second.pk


def test_a_letter_is_given_once_and_says_how(enrolled, gp, coordinator):
    [notice] = Notice.objects.all()
    given = give_notice(notice_id=notice.pk, version=1, channel="letter", by=coordinator)
    assert (given.state, given.given_by, given.version) == ("given", "Kim Teal", 2)
    with pytest.raises(NoticeError, match="given already"):
        give_notice(notice_id=notice.pk, version=2, channel="letter", by=coordinator)
    assert list(untold()) == []


def test_a_stale_page_gives_nothing(enrolled, gp):
    [notice] = Notice.objects.all()
    with pytest.raises(ChangedMeanwhileError):
        give_notice(notice_id=notice.pk, version=0, channel="letter", by=gp)
    assert Notice.objects.get().state == "queued"


def test_nobody_is_put_aside_without_a_reason_nor_told_by_pigeon(enrolled, gp):
    [notice] = Notice.objects.all()
    with pytest.raises(NoticeError, match="without a reason"):
        put_aside_notice(notice_id=notice.pk, version=1, reason=" ", by=gp)
    with pytest.raises(NoticeError, match="told by pigeon"):
        give_notice(notice_id=notice.pk, version=1, channel="pigeon", by=gp)
    assert put_aside_notice(notice_id=notice.pk, version=1, reason="Told in person", by=gp).state == "not-needed"
