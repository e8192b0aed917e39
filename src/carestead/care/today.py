"""What needs a decision of somebody today, most urgent first; the rest waits for them, counted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

KINDS = {
    "admitted": "In hospital",
    "discharged": "Home from hospital",
    "told": "To know",
    "alarm": "Alarm",
    "hand-over": "Hand-over offered to you",
    "cover": "Cover asked of you",
    "interim": "Yours in the interim",
    "refused": "Refused or not possible: what next?",
    "answer": "Asked of you",
    "new-date": "A new date is offered",
    "due": "Promised by you",
    "resume": "Was on hold until today",
    "cancelled": "Cancelled: please acknowledge",
    "review": "An outcome is back",
    "tell": "Tell the person",
    "sign": "A plan to sign",
    "resume-plan": "A plan was on hold until today",
    "message": "A message to answer",
    "instead": "Done instead of you",
    "wrote": "Written on their own page",
}
"""Kinds of matter in the order in which they stand when nothing is late, each with its heading."""

_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that somebody must decide or do. `subject_id` is the id of its row; `holder_code` whose it is, which is
    another's than the reader's while they cover; `due` the latest time, where there is one."""

    kind: str
    subject_id: int
    person_id: int | None
    words: str
    since: datetime
    holder_code: str
    due: datetime | None = None

    @property
    def heading(self) -> str:
        """What kind of matter it is, in words."""
        return KINDS[self.kind]

    def is_late(self, now: datetime) -> bool:
        """True when it should have been done by now."""
        return self.due is not None and self.due <= now


def in_order(matters: Iterable[Matter], now: datetime) -> list[Matter]:
    """Late ones first, the longest late first; then by kind; then by due time and age."""
    return sorted(matters, key=lambda m: _place(m, now))


def _place(matter: Matter, now: datetime) -> tuple[object, ...]:
    if matter.is_late(now):
        return 0, matter.due, _ORDER[matter.kind], matter.subject_id
    due = matter.due.timestamp() if matter.due else float("inf")
    return 1, _ORDER[matter.kind], due, matter.since, matter.subject_id


def people(matters: Collection[Matter]) -> int:
    """How many people they are about."""
    return len({m.person_id for m in matters if m.person_id is not None})
