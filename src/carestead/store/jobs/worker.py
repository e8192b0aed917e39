"""The worker: it fires schedules, hands the outbox on and does jobs, until it is told to stop."""

import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections
from django.db.utils import Error
from django.utils import timezone

from carestead.store.jobs import outbox, queue, schedules
from carestead.store.jobs.models import WorkerBeat

IDLE_SECONDS = 0.5
BEAT_EVERY = timedelta(seconds=10)
TROUBLE_SECONDS = 2.0


class Worker:
    """One worker of an area's store. It has no state worth keeping: killed at any instant, nothing is lost."""

    def __init__(self, tell: Callable[[str], Any] = lambda words: None) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.done = 0
        self._tell = tell
        self._stop = threading.Event()
        self._parent = os.getppid()
        self._beaten: datetime | None = None

    def run(self, *, with_parent: bool = False) -> None:
        """Work until SIGTERM or SIGINT (the job in hand is finished first); with `with_parent`, no longer than the
        process that started this one."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        while not self._stop.is_set() and not (with_parent and os.getppid() != self._parent):
            self._stop.wait(self._turn())
        WorkerBeat.objects.filter(name=self.name).delete()

    def _turn(self) -> float:
        """One step: how long to rest after it, in seconds. A database that is away or full is waited for."""
        try:
            close_old_connections()
            return 0 if self.step() else IDLE_SECONDS
        except Error as error:
            self._tell(f"The store cannot be used now ({error}); trying again.")
            return TROUBLE_SECONDS

    def step(self, at: datetime | None = None) -> bool:
        """Look after the clock and the outbox, then do one job: whether there was one."""
        now = at or timezone.now()
        self._beat(now)
        schedules.fire(now)
        outbox.fan_out_when_needed()
        taken = queue.claim(at)
        if taken is None:
            return False
        if queue.perform(taken):
            self.done += 1
        else:
            self._tell(f"Job {taken.pk} ({taken.fn}) was not done, attempt {taken.attempts}.")
        return True

    def _beat(self, now: datetime) -> None:
        if self._beaten and timedelta(0) <= now - self._beaten < BEAT_EVERY:
            return
        queue.free_strays(now)
        WorkerBeat.objects.update_or_create(
            name=self.name, defaults={"beat_at": now}, create_defaults={"beat_at": now, "started_at": now}
        )
        self._beaten = now
