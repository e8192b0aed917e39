"""Writing the audit log: the only way in."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from carestead.store.actor import Actor
from carestead.store.audit.models import AuditEvent, AuditSubject

Detail = Mapping[str, Any]


def record_read(*, by: Actor, action: str, people: Sequence[int], detail: Detail | None = None) -> None:
    """A page or an answer that disclosed `people` (person_ids), one event whatever their number."""
    _write("read", by, action, people, detail)


def record_write(*, by: Actor, action: str, people: Sequence[int] = (), detail: Detail | None = None) -> None:
    """A decision. Call it inside the transaction that makes it."""
    _write("write", by, action, people, detail)


def record_refusal(*, by: Actor, action: str, people: Sequence[int] = (), detail: Detail | None = None) -> None:
    """Somebody asked for what they may not have."""
    _write("refused", by, action, people, detail)


def record_sign_in(*, by: Actor, kind: str) -> None:
    """A `sign-in`, a `failed-sign-in` (the name as typed) or a `sign-out`."""
    _write(kind, by, kind, (), None)


def failed_sign_ins(username: str, *, minutes: int = 15) -> int:
    """How often somebody failed to sign in as `username` in the last minutes."""
    since = timezone.now() - timedelta(minutes=minutes)
    return AuditEvent.objects.filter(username=username, kind="failed-sign-in", at__gte=since).count()


@transaction.atomic
def _write(kind: str, by: Actor, action: str, people: Sequence[int], detail: Detail | None) -> None:
    subjects = sorted(set(people))
    event = AuditEvent.objects.create(
        at=timezone.now(),
        kind=kind,
        action=action,
        username=by.username,
        name=by.name,
        role=by.role,
        organisation_code=by.organisation_code,
        people=subjects,
        detail=dict(detail or {}),
    )
    AuditSubject.objects.bulk_create(AuditSubject(event_id=event.pk, person_id=p) for p in subjects)
