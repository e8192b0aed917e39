"""One message to somebody's address: signed, numbered, ids only, and never to a machine inside the network."""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from carestead.core.finding import CaresteadError
from carestead.store.jobs.models import Notice, Subscription

SECONDS = 10
"""How long somebody may take to answer: less than a lease."""


class RestHookError(CaresteadError):
    """The address may not be told, or did not take the message. Nothing was changed."""


def send(subscription: Subscription, notice: Notice, at: datetime) -> None:
    """Send one notice. Raises RestHookError when it was not taken (any answer but 2xx), OSError when nobody answers."""
    body = payload(notice)
    parts = _parts(subscription.endpoint)
    connection = _Pinned(parts, _reachable(parts))
    headers = {
        "Content-Type": "application/json",
        "Carestead-Event-Number": str(notice.seq),
        "Carestead-Signature": signature(subscription.secret, body, at),
    }
    try:
        connection.request("POST", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", body, headers)
        status = connection.getresponse().status
    except http.client.HTTPException as error:
        raise RestHookError(f"{parts.hostname} did not answer in HTTP: {type(error).__name__}.") from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise RestHookError(f"{parts.hostname} answered {status}.", "It is sent again later.")


def payload(notice: Notice) -> bytes:
    """What is sent: which thing, what happened to it, and the number of the message. Nothing about a person."""
    event = notice.event
    said = {
        "subscription": notice.subscription_id,
        "event_number": notice.seq,
        "kind": event.kind,
        "subject": event.subject,
        "at": event.at.isoformat(),
    }
    return json.dumps(said).encode()


def signature(secret: str, body: bytes, at: datetime) -> str:
    """`t=<seconds>,v1=<HMAC-SHA256 of 't.body'>`: who knows the secret can tell that we sent it, and when."""
    seconds = int(at.timestamp())
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={signed.hexdigest()}"


def check(endpoint: str) -> None:
    """Raises RestHookError when `endpoint` is no https address of another machine on the public network."""
    _reachable(_parts(endpoint))


def _parts(endpoint: str) -> SplitResult:
    try:
        parts = urlsplit(endpoint)
        allowed = parts.hostname and parts.scheme in _schemes() and (parts.port or 1) and not parts.username
    except ValueError:
        allowed = False
    if not allowed:
        raise RestHookError(f"{endpoint} is no address that can be told.", "Type one that begins with https://")
    return parts


def _schemes() -> tuple[str, ...]:
    return ("https", "http") if settings.HOOKS_ON_LOOPBACK else ("https",)


def _reachable(parts: SplitResult) -> str:
    """The IP address to connect to. The name is looked up once and that address used, so that it cannot turn into an
    inner one in between."""
    try:
        found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    except OSError as error:
        raise RestHookError(f"{parts.hostname} is not known.", "Check the address.") from error
    addresses = [str(each[4][0]) for each in found]
    if inner := [a for a in addresses if not _outside(ipaddress.ip_address(a.partition("%")[0]))]:
        raise RestHookError(f"{parts.hostname} is inside this network ({inner[0]}).", "Name a public address.")
    return addresses[0]


def _outside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if address.is_loopback and settings.HOOKS_ON_LOOPBACK:
        return True
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or _outside(inner))


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


class _Pinned(http.client.HTTPConnection):
    """A connection to the IP address that was checked, whatever its name says by now."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        super().__init__(parts.hostname or "", _port(parts), timeout=SECONDS)
        self._address = address
        self._secure = parts.scheme == "https"

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
