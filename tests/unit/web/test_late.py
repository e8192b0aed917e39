"""The page of alarms: what interrupts, the digest, and that reading an alarm does not make anything less late."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from carestead.store.actor import Actor, Role
from carestead.store.care.log import Act, begin
from carestead.store.care.models import Alarm, Promise
from carestead.store.care.sweep import sweep
from carestead.store.find.actions import accept_proposal

GP = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def late(pages) -> Promise:
    """Person 10's coordinator promised something that was due a month ago, and the sweep has run."""
    accept_proposal(person_id=10, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=GP)
    due = timezone.now() - timedelta(days=30)
    facts = {"person_id": 10, "state": "accepted", "what": "Carer in the morning", "done_means": "A carer came",
             "owner_code": "K1", "requester_code": "G1", "author_username": "x", "asked_at": due - timedelta(days=20),
             "due_at": due, "first_due_at": due}  # fmt: skip
    made = begin(Promise(**facts), Act("ask", GP, recorded_at=due - timedelta(days=20)))
    sweep()
    return made


def test_each_hears_of_what_is_late_in_their_own_words(pages, late):
    assert "Carer in the morning" in text(pages("coordinator").get("/late/"))
    assert "What should happen now?" in text(pages("gp").get("/late/"))
    told = pages("lead").get("/late/")
    assert "offered to your practice. Take it over, or decline and say why." in text(told)
    offer = Promise.objects.get(template="take-over", replaces_id=late.pk)
    assert f'href="/people/10/promises/{offer.pk}/"' in told.content.decode()
    assert "Nothing late is waiting" in text(pages("partner").get("/late/"))
    assert pages("commissioner").get("/late/").status_code == 403


def test_reading_leaves_it_late_and_is_not_told_twice(pages, late):
    gp = pages("gp")
    alarm = Alarm.objects.get(to_code="G1")
    others = Alarm.objects.exclude(to_code="G1").first()
    answer = gp.post("/late/", {"alarm": [alarm.pk, others.pk]}, follow=True)
    assert "1 alarm read. What is late stays late" in text(answer)
    assert "Nothing late is waiting" in text(answer)
    assert Alarm.objects.get(pk=others.pk).seen_at is None
    assert Promise.objects.get(pk=late.pk).state == "accepted"


def test_the_name_of_somebody_whom_one_may_not_see_is_not_told(pages, late):
    Alarm.objects.create(
        key="x", person_id=990, subject_kind="promise", subject_id=1, milestone="overdue", rung="owner",
        effect="informs", to_code="G1", raised_at=timezone.now() - timedelta(days=9),
    )  # fmt: skip
    assert "Somebody whose page you cannot open It is overdue." in text(pages("gp").get("/late/"))
