"""The real `carestead serve`: pages, and the worker beside them, one group of processes that can be killed at once."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from carestead.core.finding import CaresteadError

START_SECONDS = 90.0


class Server:
    """`url` stays the same over every start."""

    def __init__(self, area: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._area = area
        self._log = area.parent / "serve.log"
        self._process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start it, and do not wait."""
        command = [sys.executable, "-m", "carestead", "serve", "--area", str(self._area), "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own words
                [*command, "--demo"], stdout=log, stderr=log, start_new_session=True
            )

    def start(self) -> float:
        """Start it: the seconds until it answered. Raises CaresteadError with the end of its log when it does not."""
        began = time.monotonic()
        self.launch()
        while not self._answers():
            if time.monotonic() - began > START_SECONDS or (self._process and self._process.poll() is not None):
                said = self._log.read_text(errors="replace")[-800:]
                self.kill()
                raise CaresteadError(f"The pages did not come up: {said}")
            time.sleep(0.05)
        return time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL to the server, its processes for pages and its worker, all at one instant."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it as an administrator would."""
        if self._process:
            self._process.terminate()
            self._process.wait(60)
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=2) as answer:  # noqa: S310  our own
                return bool(answer.status == 200)
        except OSError:
            return False
