"""Telling others: each thing once in order and numbered, ids only, signed, and never inside the network."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction
from django.utils import timezone

from carestead.store.audit.models import AuditEvent
from carestead.store.jobs import outbox
from carestead.store.jobs.housekeeping import housekeeping
from carestead.store.jobs.models import Job, Notice, Outbox, Subscription
from carestead.store.jobs.outbox import publish, resume, subscribe, wants
from carestead.store.jobs.queue import claim, perform
from carestead.store.jobs.rest_hook import RestHookError


@dataclass
class Receiver:
    """Somebody who is told: what they took, and the status they answer with."""

    url: str = ""
    status: int = 200
    took: list[tuple[dict, dict, bytes]] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        return [said["event_number"] for said, _, _ in self.took]


@pytest.fixture
def receiver(settings, socket_enabled) -> Iterator[Receiver]:
    settings.HOOKS_ON_LOOPBACK = True
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if made.status == 200:
                made.took.append((json.loads(body), dict(self.headers), body))
            self.send_response(made.status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def work(times: int = 1) -> None:
    """Whatever waits is done, however far off; `times` over. As a worker does, without its schedules."""
    for _ in range(times):
        Job.objects.filter(state="waiting").update(run_after=timezone.now())
        outbox.fan_out_when_needed()
        while taken := claim():
            perform(taken)
            outbox.fan_out_when_needed()


@pytest.mark.django_db
def test_what_happened_is_told_in_order_and_numbered(receiver, gp):
    subscribe(endpoint=receiver.url, kinds=["promise.*"], by=gp)
    for n in range(5):
        publish(kind="promise.made", subject=f"promise/{n}", person_id=41)
        publish(kind="plan.agreed", subject=f"plan/{n}", person_id=41)
    work()
    assert [said["subject"] for said, _, _ in receiver.took] == [f"promise/{n}" for n in range(5)]
    assert receiver.numbers == [1, 2, 3, 4, 5]
    publish(kind="promise.kept", subject="promise/0", person_id=41)
    work()
    assert receiver.numbers == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db
def test_what_is_sent_is_signed_and_names_no_person(receiver, gp):
    made = subscribe(endpoint=receiver.url, kinds=["*"], by=gp)
    publish(kind="promise.made", subject="promise/7", person_id=987654)
    work()
    said, headers, body = receiver.took[0]
    assert set(said) == {"subscription", "event_number", "kind", "subject", "at"}
    assert b"987654" not in body
    seconds, given = (part.split("=")[1] for part in headers["Carestead-Signature"].split(","))
    signed = hmac.new(made.secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert given == signed
    assert headers["Carestead-Event-Number"] == "1"


@pytest.mark.django_db
def test_what_is_undone_is_told_to_nobody(receiver, gp):
    subscribe(endpoint=receiver.url, kinds=["*"], by=gp)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(kind="promise.made", subject="promise/1")
        _ = 1 / 0
    work()
    assert receiver.took == []


@pytest.mark.django_db
def test_what_was_refused_is_sent_again_before_anything_newer(receiver, gp):
    subscribe(endpoint=receiver.url, kinds=["*"], by=gp)
    receiver.status = 503
    publish(kind="promise.made", subject="promise/1")
    work(3)
    found = Subscription.objects.get()
    assert found.failures > 0
    assert found.error.startswith("127.0.0.1 answered 503.")
    assert (found.seq, found.delivered, found.active) == (1, 0, True)
    receiver.status = 200
    publish(kind="promise.made", subject="promise/2")
    work(3)
    assert receiver.numbers == [1, 2]
    found.refresh_from_db()
    assert (found.failures, found.error, found.delivered) == (0, "", 2)


@pytest.mark.django_db
def test_who_refuses_too_often_is_switched_off_and_misses_nothing_when_back(receiver, gp):
    made = subscribe(endpoint=receiver.url, kinds=["*"], by=gp)
    receiver.status = 500
    publish(kind="promise.made", subject="promise/1")
    work(outbox.MOST_REFUSALS + 2)
    assert not Subscription.objects.get().active
    assert not Job.objects.filter(state="dead").exists()
    receiver.status = 200
    publish(kind="promise.made", subject="promise/2")
    work()
    assert receiver.took == []
    resume(subscription_id=made.pk, by=gp)
    work()
    assert receiver.numbers == [1, 2]
    assert AuditEvent.objects.filter(action__in=("subscribe", "resume-subscription")).count() == 2


@pytest.mark.django_db
def test_one_that_is_away_holds_up_nobody_else(receiver, gp):
    subscribe(endpoint="http://127.0.0.1:9/", kinds=["*"], by=gp)
    subscribe(endpoint=receiver.url, kinds=["*"], by=gp)
    publish(kind="promise.made", subject="promise/1")
    work()
    assert receiver.numbers == [1]


@pytest.mark.django_db
def test_more_than_can_be_given_out_at_once_is_given_out_all_the_same(receiver, gp, monkeypatch):
    monkeypatch.setattr(outbox, "AT_ONCE", 3)
    subscribe(endpoint=receiver.url, kinds=["*"], by=gp)
    for n in range(10):
        publish(kind="promise.made", subject=f"promise/{n}")
    work()
    assert receiver.numbers == list(range(1, 11))


@pytest.mark.django_db
def test_housekeeping_deletes_what_was_told_and_keeps_what_was_not(receiver, gp):
    subscribe(endpoint=receiver.url, kinds=["*"], by=gp)
    subscribe(endpoint="http://127.0.0.1:9/", kinds=["promise.kept"], by=gp)
    publish(kind="promise.made", subject="promise/1")
    publish(kind="promise.kept", subject="promise/1")
    work()
    housekeeping(at=timezone.now() + timedelta(days=31))
    assert [(n.seq, n.event.kind) for n in Notice.objects.all()] == [(1, "promise.kept")]
    assert Outbox.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://192.168.0.1:8443/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1]/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "http://93.184.216.34/",
        "https://user:password@93.184.216.34/",
        "https://93.184.216.34:99999/",
        "ftp://93.184.216.34/",
        "file:///etc/passwd",
        "https://",
        "not an address",
    ],
)
def test_an_address_inside_the_network_or_not_safe_is_refused(address, gp, socket_enabled):
    with pytest.raises(RestHookError):
        subscribe(endpoint=address, kinds=["*"], by=gp)
    assert not Subscription.objects.exists()


@pytest.mark.django_db
def test_a_public_address_is_taken(gp, socket_enabled):
    assert subscribe(endpoint="https://93.184.216.34/hook", kinds=["*"], by=gp).active


@pytest.mark.django_db
def test_an_address_that_has_turned_inward_is_not_told(receiver, gp, settings):
    """It was public when it was asked for; its name now says otherwise."""
    subscribe(endpoint=receiver.url, kinds=["*"], by=gp)
    settings.HOOKS_ON_LOOPBACK = False
    publish(kind="promise.made", subject="promise/1")
    work()
    assert receiver.took == []
    assert Subscription.objects.get().error


@pytest.mark.parametrize(
    ("kinds", "kind", "told"),
    [
        (["*"], "promise.made", True),
        (["promise.*"], "promise.made", True),
        (["promise.*"], "promises.made", False),
        (["promise.made"], "promise.made", True),
        (["promise.made"], "promise.kept", False),
        ([], "promise.made", False),
    ],
)
def test_who_is_told_of_what(kinds, kind, told):
    assert wants(kinds, kind) is told
