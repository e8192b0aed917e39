"""Where hospitals send their messages: a door of its own, opened by a feed's token and by nothing else."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from carestead.api.door import AuditRule
from carestead.api.known import finder
from carestead.core.calendar import local_day
from carestead.core.finding import Severity
from carestead.store.actor import SYSTEM
from carestead.store.audit.actions import record_refusal
from carestead.store.care import stays
from carestead.store.care.feeds import feed_of, heard
from carestead.store.care.models import Feed
from carestead.store.care.stays import Receipt

Issue = dict[str, str]
View = Callable[[HttpRequest, Feed], HttpResponse]
_LOST = ("refused", "duplicate")
_DO = "Ask the group of practices for a token: carestead feed."


def from_feed(action: str) -> Callable[[View], Callable[[HttpRequest], HttpResponse]]:
    """A POST route for a feed, named by its token: `Authorization: Bearer ...`. It shows nobody."""

    def decorate(view: View) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def enter(request: HttpRequest) -> HttpResponse:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            feed = feed_of(token.strip()) if scheme.lower() == "bearer" else None
            if feed is None:
                record_refusal(by=SYSTEM, action=action, detail={"why": "no feed has this token"})
                return outcome(401, [issue("error", "login", f"No feed has this token. {_DO}")])
            if request.method != "POST":
                return outcome(405, [issue("error", "not-supported", "Only POST is possible here.")])
            return view(request, feed)

        enter.audit_rule = AuditRule("nothing", action)  # type: ignore[attr-defined]
        enter.roles = frozenset()  # type: ignore[attr-defined]  feeds alone
        enter.csrf_exempt = True  # type: ignore[attr-defined]  no cookie opens it
        return enter

    return decorate


@from_feed("api-messages")
def messages(request: HttpRequest, feed: Feed) -> HttpResponse:
    """Take what is sent: a FHIR message or document Bundle (JSON or XML), or rows of CSV. Kept before it is answered.

    200 when something was taken, 409 when all of it came before, 422 when none of it can be read (it is kept, and
    shown to the duty desk, all the same). Whether somebody is known or enrolled is not told.
    """
    try:
        body = request.body
    except RequestDataTooBig:
        limit = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024
        return outcome(413, [issue("error", "too-long", f"This is longer than {limit} kB. Send fewer events at once.")])
    now = timezone.now()
    receipts = stays.receive(body=body, source=feed.source, find=finder(settings.AREA, local_day(now)), at=now)
    return outcome(status_of(receipts), [i for r in receipts for i in _issues(r)])


@from_feed("api-heartbeat")
def heartbeat(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The feed lives and has nothing to tell."""
    heard(source=feed.source)
    return outcome(200, [issue("information", "informational", "Heard.")])


def status_of(receipts: Sequence[Receipt]) -> int:
    """The HTTP status of several messages sent as one."""
    became = {r.outcome for r in receipts}
    if became - set(_LOST):
        return 200
    return 409 if became == {"duplicate"} and not all(r.reading.refused for r in receipts) else 422


def issue(severity: str, code: str, says: str, where: str = "") -> Issue:
    """One issue of an OperationOutcome; `code` is of FHIR R4 value set issue-type."""
    made = {"severity": severity, "code": code, "diagnostics": says}
    return made | ({"location": where} if where else {})


def outcome(status: int, issues: Sequence[Issue]) -> HttpResponse:
    """An OperationOutcome (FHIR R4)."""
    said: list[dict[str, Any]] = [{**i, "location": [i["location"]]} if "location" in i else dict(i) for i in issues]
    content = orjson.dumps({"resourceType": "OperationOutcome", "issue": said})
    return HttpResponse(content, status=status, content_type="application/fhir+json")


def _issues(receipt: Receipt) -> list[Issue]:
    found = receipt.reading.findings
    said = [
        issue(
            f.severity.value, "invalid" if f.severity is Severity.ERROR else "processing", f"{f.what} {f.do}", f.where
        )
        for f in found
    ]
    if receipt.outcome == "duplicate":
        return [*said, issue("information", "duplicate", "This came before.")]
    return said if receipt.reading.refused else [*said, issue("information", "informational", "Received.")]
