"""The worker beside the pages: a process of its own, started with them, started again when it dies, gone with them."""

import subprocess
import sys
import threading
from pathlib import Path

LOOK_SECONDS = 1.0
MOST_SECONDS = 30.0
STOP_SECONDS = 10.0


class Beside:
    """Keeps one `carestead worker` running. It stops by itself when this process is killed."""

    def __init__(self, area: Path) -> None:
        self._command = [sys.executable, "-m", "carestead", "worker", "--area", str(area), "--with-parent"]
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._watch = threading.Thread(target=self._keep, name="worker-beside", daemon=True)

    def start(self) -> None:
        """Start it, and watch over it."""
        self._process = self._run()
        self._watch.start()

    def stop(self) -> None:
        """Let it finish the job in hand, and wait for that; not for ever."""
        self._stopping.set()
        if self._watch.is_alive():
            self._watch.join()
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _keep(self) -> None:
        pause = LOOK_SECONDS
        while not self._stopping.wait(pause):
            # The server reaps every child of this process: `poll` then says that it has ended, if not how.
            died = self._process is None or self._process.poll() is not None
            # One that cannot even start is not tried every second for ever.
            pause = min(pause * 2, MOST_SECONDS) if died else max(pause / 2, LOOK_SECONDS)
            if died:
                self._process = self._run()

    def _run(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdin=subprocess.DEVNULL)  # noqa: S603  our own words
