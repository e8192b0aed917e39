"""`carestead serve` and `carestead worker` as processes: one tree, that mends itself and leaves nothing behind."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from carestead.core.area import create_area

pytestmark = pytest.mark.slow


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return create_area(tmp_path / "area", name="Empty", people=1000, synthetic=True).path


def start(*words: object) -> subprocess.Popen:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CARESTEAD_", "DJANGO_"))}
    environment["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
    command = [sys.executable, "-m", "carestead", *map(str, words)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def said(*words: object) -> tuple[int, str]:
    process = start(*words)
    out, _ = process.communicate(timeout=60)
    return process.returncode, out


def beats(area: Path) -> list[int]:
    """The process numbers of the workers that beat."""
    if not (area / "store.sqlite3").exists():
        return []
    with closing(sqlite3.connect(area / "store.sqlite3")) as store:
        try:
            return [int(name.rpartition(":")[2]) for (name,) in store.execute("select name from jobs_workerbeat")]
        except sqlite3.OperationalError:  # not migrated yet
            return []


def wait_for(so: Callable[[], object], what: str) -> None:
    for _ in range(300):
        if so():
            return
        time.sleep(0.1)
    pytest.fail(f"not within 30 seconds: {what}")


@pytest.fixture
def served(area: Path) -> Iterator[subprocess.Popen]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start("serve", "--area", area, "--port", port)
    address = f"http://127.0.0.1:{port}/sign-in/"
    try:
        wait_for(lambda: process.poll() is not None or (beats(area) and _answers(address)), "pages and worker are up")
        assert process.poll() is None, process.communicate()[0]
        yield process
    finally:
        for each in _tree(process.pid):
            each.kill()
        process.communicate()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _tree(pid: int) -> list[psutil.Process]:
    try:
        top = psutil.Process(pid)
        return [*top.children(recursive=True), top]
    except psutil.NoSuchProcess:
        return []


def test_a_worker_beside_the_pages_is_started_again_and_goes_with_them(area, served):
    [first] = beats(area)
    assert psutil.Process(first).ppid() == served.pid
    _, out = said("doctor", "--area", area)
    assert "ok     worker: heartbeat" in out
    assert "ok     dead jobs: 0 given up" in out
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: set(beats(area)) - {first}, "another worker beats")
    [second] = set(beats(area)) - {first}
    served.terminate()
    served.wait(timeout=30)
    assert not psutil.pid_exists(second)
    assert beats(area) == [first], "the one that was killed could not take its beat away"


def test_when_the_server_is_killed_its_worker_stops_by_itself(area, served):
    tree = _tree(served.pid)
    assert len(tree) == 4, "the server, two for pages, one worker"
    served.kill()
    wait_for(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in tree), "all are gone")
    assert beats(area) == []


def test_a_worker_of_its_own_stops_on_sigterm_and_says_so(area):
    worker = start("worker", "--area", area)
    wait_for(lambda: beats(area), "it beats")
    worker.send_signal(signal.SIGTERM)
    out, _ = worker.communicate(timeout=20)
    assert worker.returncode == 0
    assert out.startswith("Stopped after ")
    assert beats(area) == []


def test_doctor_tells_of_jobs_that_wait_and_were_given_up(area):
    worker = start("worker", "--area", area)
    wait_for(lambda: beats(area), "it beats")
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=20)
    with closing(sqlite3.connect(area / "store.sqlite3")) as store, store:
        for key, state in (("a", "waiting"), ("b", "dead")):
            store.execute(
                "insert into jobs_job (fn, args, key, state, run_after, attempts, lease_token, error, asked_at)"
                " values ('x', '{}', ?, ?, '2026-01-01 00:00:00', 0, '', '', '2026-01-01 00:00:00')",
                (key, state),
            )
    code, out = said("doctor", "--area", area)
    assert code == 1
    assert re.search(r"WRONG  worker: never seen, \d+ jobs due", out), out
    assert "none runs: carestead serve or carestead worker starts one" in out
    assert "WRONG  dead jobs: 1 given up" in out


def test_a_job_that_was_given_up_is_shown_and_done_again(area):
    assert said("jobs", "--area", area) == (0, "Nothing waits, and nothing was given up.\n")
    with closing(sqlite3.connect(area / "store.sqlite3")) as store, store:
        store.execute(
            "insert into jobs_job (fn, args, key, state, run_after, attempts, lease_token, error, asked_at) values"
            " ('housekeeping', '{}', 'a', 'dead', '2026-01-01 00:00:00', 8, '', 'ValueError: x', '2026-01-01 00:00:00')"
        )
    code, out = said("jobs", "--area", area)
    assert (code, "Given up  housekeeping" in out, "8 attempts  ValueError: x" in out) == (0, True, True)
    assert said("jobs", "--area", area, "--again", 1)[0] == 0
    assert "Waiting" in said("jobs", "--area", area)[1]
    code, out = said("jobs", "--area", area, "--again", 1)
    assert (code, "No job 1 was given up." in out) == (2, True)


def test_an_address_is_told_from_the_command_line(area):
    code, out = said("hooks", "add", "--area", area, "https://93.184.216.34/hook", "--kind", "promise.*")
    assert (code, out.startswith("Subscription 1. Its secret, shown this once: ")) == (0, True)
    assert "https://93.184.216.34/hook  promise.*  on, took 0 of 0" in said("hooks", "list", "--area", area)[1]
    assert said("hooks", "resume", "--area", area, 1)[0] == 0
    code, out = said("hooks", "resume", "--area", area, 2)
    assert (code, "There is no subscription 2." in out) == (2, True)
    code, out = said("hooks", "add", "--area", area, "https://10.0.0.1/")
    assert (code, "is inside this network" in out) == (1, True)
