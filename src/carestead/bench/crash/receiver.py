"""Somebody who has asked to be told, and notes every number they are sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Heard:
    """`numbers` in the order in which each came for the first time; `again` how many came once more."""

    url: str
    numbers: list[int] = field(default_factory=list)
    again: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, number: int) -> None:
        """A message with this number has come."""
        with self._lock:
            if number in set(self.numbers[-1000:]):
                self.again += 1
            else:
                self.numbers.append(number)


@contextmanager
def receiver() -> Iterator[Heard]:
    """Listens on this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.note(said["event_number"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard = Heard(f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
