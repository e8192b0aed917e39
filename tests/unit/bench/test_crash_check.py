"""Each check of `carestead crash` finds what it is there to find: a check that cannot fail proves nothing."""

from datetime import UTC, datetime

import pytest
from django.db.models import F
from django.utils import timezone

from carestead.bench.crash.check import check
from carestead.bench.crash.client import Acknowledged
from carestead.bench.crash.receiver import Heard
from carestead.store.actor import Actor, Role
from carestead.store.audit.actions import record_write
from carestead.store.care.log import Act, begin
from carestead.store.care.models import Promise
from carestead.store.find.models import Enrolment
from carestead.store.jobs.models import IdempotencyKey, Job, Outbox, Subscription
from carestead.store.jobs.outbox import publish
from carestead.store.jobs.queue import enqueue

NOW = datetime(2026, 5, 3, 2, 10, tzinfo=UTC)
GP = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")


def promise(key: str) -> Promise:
    facts = {"person_id": 7, "state": "requested", "done_means": "Spoke", "owner_code": "K1", "requester_code": "G1",
             "author_username": "quill", "asked_at": NOW, "due_at": NOW, "first_due_at": NOW}  # fmt: skip
    return begin(Promise(what=f"Ring the person ({key})", **facts), Act("ask", GP))


@pytest.fixture
def storm(db):
    """What a storm without harm leaves behind: two promises, acknowledged, told of in order."""
    made = [promise("a"), promise("b")]
    Outbox.objects.update(told_at=NOW)
    Subscription.objects.create(endpoint="https://x.example", secret="s", asked_at=NOW, seq=2, delivered=2)
    return [Acknowledged("promise", p.pk, 1, "ask") for p in made], ["a", "b"], Heard("", [1, 2])


def wrong(storm) -> dict[str, int]:
    return {name: count for name, count in check(*storm).items() if count}


def test_a_storm_without_harm_is_sound(storm):
    assert wrong(storm) == {}


def test_a_lost_write_is_found(storm):
    storm[0].append(Acknowledged("promise", storm[0][0].subject_id, 2, "accept"))
    storm[0].append(Acknowledged("enrolment", 7, 1, "accept"))
    assert wrong(storm) == {"acknowledged writes lost": 2}


def test_a_version_acknowledged_twice_is_found(storm):
    storm[0].append(storm[0][0])
    assert wrong(storm) == {"one version acknowledged for two writes": 1}


def test_a_write_done_twice_is_found(storm):
    Promise.objects.update(what="Ring the person (a)")
    assert wrong(storm)["writes under one key done twice"] == 1


def test_a_version_without_its_event_is_found(storm):
    Promise.objects.filter(pk=storm[0][0].subject_id).update(version=F("version") + 1)
    assert wrong(storm) == {"sum of versions less events": 1, "rows that are not the fold of their events": 1}


def test_a_row_changed_behind_its_events_is_found(storm):
    Promise.objects.filter(pk=storm[0][0].subject_id).update(owner_code="K2")
    assert wrong(storm) == {"rows that are not the fold of their events": 1}


def test_audit_that_is_not_as_the_events_is_found(storm):
    record_write(by=GP, action="promise-ask", people=[7], detail={"kind": "promise", "id": 999, "version": 1})
    assert wrong(storm) == {"events without their audit row": 1}


def test_an_enrolled_person_with_nobody_is_found(storm):
    Enrolment.objects.create(person_id=9, practice_code="Y1", state="accepted", decided_by="x", decided_at=NOW)
    assert wrong(storm) == {"enrolled people without one named GP and one coordinator": 2}


def test_a_job_left_over_is_found(storm):
    enqueue("housekeeping")
    assert wrong(storm) == {}, "asked for this moment"
    Job.objects.update(asked_at=NOW)
    assert wrong(storm) == {"jobs stuck or given up": 1}
    Job.objects.update(state="dead", asked_at=timezone.now())
    assert wrong(storm) == {"jobs stuck or given up": 1}


def test_an_event_nobody_was_told_of_is_found(storm):
    publish(kind="promise.kept", subject="promise/1")
    assert wrong(storm) == {"events nobody was told of": 2}, "not told, and no event of the log"


@pytest.mark.parametrize("numbers", [[1], [2, 1], [1, 3], []])
def test_messages_skipped_lost_or_out_of_order_are_found(storm, numbers):
    storm[2].numbers[:] = numbers
    assert set(wrong(storm)) == {"messages skipped, lost or out of order"}


def test_a_key_kept_without_its_answer_is_found(storm):
    IdempotencyKey.objects.create(key="k", username="gp", body_hash="a", created_at=NOW)
    assert wrong(storm) == {"kept answers that are empty": 1}
