"""What programs are told when something is not so: FHIR R4 OperationOutcome."""

from typing import Any

import orjson
from django.core.exceptions import ObjectDoesNotExist
from django.db.utils import Error
from django.http import HttpResponse

from carestead.core.finding import CaresteadError, UsageError
from carestead.store.care.acting import NotThereError
from carestead.store.care.log import ChangedMeanwhileError
from carestead.store.find.actions import DecidedMeanwhileError, DecisionRefusedError
from carestead.store.jobs.once import KeyUsedError
from carestead.store.trouble import in_words

CODES = {
    400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 409: "conflict",
    412: "conflict", 413: "too-long", 415: "not-supported", 422: "duplicate", 428: "required", 503: "transient",
}  # fmt: skip
"""The FHIR IssueType of each HTTP status."""

_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (ChangedMeanwhileError, 412),
    (DecidedMeanwhileError, 412),
    (DecisionRefusedError, 400),
    (NotThereError, 404),
    (KeyUsedError, 422),
    (UsageError, 400),
    (CaresteadError, 409),
)


class Wrong(CaresteadError):
    """What was sent cannot be done as it is; `status` is the HTTP status."""

    def __init__(self, status: int, what: str, do: str = "") -> None:
        super().__init__(what, do)
        self.status = status


def outcome(status: int, what: str, do: str = "") -> HttpResponse:
    """An OperationOutcome with one issue: what is wrong, and what to do instead."""
    issue = {"severity": "error", "code": CODES[status], "diagnostics": f"{what} {do}".strip()}
    return as_json({"resourceType": "OperationOutcome", "issue": [issue]}, status)


def of(error: Exception) -> HttpResponse | None:
    """The answer to a refusal; None for what is none, which is not talked away."""
    if isinstance(error, Wrong):
        return outcome(error.status, error.what, error.do)
    if isinstance(error, ObjectDoesNotExist):
        return outcome(404, "There is no such thing.", "Check the number in the address.")
    if isinstance(error, Error):
        trouble = in_words(error)
        return outcome(503, trouble.what, trouble.do) if trouble else None
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), None)
    return outcome(status, error.what, error.do) if status and isinstance(error, CaresteadError) else None


def as_json(content: Any, status: int) -> HttpResponse:
    """An answer in JSON."""
    return HttpResponse(orjson.dumps(content), status=status, content_type="application/json")
