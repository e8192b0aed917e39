"""A signed-in program: sends requests and reads answers, and bears it when nobody answers."""

import http.client
import json
import re
import time
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

NO_ANSWER = (OSError, http.client.HTTPException)
"""What it looks like when the server is gone."""

_FORM_MARK = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answered(NamedTuple):
    """`version` is that of the ETag, 0 without one."""

    status: int
    version: int
    body: bytes

    def json(self) -> Any:
        """What the body says."""
        return json.loads(self.body)


class Session:
    """Signed in as one demo persona, over one connection that is made anew when it breaks."""

    def __init__(self, url: str, persona: str) -> None:
        self._host = urlsplit(url).netloc
        self._persona = persona
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None

    def sign_in(self) -> None:
        """Sign in, however long it takes until somebody answers."""
        while True:
            try:
                form = self._ask("GET", "/sign-in/")
                mark = _FORM_MARK.search(form.body.decode())
                sent = urlencode({"csrfmiddlewaretoken": mark[1] if mark else "", "persona": self._persona})
                headers = {"Content-Type": "application/x-www-form-urlencoded"}
                if self._ask("POST", "/sign-in/persona/", sent.encode(), headers).status == 302:
                    return
            except NO_ANSWER:
                pass
            time.sleep(0.2)

    def get(self, address: str) -> Answered:
        """Read. Raises one of NO_ANSWER."""
        return self._ask("GET", address)

    def post(self, address: str, body: dict[str, Any], *, version: int | None = None, key: str = "") -> Answered:
        """Write, naming the version that was read and the key. Raises one of NO_ANSWER."""
        headers = {"Content-Type": "application/json"}
        headers |= {"If-Match": f'W/"{version}"'} if version is not None else {}
        headers |= {"Idempotency-Key": key} if key else {}
        return self._ask("POST", address, json.dumps(body).encode(), headers)

    def _ask(
        self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answered:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self._host, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            self._connection.request(method, address, body, {**(headers or {}), "Cookie": cookies})
            answer = self._connection.getresponse()
            read = answer.read()
        except NO_ANSWER:
            self._connection.close()
            self._connection = None
            raise
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        etag = re.search(r"\d+", answer.headers.get("ETag") or "0")
        return Answered(answer.status, int(etag[0]) if etag else 0, read)
