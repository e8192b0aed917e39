"""Asking for jobs, and doing them under a lease: one that lost its worker is due again, and none ends twice."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from carestead.store.jobs.models import Job
from carestead.store.jobs.registry import CLOCK_PUT_BACK, Again, Registered, find, lease_of

MOST_FAILURES = 8
"""After so many attempts a job that fails is given up."""

MOST_ATTEMPTS = 25
"""After so many attempts a job that never even fails is given up: it takes its worker down each time."""


class LeaseLostError(Exception):
    """Another worker has taken the job meanwhile: whatever this one did is undone."""


def enqueue(fn: str, *, key: str = "", at: datetime | None = None, **args: Any) -> None:
    """Ask for the job `fn` with `args`, not before `at` (now). Call it in the transaction that makes it necessary.

    With a `key` that was used before, nothing is asked for again.
    """
    now = timezone.now()
    asked = Job(fn=fn, args=args, key=key or uuid4().hex, run_after=at or now, asked_at=now)
    Job.objects.bulk_create([asked], ignore_conflicts=True)


@transaction.atomic
def wake(fn: str, *, key: str, **args: Any) -> None:
    """Ask for a job that stands under its `key` for good: there is one, and it runs once more from now on."""
    now = timezone.now()
    enqueue(fn, key=key, at=now, **args)
    # The row is locked whatever its state: one that is just ending must not be missed.
    standing = Job.objects.select_for_update().get(key=key)
    if standing.state != "waiting":
        again = {"state": "waiting", "run_after": now, "attempts": 0, "error": "", "ended_at": None}
        Job.objects.filter(pk=standing.pk).update(**again)


def due(at: datetime) -> QuerySet[Job]:
    """The jobs a worker may take at an instant, the longest due first."""
    return Job.objects.filter(run_after__lte=at, state="waiting").order_by("run_after", "pk")


def free_strays(at: datetime) -> int:
    """Make due what was taken before the clock was put back by more than CLOCK_PUT_BACK: how many jobs it was."""
    strays = Job.objects.filter(state="waiting", run_after__gt=at + CLOCK_PUT_BACK).exclude(lease_token="")
    return strays.update(run_after=at) if strays.exists() else 0


def claim(at: datetime | None = None) -> Job | None:
    """Take a due job for the length of its lease, or nothing. Several workers never hold one job at a time."""
    at = at or timezone.now()
    # A plain look first: on SQLite the transaction below takes the lock of all writing.
    if not due(at).exists():
        return None
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        taken = due(at).select_for_update(skip_locked=skip).first()
        if taken is None:
            return None
        taken.lease_token = uuid4().hex
        taken.attempts += 1
        taken.run_after = at + lease_of(taken.fn)
        taken.save(update_fields=["lease_token", "attempts", "run_after"])
    return taken


def perform(taken: Job, at: datetime | None = None) -> bool:
    """Do a claimed job: its effect and its completion in one transaction. False when it failed or was lost."""
    at = at or timezone.now()
    if taken.attempts > MOST_ATTEMPTS:
        _end(taken, "dead", f"Its worker ended each of {MOST_ATTEMPTS} times.", at)
        return False
    try:
        _complete(taken, find(taken.fn), at)
    except LeaseLostError:
        return False
    except Exception as error:
        _fail(taken, f"{type(error).__name__}: {error}", at)
        return False
    return True


def beat(taken: Job, at: datetime | None = None) -> None:
    """Keep a claimed job for another lease. Raises LeaseLostError when somebody else has it."""
    until = (at or timezone.now()) + lease_of(taken.fn)
    if not _mine(taken).update(run_after=until):
        raise LeaseLostError


@contextmanager
def beating(keep: Callable[[], None], every: timedelta) -> Iterator[None]:
    """Call `keep` every so often while the block lasts, from a thread with a connection of its own: for a block that
    may not write itself. What `keep` raises is left to whoever ends the job."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(every.total_seconds()):
            try:
                keep()
            except Exception:
                return
            finally:
                connection.close()

    thread = threading.Thread(target=run, name="beating", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def backoff(attempts: int, spread: float) -> timedelta:
    """How long to wait after `attempts` failures: 2, 4, 8 ... seconds up to an hour, times 0.5 to 1 by `spread` (0 to
    1), so that what failed together does not come back together."""
    return timedelta(seconds=min(2**attempts, 3600) * (0.5 + spread / 2))


def _complete(taken: Job, known: Registered, at: datetime) -> None:
    close = partial(known.run, at=at, **taken.args)
    if known.outside:
        close = known.run(at=at, beat=partial(beat, taken), **taken.args)
    with transaction.atomic():
        # First of all: on PostgreSQL this holds the row, so that nobody takes the job while its effect is written.
        if not _mine(taken).update(state="done", lease_token="", error="", ended_at=timezone.now()):
            raise LeaseLostError
        _again(taken, close() if close else None)


def _again(taken: Job, after: Again) -> None:
    if after is not None:
        anew = {"state": "waiting", "run_after": timezone.now() + after, "attempts": 0, "ended_at": None}
        Job.objects.filter(pk=taken.pk).update(**anew)


def _fail(taken: Job, why: str, at: datetime) -> None:
    if taken.attempts >= MOST_FAILURES:
        _end(taken, "dead", why, at)
        return
    later = timezone.now() + backoff(taken.attempts, random.random())  # noqa: S311  not for secrets
    _mine(taken).update(run_after=later, lease_token="", error=why[:2000])


def _end(taken: Job, state: str, why: str, at: datetime) -> None:
    _mine(taken).update(state=state, lease_token="", error=why[:2000], ended_at=at)


def _mine(taken: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=taken.pk, lease_token=taken.lease_token, state="waiting")
