"""What must hold after the storm: each check counts what is wrong, and nought is right."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import connection
from django.db.models import Max, Min, Q, Sum
from django.utils import timezone

from carestead.bench.crash.client import Acknowledged
from carestead.bench.crash.receiver import Heard
from carestead.store.assign.models import LedgerEntry, Responsibility
from carestead.store.audit.models import AuditEvent
from carestead.store.care.log import untold
from carestead.store.care.models import THINGS, Promise
from carestead.store.care.things import CareEvent
from carestead.store.find.models import Decision, Enrolment
from carestead.store.jobs.models import IdempotencyKey, Job, Outbox, Subscription


def check(acknowledged: Sequence[Acknowledged], keys: Sequence[str], heard: Heard) -> dict[str, int]:
    """What is wrong, by name; every count must be nought. Needs a configured store that nobody writes to."""
    counts: dict[str, Callable[[], int]] = {
        "acknowledged writes lost": lambda: _lost(acknowledged),
        "one version acknowledged for two writes": lambda: _twice(Counter(acknowledged)),
        "writes under one key done twice": lambda: _made_twice(keys),
        "sum of versions less events": _versions,
        "rows that are not the fold of their events": lambda: sum(1 for _ in untold()),
        "events without their audit row": _unaudited,
        "enrolled people without one named GP and one coordinator": _unheld,
        "ledger entries out of sequence": _out_of_sequence,
        "jobs stuck or given up": _stuck,
        "events nobody was told of": _untold,
        "messages skipped, lost or out of order": lambda: _misheard(heard),
        "kept answers that are empty": lambda: IdempotencyKey.objects.filter(response={}).count(),
        "faults of the database file": _broken_file,
    }
    return {name: count() for name, count in counts.items()}


def _lost(acknowledged: Sequence[Acknowledged]) -> int:
    written = set(CareEvent.objects.filter(kind="promise").values_list("subject_id", "version", "type"))
    decided = set(Decision.objects.filter(state="accepted").values_list("person_id", "version"))
    return sum(
        (a.subject_id, a.version, a.act) not in written
        if a.kind == "promise"
        else (a.subject_id, a.version) not in decided
        for a in acknowledged
    )


def _twice(acknowledged: Counter[Acknowledged]) -> int:
    return sum(times - 1 for times in acknowledged.values())


def _made_twice(keys: Sequence[str]) -> int:
    made = Counter(Promise.objects.values_list("what", flat=True))
    return sum(max(made[f"Ring the person ({key})"] - 1, 0) for key in keys)


def _versions() -> int:
    return abs(sum(_sum(model) for model in THINGS) - CareEvent.objects.count())


def _sum(model: type) -> int:
    return int(model._default_manager.aggregate(sum=Sum("version"))["sum"] or 0)  # type: ignore[attr-defined]


def _unaudited() -> int:
    """Events that no audit row names, and the other way round: a row names one thing at a version, or all the things
    begun in one act."""
    named = {
        (detail["kind"], thing, detail["version"])
        for detail in AuditEvent.objects.filter(kind="write", detail__has_key="kind").values_list("detail", flat=True)
        for thing in detail.get("ids", [detail.get("id")])
    }
    return len(named ^ set(CareEvent.objects.values_list("kind", "subject_id", "version")))


def _unheld() -> int:
    held = Counter(Responsibility.objects.filter(end__isnull=True).values_list("person_id", "role"))
    enrolled = Enrolment.objects.filter(state="accepted").values_list("person_id", flat=True)
    return sum(held[person, role] != 1 for person in enrolled for role in ("named-gp", "coordinator"))


def _out_of_sequence() -> int:
    runs = LedgerEntry.objects.values("person_id", "role").annotate(first=Min("seq"), last=Max("seq"))
    entries = Counter(LedgerEntry.objects.values_list("person_id", "role"))
    return sum(r["first"] != 1 or r["last"] != entries[r["person_id"], r["role"]] for r in runs)


def _stuck() -> int:
    """Whatever is not done, but for what a schedule asked for as the server was stopped."""
    just_asked = Q(state="waiting", attempts=0, asked_at__gt=timezone.now() - timedelta(minutes=1))
    return Job.objects.exclude(state="done").exclude(just_asked).count()


def _untold() -> int:
    mine = Q()
    for model in THINGS:
        mine |= Q(kind__startswith=f"{model.KIND}.")
    unwritten = abs(Outbox.objects.filter(mine).count() - CareEvent.objects.count())
    return Outbox.objects.filter(told_at__isnull=True).count() + unwritten


def _misheard(heard: Heard) -> int:
    told = Subscription.objects.get()
    missing = abs(told.seq - len(heard.numbers)) + told.seq - told.delivered
    return missing + sum(number != n for n, number in enumerate(heard.numbers, 1))


def _broken_file() -> int:
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        found = cursor.execute("pragma integrity_check").fetchall()
    return sum(row != ("ok",) for row in found)
