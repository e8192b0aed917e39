"""Messages: read by whoever answers, answered in a thread, and never lost when nobody does."""

from datetime import timedelta

import pytest
from tests.care_store import AT, NURSES, nurse, person_actor

from carestead.care.sides import Party
from carestead.store.actor import SYSTEM, Actor, Role
from carestead.store.assign.models import Absence
from carestead.store.care.acting import NotPossibleError, NotThereError
from carestead.store.care.lists import inbox
from carestead.store.care.log import untold
from carestead.store.care.messages import (
    answer_message,
    read_message,
    thread,
    turn_unanswered_into_promises,
)
from carestead.store.care.models import Message, Promise
from carestead.store.care.sending import send_message

ADA = Party("practitioner", "G1", "Dr Ada Quill")
COVER = Actor("rook", "Dr Ben Rook", Role.NAMED_GP, "Y00001", "G2")


@pytest.fixture(autouse=True)
def told(db):
    yield
    assert list(untold()) == []


@pytest.fixture
def away(db):
    """Dr Quill is away, and Dr Rook has accepted to answer for her."""
    return Absence.objects.create(
        practitioner_code="G1", start=AT - timedelta(days=1), end=AT + timedelta(days=5), reason="Leave",
        cover_code="G2", cover_state="accepted", planned_by="x", planned_at=AT,
    )  # fmt: skip


def send(**changed) -> Message:
    return send_message(**{"to": ADA, "text": "Is she to start it?", "by": nurse, "person_id": 7, "at": AT, **changed})


def now(message, by, **more):
    return {"message_id": message.pk, "version": message.version, "by": by, "at": AT, **more}


def test_a_message_is_read_and_answered(gp):
    sent = send()
    read = read_message(**now(sent, gp))
    assert (read.state, read.read_by) == ("read", "Dr Ada Quill")
    answered = answer_message(text="Yes, from today", **now(read, gp))
    assert (answered.state, answered.answered_at) == ("answered", AT)
    first, second = thread(sent.pk)
    assert (second.to_kind, second.to_code, second.text) == ("organisation", "RX901", "Yes, from today")
    assert [m.pk for m in thread(second.pk)] == [first.pk, second.pk]


def test_only_the_addressee_and_who_answers_for_them_read_it(gp, coordinator, away):
    with pytest.raises(NotPossibleError, match="Only the"):
        read_message(**now(send(), coordinator))
    assert read_message(**now(send(), COVER)).read_by == "Dr Ben Rook"
    assert [told for _, told in inbox(COVER, AT)] == ["Dr Ada Quill", "Dr Ada Quill"]
    assert len(inbox(gp, AT)) == 2
    assert inbox(COVER, AT + timedelta(days=6)) == []


def test_answering_unread_reads_it(gp):
    assert answer_message(text="Yes", **now(send(), gp)).read_by == "Dr Ada Quill"
    with pytest.raises(NotPossibleError, match="no text"):
        answer_message(text=" ", **now(send(), gp))


def test_silence_becomes_a_promise_once_and_the_answer_keeps_it(gp):
    sent = send(answer_by_at=AT + timedelta(hours=4))
    assert turn_unanswered_into_promises(at=AT + timedelta(hours=4)) == []
    [made] = turn_unanswered_into_promises(at=AT + timedelta(hours=5))
    assert turn_unanswered_into_promises(at=AT + timedelta(hours=6)) == []
    assert (made.owner_code, made.requester_code, made.template, made.state) == (
        "G1", "RX901", "answer-message", "requested",
    )  # fmt: skip
    sent.refresh_from_db()
    assert (sent.state, sent.promise_id) == ("became-promise", made.pk)
    later = now(sent, gp, at=AT + timedelta(hours=7))
    assert answer_message(text="Sorry. Yes", **later).state == "answered"
    made.refresh_from_db()
    assert (made.state, made.evidence) == ("completed", "Sorry. Yes")


def test_what_was_answered_or_needs_no_answer_becomes_nothing(gp):
    answer_message(text="Yes", **now(send(answer_by_at=AT), gp))
    send()
    assert turn_unanswered_into_promises(at=AT + timedelta(days=9)) == []
    assert not Promise.objects.exists()


def test_nobody_but_the_clock_turns_a_message_into_a_promise(gp):
    from carestead.care.message import MESSAGE

    assert "become-promise" not in MESSAGE.acts("sent", {"addressee", "cover"})
    assert SYSTEM.role == "system"


def test_bad_messages(gp):
    for changed in ({"text": "  "}, {"to": Party("practitioner", "")}):
        with pytest.raises(NotPossibleError, match="no words, or is for nobody"):
            send(**changed)
    with pytest.raises(NotThereError):
        thread(77)
    with pytest.raises(NotPossibleError, match="time zone"):
        send(answer_by_at=AT.replace(tzinfo=None))


def test_a_team_and_the_person_have_an_inbox_too(gp):
    send(to=NURSES, by=gp)
    send(to=Party("person", "7"), by=gp)
    assert len(inbox(nurse, AT)) == 1
    assert len(inbox(person_actor, AT)) == 1


def test_sent_twice_it_arrives_once(gp):
    assert send(key="m").pk == send(key="m").pk
