"""A thing, its events and the audit row are written together, and the events tell the thing again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.store.audit.models import AuditEvent
from carestead.store.care.log import Act, ChangedMeanwhileError, begin, change, done_before, fold, untold
from carestead.store.care.models import Promise
from carestead.store.care.things import CareEvent


def promise(**changed) -> Promise:
    now = timezone.now()
    due = now + timedelta(days=3)
    facts = {"person_id": 7, "state": "requested", "what": "Ring", "done_means": "Spoke to the person",
             "owner_code": "K1", "requester_code": "G1", "author_username": "quill", "asked_at": now, "due_at": due,
             "first_due_at": due}  # fmt: skip
    return Promise(**{**facts, **changed})


def test_the_events_of_a_thing_tell_its_row(db, gp):
    made = begin(promise(), Act("ask", gp))
    change(made, Act("open", gp), version=1, state="received")
    change(made, Act("hold", gp, given={"note": "away"}), version=2, state="on-hold", reason="Away",
           resume_on=timezone.now().date())  # fmt: skip
    kept = Promise.objects.get(pk=made.pk)
    assert kept.version == 3
    assert fold(CareEvent.objects.filter(kind="promise", subject_id=made.pk).order_by("version")) == kept.facts()
    assert list(untold()) == []
    assert AuditEvent.objects.filter(action__startswith="promise-").count() == 3


def test_a_row_changed_behind_the_log_is_found(db, gp):
    made = begin(promise(), Act("ask", gp))
    Promise.objects.filter(pk=made.pk).update(owner_code="K2")
    [(thing, told)] = untold()
    assert (thing.pk, thing.owner_code, told["owner_code"]) == (made.pk, "K2", "K1")


def test_a_stale_version_changes_nothing(db, gp):
    made = begin(promise(), Act("ask", gp))
    change(Promise.objects.get(pk=made.pk), Act("open", gp), version=1, state="received")
    with pytest.raises(ChangedMeanwhileError) as refused:
        change(made, Act("open", gp), version=1, state="cancelled", reason="No")
    assert refused.value.now.state == "received"
    assert CareEvent.objects.count() == 2


def test_an_act_sent_twice_is_found_by_its_key(db, gp):
    begin(promise(), Act("ask", gp, key="form-1"))
    assert done_before("form-1").type == "ask"
    assert done_before("form-2") is None
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(promise(), Act("ask", gp, key="form-1"))
    assert Promise.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"owner_code": ""}, {"done_means": ""}, {"state": "rejected"}, {"state": "on-hold", "reason": "x"},
     {"state": "completed"}, {"state": "lost"}],
)  # fmt: skip
def test_the_database_refuses_a_promise_that_says_too_little(db, gp, changed):
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(promise(**changed), Act("ask", gp))
