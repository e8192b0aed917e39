"""Where hospitals send their messages: a door of its own, opened by a feed's token and by nothing else."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from carestead.api.door import AuditRule
from carestead.api.known import finder
from carestead.api.outcome import Wrong, as_json, of
from carestead.core.calendar import local_day
from carestead.core.finding import Severity
from carestead.store.actor import SYSTEM
from carestead.store.audit.actions import record_refusal
from carestead.store.care import stays
from carestead.store.care.feeds import feed_of, heard
from carestead.store.care.models import Feed
from carestead.store.care.stays import Receipt

Issue = dict[str, object]
View = Callable[[bytes, Feed], HttpResponse]
Route = Callable[[HttpRequest], HttpResponse]


def from_feed(action: str) -> Callable[[View], Route]:
    """A POST route for a feed, named by its token: `Authorization: Bearer ...`. The view gets (body, feed); it shows
    nobody. What the database cannot do now is answered 503: the sender tries again."""

    def decorate(view: View) -> Route:
        @wraps(view)
        def enter(request: HttpRequest) -> HttpResponse:
            try:
                return view(*_admit(request, action))
            except Exception as error:
                if told := of(error):
                    return told
                raise

        enter.audit_rule = AuditRule("nothing", action)  # type: ignore[attr-defined]
        enter.roles = frozenset()  # type: ignore[attr-defined]  feeds alone
        enter.csrf_exempt = True  # type: ignore[attr-defined]  no cookie opens it
        return enter

    return decorate


def _admit(request: HttpRequest, action: str) -> tuple[bytes, Feed]:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    feed = feed_of(token.strip()) if scheme.lower() == "bearer" else None
    if feed is None:
        record_refusal(by=SYSTEM, action=action, detail={"why": "no feed has this token"})
        raise Wrong(401, "No feed has this token.", "Ask the group of practices for one (carestead feed).")
    if request.method != "POST":
        raise Wrong(405, "Only POST is possible here.")
    try:
        return request.body, feed
    except RequestDataTooBig as error:
        limit = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024
        raise Wrong(413, f"This is longer than {limit} kB.", "Send fewer events at once.") from error


@from_feed("api-messages")
def messages(body: bytes, feed: Feed) -> HttpResponse:
    """Take what is sent: a FHIR message or document Bundle (JSON or XML), or rows of CSV. Kept before it is answered.

    200 when something was taken, 409 when all of it came before, 422 when none of it can be read (it is kept, and
    shown to the duty desk, all the same). Whether somebody is known or enrolled is not told.
    """
    now = timezone.now()
    receipts = stays.receive(body=body, source=feed.source, find=finder(settings.AREA, local_day(now)), at=now)
    return _issues(status_of(receipts), [i for r in receipts for i in _said(r)])


@from_feed("api-heartbeat")
def heartbeat(body: bytes, feed: Feed) -> HttpResponse:
    """The feed lives and has nothing to tell."""
    heard(source=feed.source)
    return _issues(200, [_issue("information", "informational", "Heard.")])


def status_of(receipts: Sequence[Receipt]) -> int:
    """The HTTP status of several messages sent as one."""
    became = {r.outcome for r in receipts}
    if became - {"refused", "duplicate"}:
        return 200
    return 409 if became == {"duplicate"} and not all(r.reading.refused for r in receipts) else 422


def _said(receipt: Receipt) -> list[Issue]:
    """What is told of one message: what was doubtful in it, and that it is kept."""
    said = [
        _issue(
            f.severity.value, "invalid" if f.severity is Severity.ERROR else "processing", f"{f.what} {f.do}", f.where
        )
        for f in receipt.reading.findings
    ]
    if receipt.outcome == "duplicate":
        return [*said, _issue("information", "duplicate", "This came before.")]
    return said if receipt.reading.refused else [*said, _issue("information", "informational", "Received.")]


def _issue(severity: str, code: str, says: str, where: str = "") -> Issue:
    made: Issue = {"severity": severity, "code": code, "diagnostics": says.strip()}
    return made | ({"location": [where]} if where else {})


def _issues(status: int, issues: Sequence[Issue]) -> HttpResponse:
    """An OperationOutcome (FHIR R4) of several issues."""
    return as_json({"resourceType": "OperationOutcome", "issue": list(issues)}, status)
