"""How an act upon a thing is done: asked of its life cycle, written once, refused in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Required, TypedDict, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.care.machine import Machine, Refusal
from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor
from carestead.store.care.log import Act, ChangedMeanwhileError, change, done_before
from carestead.store.care.things import Thing

AnyThing = TypeVar("AnyThing", bound=Thing)


class NotPossibleError(CaresteadError):
    """The life cycle, or a rule beside it, does not allow the act: why, and what to do instead."""


class NotThereError(CaresteadError):
    """There is no such promise, request or message."""


class SentBeforeError(CaresteadError):
    """The key of an act belongs to another act."""


class How(TypedDict, total=False):
    """What every act upon a thing is given: who does it, the version they have read; a key that marks an act which may
    be sent twice; and the time, for tests and for what is told later."""

    by: Required[Actor]
    version: Required[int]
    key: str | None
    at: datetime | None


@dataclass(frozen=True)
class Kind(Generic[AnyThing]):
    """A kind of thing: its table, its life cycle, and how to tell on which sides of one an actor stands. `lock` takes
    what is always locked before one of them, so that two acts never wait for each other; `guard` asks the store what
    no life cycle can know; `follows` is what any act upon one brings with it, whichever way it was done."""

    model: type[AnyThing]
    machine: Machine
    sides: Callable[[AnyThing, Actor, datetime], frozenset[str]]
    refusal: Callable[[str, str, frozenset[str], Mapping[str, Any]], Refusal | None]
    lock: Callable[[int], object] = lambda subject_id: None
    guard: Callable[[AnyThing, str, Mapping[str, Any], datetime], Refusal | None] = lambda thing, type, given, now: None
    follows: "Callable[[Kind[AnyThing], AnyThing, str, Actor, datetime], object]" = lambda kind, thing, type, by, now: (
        None
    )


def act(
    kind: Kind[AnyThing], subject_id: int, type: str, how: How, *, given: Mapping[str, Any] | None = None,
    sets: Callable[[AnyThing, datetime], Mapping[str, Any]] | None = None,
    then: Callable[[AnyThing, datetime], object] | None = None,
) -> AnyThing:  # fmt: skip
    """Do `type` to one thing. `sets` gives the fields it changes beside its state, `then` what follows from it in the
    same transaction. `given["happened_at"]` is when it really happened.

    Raises NotThereError, ChangedMeanwhileError when its version is no longer `how["version"]`, NotPossibleError when
    the life cycle refuses. An act sent again with its key changes nothing and gives the thing as it is.
    """
    said, by, key = dict(given or {}), how["by"], how.get("key")

    def do() -> AnyThing:
        now = how.get("at") or timezone.now()
        kind.lock(subject_id)
        thing = current(kind.model, subject_id, how["version"])
        _in_time(said.get("happened_at"), now)
        refuse(kind.refusal(thing.state, type, kind.sides(thing, by, now), said))
        refuse(kind.guard(thing, type, said, now))
        changed = dict(sets(thing, now)) if sets else {}
        step(kind, thing, type, by=by, now=now, given=said, key=key, **changed)
        if then:
            then(thing, now)
        return thing

    return once(key, kind.model, do, type=type, by=by, subject_id=subject_id)


def step(
    kind: Kind[AnyThing], thing: AnyThing, type: str, *, by: Actor, now: datetime,
    given: Mapping[str, Any] | None = None, key: str | None = None, **sets: Any,
) -> AnyThing:  # fmt: skip
    """Write an act that was asked of the life cycle, or that follows from another act which was: its states still
    rule. Call it inside the transaction of the act."""
    said = dict(given or {})
    after = kind.machine.after(thing.state, type)
    changed = {**({} if after == thing.state else {"state": after}), **sets}
    change(thing, Act(type, by, said.get("happened_at"), now, said, key), version=thing.version, **changed)
    kind.follows(kind, thing, type, by, now)
    return thing


def once(
    key: str | None, model: type[AnyThing], do: Callable[[], AnyThing], *, type: str, by: Actor,
    subject_id: int | None = None,
) -> AnyThing:  # fmt: skip
    """Do it in one transaction, unless an act with this key was done before: then give the thing that it was done to.
    Two who send the same key at the same instant both get it. Raises SentBeforeError for a key of another act."""
    if seen := _seen(key, model, type, by, subject_id):
        return seen
    try:
        with transaction.atomic():
            return do()
    except (IntegrityError, ChangedMeanwhileError):
        if seen := _seen(key, model, type, by, subject_id):
            return seen
        raise


def current(model: type[AnyThing], subject_id: int, version: int) -> AnyThing:
    """The thing, locked until the transaction ends, at the version somebody has read."""
    thing = model._default_manager.select_for_update().filter(pk=subject_id).first()
    if thing is None:
        raise NotThereError(f"There is no {model.KIND} {subject_id}.", "Look for it on the person's page.")
    if thing.version != version:
        raise ChangedMeanwhileError(thing)
    return thing


def refuse(why: Refusal | None) -> None:
    """Raises NotPossibleError when there is a reason against it."""
    if why:
        raise NotPossibleError(why.what, why.do)


def aware(value: datetime | None, name: str) -> None:
    """Refuse an instant that does not say its time zone."""
    if value is not None and timezone.is_naive(value):
        raise NotPossibleError(f"{name} does not say its time zone.", "Give an instant with a zone.")


def _in_time(happened_at: datetime | None, now: datetime) -> None:
    aware(happened_at, "When it happened")
    if happened_at is not None and happened_at > now:
        raise NotPossibleError("It cannot have happened later than now.", "Give the day and time it really happened.")


def _seen(key: str | None, model: type[AnyThing], type: str, by: Actor, subject_id: int | None) -> AnyThing | None:
    event = done_before(key)
    if event is None:
        return None
    if (event.kind, event.type, event.username) != (model.KIND, type, by.username) or (
        subject_id is not None and event.subject_id != subject_id
    ):
        raise SentBeforeError("This was sent before as something else.", "Load the page again, then send it.")
    return model._default_manager.get(pk=event.subject_id)
