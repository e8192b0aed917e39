"""Looking for gaps: an area's decisions are written out, every invariant is asked, the counts are kept as a trend."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from carestead import gaps
from carestead.core.area import Area, open_area
from carestead.core.finding import UsageError
from carestead.reference import shared
from carestead.store.actor import SYSTEM, Actor
from carestead.store.audit.actions import record_write
from carestead.store.care.models import GapCount
from carestead.store.clocks import clocks_of, desk_of, ladder_of, long_absence_of
from carestead.store.export import Progress, export, paths
from carestead.store.find.models import Enrolment
from carestead.store.jobs.queue import beating, wake
from carestead.store.jobs.registry import LEASE, job
from carestead.store.jobs.schedule import Daily

AT_ONCE = 5_000
"""With so many people enrolled, a check is made by a worker, and whoever asks for one need not wait."""


@contextmanager
def checked(
    area: Area, *, at: datetime | None = None, memory_gb: float = 4.0, progress: Progress | None = None
) -> Iterator[gaps.Checked]:
    """A check as of `at` (now), there while the block lasts and gone after it unless it is kept."""
    now = timezone.now()
    look_back = timedelta(days=shared("care", "gaps")["limits"]["look_back_days"])
    with gaps.working_folder(area) as work:
        export(work / "store", since=(at or now) - look_back, progress=progress)
        yield gaps.check(
            area, paths(work / "store"), work, at=at or now, checked_at=now, memory_gb=memory_gb, progress=progress,
            known=clocks_of(area.path), desk=desk_of(area.path), long_absence=long_absence_of(area.path),
            ladder=ladder_of(area.path),
        )  # fmt: skip


def check_now(area: Area, *, by: Actor = SYSTEM, memory_gb: float = 4.0, progress: Progress | None = None) -> None:
    """Check as of now; it becomes the area's newest check, and its counts a point of the trend."""
    with checked(area, memory_gb=memory_gb, progress=progress) as found:
        keep(area, found, by=by)


def keep(area: Area, found: gaps.Checked, *, by: Actor = SYSTEM) -> None:
    """Let a check be the area's newest, and its counts a point of the trend."""
    _count(gaps.keep(area, found), by)


def ask_for_check(area: Area, *, by: Actor) -> bool:
    """Check now where that takes moments, else ask a worker to: whether it is done already."""
    if Enrolment.objects.filter(state="accepted").count() >= AT_ONCE:
        wake("gaps", key="gaps-now")
        return False
    check_now(area, by=by)
    return True


@job("gaps", outside=True, schedule=Daily(2, 30))
def nightly(*, at: datetime, beat: Callable[[], None]) -> Callable[[], None]:
    """Every night, after the day's work and before the next: all invariants."""
    if settings.AREA is None:
        raise UsageError("No area is being served.", "Set CARESTEAD_AREA to the area's folder.")
    area = open_area(settings.AREA)
    # The store is read in one transaction, which may not write: the beats come from beside it.
    with beating(beat, LEASE / 3), checked(area) as found:
        kept = gaps.keep(area, found)
    return lambda: _count(kept, SYSTEM)


@transaction.atomic
def _count(found: gaps.Checked, by: Actor) -> None:
    """A point of the trend, once a check."""
    rows = [GapCount(invariant=c.invariant, checked_at=found.checked_at, offenders=c.now) for c in found.counts]
    GapCount.objects.bulk_create(rows, ignore_conflicts=True)
    record_write(by=by, action="check-gaps", detail={"found": found.now})
