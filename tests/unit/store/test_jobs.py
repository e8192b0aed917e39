"""Jobs under a lease: each is done once to the end, whatever becomes of whoever took it."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from tests.at_once import at_once

from carestead.store.jobs import queue
from carestead.store.jobs.health import health
from carestead.store.jobs.models import Job, Outbox, WorkerBeat
from carestead.store.jobs.outbox import publish
from carestead.store.jobs.queue import LeaseLostError, backoff, beat, claim, enqueue, free_strays, perform, wake
from carestead.store.jobs.registry import LEASE, job
from carestead.store.jobs.worker import Worker

NOW = datetime(2026, 5, 3, 2, 10, tzinfo=UTC)


@job("test-note")
def note(*, what: str, at: datetime) -> None:
    publish(kind="test.note", subject=what)


@job("test-slow", outside=True, lease=timedelta(seconds=5))
def slow(*, what: str, at: datetime, beat):
    return lambda: publish(kind="test.note", subject=what)


@job("test-broken")
def broken(*, at: datetime) -> None:
    publish(kind="test.note", subject="half done")
    raise ValueError("there is no such thing")


@job("test-thrice")
def thrice(*, at: datetime) -> timedelta | None:
    publish(kind="test.note", subject="again")
    return timedelta(minutes=1) if Outbox.objects.count() < 3 else None


def noted() -> list[str]:
    return list(Outbox.objects.filter(kind="test.note").order_by("pk").values_list("subject", flat=True))


@pytest.mark.django_db
def test_a_job_is_done_and_its_effect_kept_with_it():
    enqueue("test-note", what="one")
    assert perform(claim())
    assert (noted(), Job.objects.get().state, claim()) == (["one"], "done", None)


@pytest.mark.django_db
def test_asking_twice_under_one_key_is_one_job():
    enqueue("test-note", key="k", what="one")
    enqueue("test-note", key="k", what="two")
    assert Job.objects.get().args == {"what": "one"}


@pytest.mark.django_db
def test_what_is_asked_for_in_a_transaction_that_fails_is_not_asked_for():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("test-note", what="one")
        _ = 1 / 0
    assert claim() is None


@pytest.mark.django_db
def test_a_job_is_not_taken_before_its_time():
    enqueue("test-note", at=NOW + timedelta(minutes=1), what="later")
    assert claim(NOW) is None
    assert claim(NOW + timedelta(minutes=1)) is not None


@pytest.mark.django_db
@pytest.mark.parametrize("fn", ["test-note", "test-slow"])
def test_a_job_whose_worker_fell_silent_is_done_by_another_and_only_once(fn):
    enqueue(fn, at=NOW, what="one")
    first = claim(NOW)
    assert claim(NOW + timedelta(seconds=1)) is None
    second = claim(NOW + LEASE)
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert not perform(first)  # it wakes up too late: what it did is undone
    assert noted() == []
    assert perform(second)
    assert not perform(first)
    assert noted() == ["one"]


@pytest.mark.django_db
def test_a_heartbeat_keeps_a_job_and_tells_when_it_is_lost():
    enqueue("test-slow", at=NOW, what="one")
    taken = claim(NOW)
    beat(taken, NOW + timedelta(seconds=4))
    assert claim(NOW + timedelta(seconds=6)) is None
    assert claim(NOW + timedelta(seconds=9)) is not None
    with pytest.raises(LeaseLostError):
        beat(taken, NOW + timedelta(seconds=9))


@pytest.mark.django_db
def test_a_job_that_fails_leaves_nothing_waits_longer_each_time_and_is_given_up():
    enqueue("test-broken", at=NOW)
    waits = []
    for attempt in range(1, queue.MOST_FAILURES + 1):
        Job.objects.update(run_after=NOW)
        assert not perform(claim(NOW), NOW)
        kept = Job.objects.get()
        assert (kept.attempts, kept.error) == (attempt, "ValueError: there is no such thing")
        waits.append(kept.run_after)
    assert noted() == []
    assert kept.state == "dead"
    assert health(NOW).dead == 1
    assert claim(NOW + timedelta(days=1)) is None


def test_waits_double_up_to_an_hour_and_are_spread():
    assert [backoff(n, 1).total_seconds() for n in (1, 2, 3)] == [2, 4, 8]
    assert backoff(3, 0).total_seconds() == 4
    assert backoff(40, 1) == timedelta(hours=1)


@pytest.mark.django_db
def test_a_job_that_takes_its_worker_down_each_time_is_given_up():
    enqueue("test-note", at=NOW, what="poison")
    for _ in range(queue.MOST_ATTEMPTS):
        Job.objects.update(run_after=NOW)
        assert claim(NOW)
    Job.objects.update(run_after=NOW)
    assert not perform(claim(NOW), NOW)
    assert (Job.objects.get().state, noted()) == ("dead", [])


@pytest.mark.django_db
def test_a_job_nobody_knows_says_so_and_stops_nobody():
    enqueue("test-from-the-future", at=NOW)
    assert not perform(claim(NOW), NOW)
    assert "No job is called test-from-the-future" in Job.objects.get().error


@pytest.mark.django_db
def test_a_job_can_ask_to_run_again():
    enqueue("test-thrice", at=NOW)
    for _ in range(3):
        Job.objects.update(run_after=NOW)
        assert perform(claim(NOW))
    assert (Job.objects.get().state, len(noted())) == ("done", 3)


@pytest.mark.django_db
def test_a_standing_job_is_woken_and_there_is_only_one():
    wake("test-note", key="standing", what="one")
    assert perform(claim())
    wake("test-note", key="standing", what="one")
    wake("test-note", key="standing", what="one")
    assert perform(claim())
    assert claim() is None
    assert noted() == ["one", "one"]


@pytest.mark.django_db
def test_a_clock_put_back_strands_no_job():
    enqueue("test-note", at=NOW, what="one")
    claim(NOW + timedelta(days=3650))  # a clock that was ten years ahead, in a worker that then died
    assert claim(NOW) is None
    assert free_strays(NOW) == 1
    assert perform(claim(NOW))


@pytest.mark.django_db
def test_a_job_put_off_by_years_is_no_stray():
    enqueue("test-note", at=NOW + timedelta(days=3650), what="one")
    assert free_strays(NOW) == 0


def test_an_idle_look_does_not_wait_for_whoever_writes(committed):
    """On SQLite only one may write at a time: looking for work must not ask for that."""
    holds, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            publish(kind="test.note", subject="held")
            holds.set()
            go_on.wait(10)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    holds.wait(10)
    began = datetime.now(UTC)
    assert claim() is None
    waited = datetime.now(UTC) - began
    go_on.set()
    writer.join()
    assert waited < timedelta(seconds=2)


def test_several_workers_do_each_job_once(committed):
    for n in range(60):
        enqueue("test-note" if n % 2 else "test-slow", what=str(n))

    def work() -> None:
        while taken := claim():
            perform(taken)

    assert at_once([work] * 4) == [None] * 4
    while taken := claim():  # what a worker passed over because another one held it
        perform(taken)
    assert sorted(noted(), key=int) == [str(n) for n in range(60)]
    assert set(Job.objects.values_list("state", "lease_token")) == {("done", "")}


@pytest.mark.django_db
def test_a_worker_beats_and_does_what_is_due():
    worker = Worker()
    enqueue("test-note", what="one")
    while worker.step():
        pass
    assert "one" in noted()
    found = health(datetime.now(UTC))
    assert found.working
    assert found.on_time
    assert found.waiting == 0
    assert WorkerBeat.objects.get().name == worker.name


@pytest.mark.django_db
def test_health_tells_of_a_worker_that_is_gone_and_of_what_waits():
    enqueue("test-note", at=NOW, what="one")
    publish(kind="test.note", subject="x", at=NOW)
    found = health(NOW + timedelta(minutes=6))
    assert (found.working, found.on_time, found.tells) == (False, False, False)
    assert (found.late_by, found.outbox_lag) == (timedelta(minutes=6), timedelta(minutes=6))


def test_the_database_knows_only_states_there_are(db):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(fn="x", key="x", run_after=NOW, asked_at=NOW, state="sleeping")
    assert connection.is_usable()


def test_a_long_job_is_kept_from_beside_it_and_left_when_it_ends(db):
    beats = threading.Event()
    with queue.beating(beats.set, timedelta(seconds=0.01)):
        assert beats.wait(5)
    assert "beating" not in {t.name for t in threading.enumerate()}


def test_a_beat_that_fails_ends_no_job(db):
    tried = threading.Event()

    def lost():
        tried.set()
        raise queue.LeaseLostError

    with queue.beating(lost, timedelta(seconds=0.01)):
        assert tried.wait(5)
