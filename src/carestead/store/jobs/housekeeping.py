"""What is thrown away: nothing that says what was decided, only the traces of work that is over."""

from datetime import datetime, timedelta

from django.db.models import F

from carestead.store.jobs.models import Firing, IdempotencyKey, Job, Notice, Outbox, WorkerBeat
from carestead.store.jobs.once import KEPT
from carestead.store.jobs.registry import job
from carestead.store.jobs.schedule import Daily

TRACES = timedelta(days=30)


@job("housekeeping", schedule=Daily(3, 40))
def housekeeping(*, at: datetime) -> None:
    """Delete answers after a day, and after 30 days jobs that were done, firings, and what everybody was told. What was
    given up, and what somebody has still to be told, stays."""
    IdempotencyKey.objects.filter(created_at__lt=at - KEPT).delete()
    WorkerBeat.objects.filter(beat_at__lt=at - timedelta(days=1)).delete()
    Job.objects.filter(state="done", ended_at__lt=at - TRACES).delete()
    Firing.objects.filter(due_at__lt=at - TRACES).delete()
    _told(at - TRACES)


def _told(before: datetime) -> None:
    taken = Notice.objects.filter(event__told_at__lt=before, seq__lte=F("subscription__delivered"))
    taken.delete()
    Outbox.objects.filter(told_at__lt=before, notices__isnull=True).delete()
