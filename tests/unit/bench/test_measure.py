"""What is measured, in a process of its own, ends with the process that measures, however that ends."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from carestead.bench.measure import timed
from carestead.core.finding import CaresteadError

SCRIPT = Path(__file__).with_name("measured_long.py")


def wait(until, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not until() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(until())


def runs(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_is_measured_ends_with_whoever_measures(how, tmp_path):
    mark = tmp_path / "mark"
    with subprocess.Popen([sys.executable, str(SCRIPT), str(mark)], stderr=subprocess.DEVNULL) as parent:
        try:
            assert wait(lambda: mark.exists() and mark.read_text().endswith("\n"), 60)
            child = int(mark.read_text())
            assert child != parent.pid
            assert runs(child)
            parent.send_signal(how)
            assert wait(lambda: not runs(child), 10), f"process {child} works on"
            assert parent.wait(10) != 0
        finally:
            for pid in [parent.pid, *([int(mark.read_text())] if mark.exists() else [])]:
                with suppress(psutil.NoSuchProcess):
                    psutil.Process(pid).kill()


def test_a_measurement_gives_what_was_returned_and_raises_what_was_raised():
    assert timed(sum, [1, 2], runs=1).result == 3
    with pytest.raises(TypeError):
        timed(sum, 1, runs=1)


def test_a_process_that_ends_without_a_word_is_said():
    with pytest.raises(CaresteadError, match="ended with code 7"):
        timed(os._exit, 7, runs=1)
