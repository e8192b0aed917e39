"""The one way to write a thing: its row, the event that explains it, and the audit row, in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor
from carestead.store.audit.actions import record_write
from carestead.store.care.models import THINGS
from carestead.store.care.things import CareEvent, Thing, plain
from carestead.store.jobs.outbox import publish, publish_many

AnyThing = TypeVar("AnyThing", bound=Thing)


class ChangedMeanwhileError(CaresteadError):
    """Somebody else changed the thing between this person's reading it and their act. `now` is the thing as it is."""

    def __init__(self, now: Thing | None) -> None:
        super().__init__("Somebody else has changed this since you read it.", "Read it again, then decide.")
        self.now = now


@dataclass(frozen=True)
class Act:
    """What somebody does to a thing. `given` is what they said with it; `key` marks an act that may be sent twice."""

    type: str
    by: Actor
    happened_at: datetime | None = None
    recorded_at: datetime | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


def done_before(key: str | None) -> CareEvent | None:
    """The event of an act that was sent before with this key, None when it was not (or has no key)."""
    return CareEvent.objects.filter(key=key).first() if key else None


@transaction.atomic
def begin(thing: AnyThing, act: Act) -> AnyThing:
    """Write a new thing with its first event. Gives it back with its id, at version 1."""
    thing.version = 1
    thing.save(force_insert=True)
    _write(thing, act, thing.facts())
    return thing


@transaction.atomic
def change(thing: AnyThing, act: Act, *, version: int, **sets: Any) -> AnyThing:
    """Set some fields of a thing that stands at `version`. Raises ChangedMeanwhileError when it no longer does."""
    found = type(thing)._default_manager.filter(pk=thing.pk, version=version)
    if not found.update(**sets, version=F("version") + 1):
        raise ChangedMeanwhileError(type(thing)._default_manager.filter(pk=thing.pk).first())
    for name, value in sets.items():
        setattr(thing, name, value)
    thing.version = version + 1
    _write(thing, act, {name: plain(value) for name, value in sets.items()})
    return thing


@transaction.atomic
def begin_many(things: Sequence[AnyThing], acts: Sequence[Act]) -> list[AnyThing]:
    """As `begin`, for many new things of one kind that one actor made in one act: one audit row names them all."""
    if not things:
        return []
    for thing in things:
        thing.version = 1
    made = type(things[0])._default_manager.bulk_create(things)
    pairs = list(zip(made, acts, strict=True))
    CareEvent.objects.bulk_create(_event(thing, act, thing.facts()) for thing, act in pairs)
    publish_many([_published(thing, act) for thing, act in pairs])
    people = [p for thing in made if (p := getattr(thing, "person_id", None)) is not None]
    first, act = pairs[0]
    detail = {"kind": first.KIND, "ids": [thing.pk for thing in made], "version": 1}
    record_write(by=act.by, action=f"{first.KIND}-{act.type}", people=people, detail=detail)
    return made


def _published(thing: Thing, act: Act) -> dict[str, Any]:
    subject = f"{thing.KIND}/{thing.pk}"
    at, person_id = act.recorded_at or timezone.now(), getattr(thing, "person_id", None)
    return {"kind": f"{thing.KIND}.{act.type}", "subject": subject, "person_id": person_id, "at": at}


def _write(thing: Thing, act: Act, sets: Mapping[str, Any]) -> None:
    person_id = getattr(thing, "person_id", None)
    _event(thing, act, sets).save(force_insert=True)
    publish(**_published(thing, act))
    people = [person_id] if person_id is not None else []
    detail = {"kind": thing.KIND, "id": thing.pk, "version": thing.version}
    record_write(by=act.by, action=f"{thing.KIND}-{act.type}", people=people, detail=detail)


def _event(thing: Thing, act: Act, sets: Mapping[str, Any]) -> CareEvent:
    now = act.recorded_at or timezone.now()
    return CareEvent(
        kind=thing.KIND,
        subject_id=thing.pk,
        version=thing.version,
        person_id=getattr(thing, "person_id", None),
        type=act.type,
        happened_at=act.happened_at or now,
        recorded_at=now,
        username=act.by.username,
        name=act.by.name,
        role=act.by.role,
        organisation_code=act.by.organisation_code,
        practitioner_code=act.by.practitioner_code,
        sets=dict(sets),
        given={name: plain(value) for name, value in act.given.items()},
        key=act.key,
    )


def fold(events: Iterator[CareEvent] | list[CareEvent]) -> dict[str, Any]:
    """The fields that a thing's events, in order of version, leave it with."""
    told: dict[str, Any] = {}
    for event in events:
        told |= event.sets
    return told


def untold() -> Iterator[tuple[Thing, dict[str, Any]]]:
    """Each thing whose row is not what its events tell, with what they tell: there must be none (invariant R22)."""
    for model in THINGS:
        events: dict[int, list[CareEvent]] = {}
        for event in CareEvent.objects.filter(kind=model.KIND).order_by("subject_id", "version").iterator():
            events.setdefault(event.subject_id, []).append(event)
        for thing in model._default_manager.order_by("pk").iterator():
            told = fold(events.get(thing.pk, []))
            if told != thing.facts() or thing.version != len(events.get(thing.pk, [])):
                yield thing, told
