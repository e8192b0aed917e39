"""A worker is killed in the middle of a job: another does it again, and its effect is there once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from carestead.store.jobs.models import Job, Outbox, WorkerBeat
from carestead.store.jobs.queue import enqueue

SCRIPT = Path(__file__).with_name("killed_worker.py")


def database() -> str:
    """The test's own database, as another process names it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(known["NAME"])
    return f"postgres://{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def worker(era: str) -> subprocess.Popen:
    environment = {**os.environ, "CARESTEAD_DB": database(), "DJANGO_SETTINGS_MODULE": "carestead.store.settings",
                   "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}  # fmt: skip
    return subprocess.Popen([sys.executable, str(SCRIPT), era], env=environment, stdout=subprocess.PIPE, text=True)


def wait_for(so: Callable[[], bool], what: str) -> None:
    for _ in range(200):
        if so():
            return
        time.sleep(0.1)
    pytest.fail(f"not within 20 seconds: {what}")


@pytest.mark.slow
@pytest.mark.parametrize("where", ["inside", "outside"])
def test_a_job_cut_by_kill_9_is_done_again_and_once(committed, tmp_path, where):
    mark = tmp_path / "mark"
    enqueue(f"test-killed-{where}", mark=str(mark))
    first = worker("slow")
    try:
        wait_for(mark.exists, "the job has begun")
    finally:
        first.kill()
        first.communicate()
    assert not Outbox.objects.filter(kind="test.killed").exists()
    assert (Job.objects.get(fn=f"test-killed-{where}").state) == "waiting"
    second = worker("quick")
    try:
        wait_for(lambda: Outbox.objects.filter(kind="test.killed").exists(), "it was done again")
    finally:
        second.terminate()
        said, _ = second.communicate(timeout=20)
    kept = Job.objects.get(fn=f"test-killed-{where}")
    assert (kept.state, kept.attempts, kept.lease_token) == ("done", 2, "")
    assert [event.subject for event in Outbox.objects.filter(kind="test.killed")] == [where]
    assert said.endswith("stopped\n")
    assert WorkerBeat.objects.count() == 1, "the killed one is known by its last beat, the stopped one is gone"
