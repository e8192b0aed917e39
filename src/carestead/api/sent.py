"""What a program sent to be done: its words, the version it has read, the key under which it may send it again."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import orjson
from django.http import HttpRequest

from carestead.api.outcome import Wrong

Demand = Literal["If-Match", "Idempotency-Key"]
"""What a writing route cannot do without: the version that is changed, or the key of what is made."""

_ETAG = re.compile(r'^(?:W/)?"(\d{1,9})"$')
_KEY = re.compile(r"^[!-~]{8,100}$")


@dataclass(frozen=True, slots=True)
class Sent:
    """`version` is that of If-Match, 0 when none was sent; `key` that of Idempotency-Key, '' when none was sent."""

    body: dict[str, Any]
    version: int
    key: str
    raw: bytes

    def text(self, name: str, default: str | None = None) -> str:
        """A word that was sent. Raises Wrong (400) when it is missing, or no text."""
        found = self.body.get(name, default)
        if not isinstance(found, str):
            raise Wrong(400, f"`{name}` is missing or is no text.", f'Send {{"{name}": "..."}}.')
        return found

    def day(self, name: str) -> date:
        """A day that was sent as YYYY-MM-DD. Raises Wrong (400)."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise Wrong(400, f"`{name}` is no day.", "Send it as 2026-03-31.") from None

    def moment(self, name: str) -> datetime:
        """An instant that was sent with its offset from UTC. Raises Wrong (400)."""
        try:
            found = datetime.fromisoformat(self.text(name))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise Wrong(400, f"`{name}` is no instant.", "Send it as 2026-03-31T09:30:00+01:00.")
        return found


def read(request: HttpRequest, demands: Demand) -> Sent:
    """What was sent, checked. Raises Wrong: 403 from another site, 415, 400, and 428 without what is demanded.

    Neither header can be sent by a form of another site, nor by its script without our leave: so no other mark against
    forgery is asked for.
    """
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise Wrong(403, "This was sent from another site.")
    if demands not in request.headers:
        example = 'W/"3"' if demands == "If-Match" else "a text of your own, new for each thing"
        raise Wrong(428, f"The header {demands} is missing.", f"Send {demands}: {example}")
    return Sent(_body(request), _version(request), _key(request), request.body)


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise Wrong(415, "Only JSON is read here.", "Send Content-Type: application/json")
    try:
        body = orjson.loads(request.body or b"{}")
    except orjson.JSONDecodeError as error:
        raise Wrong(400, f"What was sent is no JSON: {error}.") from error
    if not isinstance(body, dict):
        raise Wrong(400, "What was sent is no object.", 'Send {"name": value, ...}')
    return body


def _version(request: HttpRequest) -> int:
    given = request.headers.get("If-Match")
    if given is None:
        return 0
    if not (found := _ETAG.match(given.strip())):
        raise Wrong(400, f"If-Match: {given[:40]} is no version.", 'Send the ETag you were given: W/"3"')
    return int(found[1])


def _key(request: HttpRequest) -> str:
    given = request.headers.get("Idempotency-Key", "")
    if given and not _KEY.match(given):
        raise Wrong(400, "Idempotency-Key is too short or too long.", "Send 8 to 100 letters and digits.")
    return given
