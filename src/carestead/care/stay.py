"""A stay in hospital, made of what was told of it: the same whatever the order, however often, however late.

Of each pair (admission, discharge, move) what was told last stands: the event, or its being taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LEFT_BEFORE_ARRIVING = "left-before-arriving"
NO_ADMISSION = "no-admission"


class State(StrEnum):
    """Where the person is, as far as one hospital's visit tells."""

    IN_HOSPITAL = "in-hospital"
    LEFT = "left"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True)
class StayEvent:
    """One thing told of a visit. `told_at` is when the hospital said it (when it happened, if it does not say);
    `kind` admit, transfer or discharge, or one of them with `cancel-` before it. All times are aware and UTC.

    `digest` is the same for the same words: two tellings that differ only in it are put in order by it.
    """

    told_at: datetime
    happened_at: datetime
    kind: str
    digest: str
    admitted_at: datetime | None = None
    ward: str = ""
    organisation: str = ""
    disposition: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StayState:
    """A visit as it stands. `doubts` are names of what does not fit together; nothing is dropped for them."""

    state: State
    admitted_at: datetime | None = None
    discharged_at: datetime | None = None
    ward: str = ""
    organisation: str = ""
    disposition: str = ""
    reason: str = ""
    doubts: tuple[str, ...] = ()


def fold(events: Iterable[StayEvent]) -> StayState:
    """The stay. Copies count once; the order in which they come does not matter."""
    told = sorted(set(events), key=_when)
    came, left, moved = (_standing(told, kind) for kind in ("admit", "discharge", "transfer"))
    state = State.LEFT if left else State.IN_HOSPITAL if came or moved else State.TAKEN_BACK
    admitted = came.happened_at if came else _told_since(told, left or moved)
    discharged = left.happened_at if left else None
    places = [e for e in (left, moved, came) if e]
    return StayState(
        state=state, admitted_at=admitted, discharged_at=discharged,
        ward=_last(moved, came, left, name="ward"), organisation=_last(*places, name="organisation"),
        disposition=left.disposition if left else "", reason=_last(*places, name="reason"),
        doubts=tuple(_doubts(came, admitted, discharged)),
    )  # fmt: skip


def _when(event: StayEvent) -> tuple[datetime, datetime, str, str]:
    return event.told_at, event.happened_at, event.kind, event.digest


def _standing(told: list[StayEvent], kind: str) -> StayEvent | None:
    """The last told of its kind, unless it was taken back since."""
    said = [e for e in told if e.kind in (kind, f"cancel-{kind}")]
    return said[-1] if said and said[-1].kind == kind else None


def _told_since(told: list[StayEvent], event: StayEvent | None) -> datetime | None:
    """The beginning of the visit as another message tells it; not when the admission itself was taken back."""
    if event is None or any(e.kind == "cancel-admit" for e in told):
        return None
    return event.admitted_at


def _last(*events: StayEvent | None, name: str) -> str:
    """The first of the events that says something under this name."""
    return next((str(getattr(e, name)) for e in events if e and getattr(e, name)), "")


def _doubts(came: StayEvent | None, admitted: datetime | None, discharged: datetime | None) -> Iterable[str]:
    if discharged and admitted and discharged < admitted:
        yield LEFT_BEFORE_ARRIVING
    if discharged and came is None:
        yield NO_ADMISSION
