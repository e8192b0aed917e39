"""No new clock starts for somebody who has gone, but what is named for after a death."""

from datetime import timedelta

import pytest
from django.utils import timezone

from carestead.care.sides import Party
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.messages import turn_unanswered_into_promises
from carestead.store.care.models import Promise
from carestead.store.care.promises import make_promise
from carestead.store.care.sending import send_message
from carestead.store.find.actions import accept_proposal
from carestead.store.find.models import Enrolment

COORDINATOR = Party("practitioner", "K1", "Kim Teal")
GP = Party("practitioner", "G1", "Dr Ada Quill")


@pytest.fixture
def gone(db, gp) -> int:
    accept_proposal(person_id=7, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=gp)
    Enrolment.objects.filter(person_id=7).update(state="ended", end_kind="died", reason="Died at home")
    return 7


def ask(person_id: int, gp, template: str = "") -> Promise:
    due = timezone.now() + timedelta(days=1)
    return make_promise(person_id=person_id, owner=COORDINATOR, requester=GP, what="Ring", done_means="Spoke",
                        due_at=due, template=template, by=gp)  # fmt: skip


def test_nothing_new_is_promised(gone, gp):
    with pytest.raises(NotPossibleError, match="The person died"):
        ask(gone, gp)
    assert not Promise.objects.exists()


def test_what_is_named_for_after_a_death_is(gone, gp):
    assert ask(gone, gp, "after-death-visit").state == "requested"


def test_a_message_that_nobody_answered_becomes_no_promise(gone, gp):
    late = timezone.now() - timedelta(days=2)
    send_message(
        person_id=gone, to=COORDINATOR, text="Did you hear?", by=gp, answer_by_at=late + timedelta(hours=1), at=late
    )
    assert turn_unanswered_into_promises() == []


def test_for_who_stays_it_is_as_ever(db, gp):
    assert ask(8, gp).state == "requested"
