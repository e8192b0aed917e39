"""Who looked at one person's record, and who changed something: the audit log in plain words."""

from typing import Any

from carestead.store.actor import Role
from carestead.store.audit.models import AuditEvent, AuditSubject

_WORDS = {
    "see-list": "saw the name in a list",
    "see-proposed": "saw the name among proposed people",
    "see-on-lists": "saw the name on the lists of people with complex needs",
    "see-person": "opened the first page",
    "see-record": "read the timeline",
    "see-medicines": "read the medicines",
    "see-why": "read why the person is proposed",
    "see-evidence": "read the rows behind a score",
    "see-looked": "read this log",
    "decide-proposal": "opened the decision page",
    "buy-home-care": "opened the page for buying home care",
    "proposal-accepted": "enrolled the person",
    "proposal-deferred": "deferred the decision",
    "proposal-declined": "declined to enrol the person",
    "responsible-named-gp": "made somebody the named GP",
    "responsible-coordinator": "made somebody the care coordinator",
    "buy-care-package": "bought home care",
    "api-person": "read the record through the programming interface",
    "api-people": "read the name through the programming interface",
}


def looked(person_id: int, most: int = 100) -> list[dict[str, Any]]:
    """The newest events about the person, newest first: `at`, `name`, `role`, `organisation_code`, `words`, `kind`."""
    ids = (
        AuditSubject.objects.filter(person_id=person_id).order_by("-event_id").values_list("event_id", flat=True)[:most]
    )
    events = AuditEvent.objects.filter(pk__in=list(ids)).order_by("-pk")
    return [_line(e) for e in events]


def _line(event: AuditEvent) -> dict[str, Any]:
    words = _WORDS.get(event.action, event.action.replace("-", " "))
    if event.kind == "refused":
        words = f"was refused: {event.detail.get('why', '')}"
    return {
        "at": event.at,
        "name": event.name,
        "role": Role(event.role).title,
        "organisation_code": event.organisation_code,
        "words": words,
        "kind": event.kind,
    }
