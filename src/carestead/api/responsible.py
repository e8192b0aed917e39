"""Who was responsible for a person at an instant, who answered, and what they had been told."""

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from carestead import results
from carestead.api import policy
from carestead.api.door import Answer, answers
from carestead.api.outcome import Wrong
from carestead.store.access import Action
from carestead.store.actor import Actor
from carestead.store.assign.answered import who_answered


@answers("api-responsible")
def responsible(request: HttpRequest, actor: Actor, person_id: int) -> Answer:
    """Each role at `at`, an instant with its time zone such as 2026-05-03T02:10:00+01:00 (now when it is left out)."""
    at = _at(request.GET.get("at", ""))
    with results.latest(settings.AREA) as snapshot:
        row = policy.require(snapshot, actor, Action.SEE, person_id)
    group = row.get("group_code") or row.get("practice_code") or ""
    roles = [asdict(found) for found in who_answered(person_id, at, group_code=group)]
    content = {"person_id": person_id, "at": at, "roles": roles}
    return Answer(content, people=[person_id], detail={"at": at.isoformat()})


def _at(said: str) -> datetime:
    if not said:
        return timezone.now()
    try:
        at = parse_datetime(said.replace(" ", "+"))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Wrong(400, f"{said} is no instant.", "Give one with its time zone, such as 2026-05-03T02:10:00+01:00.")
    return at
