"""A stay as a thing of the log: each message is one event of it, and the row is what all of them tell together."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from carestead.care.stay import State, StayEvent, fold
from carestead.sources.messages import HospitalEvent
from carestead.sources.messages.event import instant
from carestead.store.actor import Actor
from carestead.store.care.inbox import digest
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Stay
from carestead.store.care.things import CareEvent

_STATES = {State.IN_HOSPITAL: "in-progress", State.LEFT: "finished", State.TAKEN_BACK: "cancelled"}
_TOLD = ("admit", "transfer", "discharge", "cancel-admit", "cancel-transfer", "cancel-discharge")


@transaction.atomic
def tell(event: HospitalEvent, by: Actor, at: datetime) -> Stay:
    """Add one event to its stay; the first makes the stay. Call it once for each message that is not a copy."""
    act = Act(event.kind.value, by, event.happened_at, at, _given(event), _key(event))
    stay = Stay.objects.select_for_update().filter(source=event.source, visit_id=event.visit_id).first()
    if stay is None:
        new = Stay(source=event.source, visit_id=event.visit_id, first_heard_at=at)
        for name, value in _facts(new, [_told(act)], at).items():
            setattr(new, name, value)
        new.mental_health = event.mental_health
        return begin(new, act)
    sets = _facts(stay, [*events_of(stay), _told(act)], at)
    if event.mental_health:
        sets["mental_health"] = True
    return change(stay, act, version=stay.version, **_changed(stay, sets))


def events_of(stay: Stay) -> list[StayEvent]:
    """Everything that was told of a stay, in the order in which it came."""
    told = CareEvent.objects.filter(kind=Stay.KIND, subject_id=stay.pk, type__in=_TOLD).order_by("version")
    return [_event(e.type, e.happened_at, e.given) for e in told]


def name_person(stay: Stay, person_id: int, by: Actor, at: datetime) -> Stay:
    """Say whose stay it is, once."""
    if stay.person_id == person_id:
        return stay
    return change(stay, Act("match", by, at, at), version=stay.version, person_id=person_id)


def _facts(stay: Stay, events: list[StayEvent], at: datetime) -> dict[str, Any]:
    told = fold(events)
    left_now = told.state is State.LEFT and stay.state != "finished"
    return {
        "state": _STATES[told.state], "admitted_at": told.admitted_at, "discharged_at": told.discharged_at,
        "ward": told.ward[:100], "organisation_code": told.organisation[:20], "disposition": told.disposition,
        "reason": told.reason, "discharge_heard_at": at if left_now else stay.discharge_heard_at,
    }  # fmt: skip


def _changed(stay: Stay, sets: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sets.items() if getattr(stay, name) != value}


def _given(event: HospitalEvent) -> dict[str, Any]:
    """What the message said, from which the stay is folded again."""
    return {
        "told_at": instant(event.sent_at or event.happened_at),
        "admitted_at": instant(event.admitted_at) if event.admitted_at else None,
        "ward": event.ward, "organisation": event.organisation_code, "organisation_name": event.organisation_name,
        "disposition": event.disposition or "", "reason": event.reason, "digest": digest(event),
    }  # fmt: skip


def _told(act: Act) -> StayEvent:
    happened = act.happened_at or datetime.max.replace(tzinfo=UTC)
    return _event(act.type, happened, dict(act.given))


def _event(kind: str, happened_at: datetime, given: dict[str, Any]) -> StayEvent:
    admitted = given.get("admitted_at")
    return StayEvent(
        told_at=datetime.fromisoformat(given["told_at"]), happened_at=happened_at.astimezone(UTC), kind=kind,
        digest=given["digest"], admitted_at=datetime.fromisoformat(admitted) if admitted else None,
        ward=given["ward"], organisation=given["organisation"], disposition=given["disposition"],
        reason=given["reason"],
    )  # fmt: skip


def _key(event: HospitalEvent) -> str:
    return f"message:{digest(event)}:{event.source}"
