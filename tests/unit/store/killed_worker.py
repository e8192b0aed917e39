"""A worker in a process of its own, to be killed: `python killed_worker.py ERA`. Its jobs note that they ran and, in
the era `slow`, stands still before it ends."""

import sys
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from carestead.store.jobs.outbox import publish  # noqa: E402
from carestead.store.jobs.registry import job  # noqa: E402
from carestead.store.jobs.worker import Worker  # noqa: E402

SLOW = sys.argv[1] == "slow"


def stand_still(mark: str) -> None:
    Path(mark).write_text("running")
    if SLOW:
        time.sleep(60)


@job("test-killed-inside", lease=timedelta(seconds=1))
def inside(*, mark: str, at) -> None:
    publish(kind="test.killed", subject="inside")
    stand_still(mark)


@job("test-killed-outside", lease=timedelta(seconds=1), outside=True)
def outside(*, mark: str, at, beat):
    stand_still(mark)
    return lambda: publish(kind="test.killed", subject="outside")


Worker(tell=lambda words: print(words, flush=True)).run()
print("stopped", flush=True)
