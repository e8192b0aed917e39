"""What becomes of a person proposed for the register: read, accepted, deferred, declined."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from carestead import results
from carestead.api import policy
from carestead.api.door import Answer, answers, writes
from carestead.api.outcome import Wrong
from carestead.api.sent import Sent
from carestead.store.access import Action
from carestead.store.actor import Actor
from carestead.store.find import actions
from carestead.store.find.models import Enrolment

_HOLDER = "select practitioner_code from practitioner where practitioner_code = $code and role = $role"


@answers("api-decision")
def decision(request: HttpRequest, actor: Actor, person_id: int) -> Answer:
    """Where the person stands; its ETag is what a decision must name in If-Match (W/"0" when nobody has decided)."""
    with results.latest(settings.AREA) as snapshot:
        policy.require(snapshot, actor, Action.SEE, person_id)
    return _stands(person_id, Enrolment.objects.filter(person_id=person_id).first())


@writes("api-accept", demands="If-Match")
def accept(sent: Sent, actor: Actor, person_id: int) -> Answer:
    """Enrol the person: `named_gp` and `coordinator` are codes of practitioners."""
    with results.latest(settings.AREA) as snapshot:
        common = _common(snapshot, sent, actor, person_id)
        gp = _holder(snapshot, sent.text("named_gp"), "gp")
        coordinator = _holder(snapshot, sent.text("coordinator"), "care-coordinator")
    done = actions.accept_proposal(**common, named_gp_code=gp, coordinator_code=coordinator)
    return _stands(person_id, done)


@writes("api-defer", demands="If-Match")
def defer(sent: Sent, actor: Actor, person_id: int) -> Answer:
    """Put the decision off until the day `review_on`, for a `reason`."""
    with results.latest(settings.AREA) as snapshot:
        common = _common(snapshot, sent, actor, person_id)
    done = actions.defer_proposal(**common, reason=sent.text("reason", ""), review_on=sent.day("review_on"))
    return _stands(person_id, done)


@writes("api-decline", demands="If-Match")
def decline(sent: Sent, actor: Actor, person_id: int) -> Answer:
    """Decide against enrolling, for a `reason`."""
    with results.latest(settings.AREA) as snapshot:
        common = _common(snapshot, sent, actor, person_id)
    return _stands(person_id, actions.decline_proposal(**common, reason=sent.text("reason", "")))


def _common(snapshot: results.Snapshot, sent: Sent, actor: Actor, person_id: int) -> dict[str, Any]:
    row = policy.require(snapshot, actor, Action.DECIDE, person_id)
    return {
        "person_id": person_id,
        "version": sent.version,
        "practice_code": row.get("practice_code") or "",
        "shown": actions.Shown(snapshot.as_of, row.get("cohorts") or "", row.get("reasons") or ""),
        "by": actor,
    }


def _holder(snapshot: results.Snapshot, code: str, role: str) -> str:
    if not snapshot.rows(_HOLDER, ("practitioner",), code=code, role=role):
        raise Wrong(400, f"{code} is the code of no {role.replace('-', ' ')}.", "See the table practitioner.")
    return code


def _stands(person_id: int, now: Enrolment | None) -> Answer:
    fields = ("state", "reason", "review_on", "decided_by", "decided_at")
    said = {name: getattr(now, name) if now else None for name in fields}
    return Answer({"person_id": person_id, **said}, people=[person_id], version=now.version if now else 0)
