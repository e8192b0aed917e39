"""Asking for the jobs that a schedule makes due: each instant once, however many workers look."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from carestead.store.jobs.models import Firing
from carestead.store.jobs.queue import enqueue
from carestead.store.jobs.registry import Registered, scheduled


def fire(at: datetime | None = None) -> None:
    """Ask for what is due and was not asked for.

    After a silence only the newest instant of a schedule is caught up with: its job looks at everything anyway.
    """
    at = at or timezone.now()
    for known in scheduled():
        _fire(known, at)


def _fire(known: Registered, at: datetime) -> None:
    assert known.schedule is not None
    due_at = known.schedule.due(at)
    # A plain look first, as workers look often.
    if Firing.objects.filter(name=known.name, due_at=due_at).exists():
        return
    with transaction.atomic():
        Firing.objects.bulk_create([Firing(name=known.name, due_at=due_at, fired_at=at)], ignore_conflicts=True)
        enqueue(known.name, key=f"{known.name}@{due_at:%Y-%m-%dT%H:%M:%SZ}")
