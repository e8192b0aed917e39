"""How the worker is: figures for `carestead doctor` and for pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min

from carestead.store.jobs.models import Job, Outbox, Subscription, WorkerBeat

SILENT = timedelta(seconds=60)
"""A worker that has not beaten for so long is gone, or stands still."""

LATE = timedelta(minutes=5)
"""What has been due for so long is late."""


@dataclass(frozen=True, slots=True)
class Health:
    """`beat_age` is the age of the newest heartbeat, None when no worker is known; `late_by` how long the job longest
    due has waited; `outbox_lag` the age of the oldest event nobody was given; `unsent` what subscriptions have not
    taken yet; `switched_off` how many of them refused too often."""

    beat_age: timedelta | None
    waiting: int
    late_by: timedelta
    dead: int
    outbox_lag: timedelta
    unsent: int
    switched_off: int

    @property
    def working(self) -> bool:
        """A worker lives."""
        return self.beat_age is not None and self.beat_age < SILENT

    @property
    def on_time(self) -> bool:
        """Nothing waits that should be done by now."""
        return self.late_by < LATE

    @property
    def tells(self) -> bool:
        """Whoever asked to be told is told."""
        return self.outbox_lag < LATE and not self.switched_off


def health(at: datetime) -> Health:
    """The figures at an instant."""
    beat = WorkerBeat.objects.aggregate(newest=Max("beat_at"))["newest"]
    due = Job.objects.filter(state="waiting", run_after__lte=at)
    untold = Outbox.objects.filter(told_at__isnull=True).aggregate(oldest=Min("at"))["oldest"]
    told = Subscription.objects.all()
    return Health(
        beat_age=at - beat if beat else None,
        waiting=due.count(),
        late_by=_age(at, due.aggregate(oldest=Min("run_after"))["oldest"]),
        dead=Job.objects.filter(state="dead").count(),
        outbox_lag=_age(at, untold),
        unsent=sum(s.seq - s.delivered for s in told),
        switched_off=sum(not s.active for s in told),
    )


def _age(at: datetime, since: datetime | None) -> timedelta:
    return max(at - since, timedelta(0)) if since else timedelta(0)
