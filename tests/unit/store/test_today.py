"""Everything that waits for a practitioner is found, and nothing that waits for another."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.unit.store.test_care_log import promise

from carestead.care.today import KINDS
from carestead.store.assign.actions import open_responsibility
from carestead.store.assign.models import Absence, HandOver
from carestead.store.audit.models import AuditEvent
from carestead.store.care.log import Act, begin, untold
from carestead.store.care.models import Alarm, Message, Notice, Plan, Request
from carestead.store.care.seen import NotYoursError, see_alarm, see_notice
from carestead.store.care.today import covered_by, matters_of

DAY = timedelta(days=1)


@pytest.fixture
def full(db, gp):
    """Something of every kind for G1, about different people."""
    now = timezone.now()
    open_responsibility(person_id=1, role="named-gp", practitioner_code="G1", basis="interim", reason="Left", by=gp)
    open_responsibility(person_id=2, role="named-gp", practitioner_code="G1", by=gp)
    HandOver.objects.create(
        person_id=3,
        role="named-gp",
        leaving_code="G2",
        arriving_code="G1",
        reason="Retires",
        offered_by="Dr Rook",
        offered_by_username="rook",
        offered_at=now,
        answer_by=now + DAY,
    )
    Absence.objects.create(
        practitioner_code="G2",
        start=now + DAY,
        end=now + 2 * DAY,
        reason="Leave",
        cover_code="G1",
        cover_state="asked",
        planned_by="Dr Rook",
        planned_at=now,
    )
    for facts in (
        {"state": "rejected", "reason": "No room", "requester_code": "G1"},
        {"state": "requested", "owner_code": "G1", "requester_code": "K1"},
        {"state": "accepted", "owner_code": "G1", "due_at": now - DAY},
        {"state": "accepted", "owner_code": "G1", "due_at": now + 9 * DAY},
        {"state": "on-hold", "owner_code": "G1", "reason": "Away", "resume_on": timezone.localdate(now)},
        {"state": "cancelled", "owner_code": "G1", "reason": "Better", "accepted_at": now},
        {"state": "accepted", "owner_code": "K1", "requester_code": "G1", "offered_due_at": now + DAY},
    ):
        begin(promise(**facts), Act("ask", gp))
    request = {
        "state": "active",
        "what": "Falls clinic",
        "why": "Fell",
        "service": "falls",
        "team_code": "T1",
        "asker_code": "G1",
        "author_username": "quill",
        "asked_at": now,
        "due_at": now + DAY,
        "outcome": "Seen",
        "outcome_at": now,
    }
    begin(Request(person_id=4, **request), Act("ask", gp))
    begin(Request(person_id=5, **request, reviewed_at=now), Act("ask", gp))
    begin(
        Plan(person_id=2, state="draft", agreed_with="The person", agreed_on=now.date(), written_at=now), Act("w", gp)
    )
    held = {"reason": "Abroad", "resume_on": timezone.localdate(now), "agreed_on": now.date()}
    begin(Plan(person_id=1, state="on-hold", written_at=now, **held), Act("w", gp))
    begin(
        Plan(person_id=2, state="on-hold", written_at=now, **{**held, "resume_on": now.date() + 9 * DAY}), Act("w", gp)
    )
    notice = {"to_kind": "practitioner", "to_code": "G1", "queued_at": now, "due_at": now + DAY, "state": "queued"}
    for stay, about in (
        (1, "admission"),
        (2, "discharge"),
        (3, "home-services"),
        (4, "plan-resumed"),
        (5, "own-words"),
    ):
        told = {"subject_kind": "stay", "subject_id": stay, "facts_told": {"words": "Fell at home"}}
        begin(Notice(person_id=6, about=about, **told, **notice), Act("queue", gp))
    begin(
        Message(
            person_id=7, state="sent", from_code="K1", to_code="G1", text="May I?", sent_at=now, answer_by_at=now + DAY
        ),
        Act("send", gp),
    )
    Alarm.objects.create(key="a", person_id=7, subject_kind="promise", subject_id=1, milestone="overdue", rung="gp",
                         effect="asks", to_code="G1", interrupts=True, raised_at=now)  # fmt: skip
    return now


def test_every_kind_of_matter_is_found(full):
    found = matters_of(["G1"], full + DAY)
    assert {m.kind for m in found} == set(KINDS)
    assert len(found) == len(KINDS)
    assert all(m.holder_code == "G1" for m in found)


def test_what_was_done_instead_of_somebody_waits_for_themselves_and_is_never_late(full):
    later = full + 9 * DAY
    [mine] = [m for m in matters_of(["G1"], later) if m.kind == "instead"]
    assert (mine.holder_code, mine.due, mine.is_late(later)) == ("G1", None, False)
    answered = {m.kind for m in matters_of(["G2"], later, covered=["G1"])}
    assert answered == set(KINDS) - {"instead"} | {"cover"}


def test_nothing_of_it_waits_for_anybody_else(full):
    assert matters_of(["G9"], full + DAY) == []


def test_the_number_of_queries_does_not_grow(full, django_assert_num_queries):
    with django_assert_num_queries(17):
        matters_of(["G1", "G2", "G9"], full + DAY)


def test_cover_counts_once_accepted_and_while_it_lasts(full):
    assert covered_by("G1", full + 1.5 * DAY) == {}
    Absence.objects.update(cover_state="accepted")
    assert list(covered_by("G1", full + 1.5 * DAY)) == ["G2"]
    assert covered_by("G1", full + 2 * DAY) == {}


def test_what_was_told_is_seen_once_and_by_whom_it_was_told(full, gp):
    notice = Notice.objects.get(about="admission")
    with pytest.raises(NotYoursError):
        see_notice(notice_id=notice.pk, by=gp, mine=frozenset(["G2"]))
    first = see_notice(notice_id=notice.pk, by=gp, mine=frozenset(["G1"]))
    again = see_notice(notice_id=notice.pk, by=gp, mine=frozenset(["G1"]))
    assert (first.seen_by, first.version, again.version) == ("Dr Ada Quill", 2, 2)
    assert "admitted" not in {m.kind for m in matters_of(["G1"], full)}
    assert list(untold()) == []


def test_who_is_home_again_need_not_be_told_first_that_they_went_in(full, gp):
    Notice.objects.filter(about="discharge").update(subject_id=1)
    assert "admitted" not in {m.kind for m in matters_of(["G1"], full)}
    see_notice(notice_id=Notice.objects.get(about="discharge").pk, by=gp, mine=frozenset(["G1"]))
    assert Notice.objects.get(about="admission").seen_by == "Dr Ada Quill"


def test_an_alarm_is_seen_once(full, gp):
    alarm = Alarm.objects.get()
    for _ in range(2):
        see_alarm(alarm_id=alarm.pk, by=gp, mine=frozenset(["G1"]))
    assert Alarm.objects.get().seen_by == "Dr Ada Quill"
    assert AuditEvent.objects.filter(action="alarm-see").count() == 1
