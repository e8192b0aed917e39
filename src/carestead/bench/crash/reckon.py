"""What the storm needs of the store, and what it finds there afterwards. Imported once the store is configured."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Sum

from carestead.bench.crash.check import check
from carestead.bench.crash.client import Client, World
from carestead.bench.crash.receiver import Heard
from carestead.bench.crash.report import Report
from carestead.bench.crash.session import Session
from carestead.store.accounts.models import User
from carestead.store.actor import Actor, Role
from carestead.store.care.things import CareEvent
from carestead.store.jobs.models import Job, Outbox, Subscription
from carestead.store.jobs.outbox import subscribe
from carestead.store.jobs.queue import enqueue

ENROL = 200
"""So many people are enrolled while it storms."""


def subscribe_to(url: str) -> None:
    """Ask to be told of everything."""
    subscribe(endpoint=url, kinds=["*"], by=Actor("crash", "Crash test", Role.LEAD))


def writers(url: str, clients: int, seed: int) -> list[Client]:
    """Clients at work, over the people the demonstration's GP may decide about."""
    gp = Session(url, "gp")
    gp.sign_in()
    seen = [p for p in gp.get("/api/people/").json()["people"] if p["named_gp_code"] and p["coordinator_code"]]
    coordinator = User.objects.get(username="coordinator").practitioner_code
    world = World(seen[:ENROL], [p["person_id"] for p in seen], coordinator)
    made = [Client(url, n, seed, world) for n in range(clients)]
    for each in made:
        each.start()
    return made


def ask_for_jobs(round_: int, many: int) -> None:
    """Ask for jobs beside those that the writes themselves make necessary."""
    for n in range(many):
        enqueue("housekeeping", key=f"crash-{round_}-{n}")


def left() -> int:
    """How many jobs and messages are not done yet."""
    behind = sum(s.seq - s.delivered for s in Subscription.objects.all())
    return Job.objects.filter(state="waiting").count() + Outbox.objects.filter(told_at__isnull=True).count() + behind


def reckon(clients: Sequence[Client], heard: Heard, **given: Any) -> Report:
    """The figures, and every check."""
    acknowledged = [each for client in clients for each in client.acknowledged]
    keys = [key for client in clients for key in client.keys]
    tries = Job.objects.filter(state="done", attempts__gt=1).aggregate(more=Sum(F("attempts") - 1))["more"]
    return Report(
        store="SQLite" if connection.vendor == "sqlite" else "PostgreSQL",
        clients=len(clients),
        acknowledged=len(acknowledged),
        unanswered=sum(c.unanswered for c in clients),
        sent_again=sum(c.sent_again for c in clients),
        stale=sum(c.stale for c in clients),
        events=CareEvent.objects.count(),
        jobs=Job.objects.filter(state="done").count(),
        taken_again=tries or 0,
        messages=len(heard.numbers),
        messages_again=heard.again,
        wrong=check(acknowledged, keys, heard),
        odd=[words for client in clients for words in client.odd],
        **given,
    )
