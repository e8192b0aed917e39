"""The brief of a hand-over, made of what the store knows: nobody types again what is written down already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from carestead.care.times import said
from carestead.core.calendar import utc


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that is neither kept nor ended."""

    what: str
    owner: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ring about the person."""

    who: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the arriving colleague has to know, as of `made_at`. Overdue first: it is what cannot wait."""

    made_at: datetime
    overdue: tuple[OpenPromise, ...]
    due: tuple[OpenPromise, ...]
    risks: tuple[str, ...]
    plan: str
    ring: tuple[Contact, ...]
    note: str = ""

    def lines(self) -> list[str]:
        """The brief in words, a line a fact; what is empty is said to be."""
        return [
            *[f"Overdue since {said(p.due)}: {p.what} ({p.owner})" for p in self.overdue],
            *[f"Due {said(p.due)}: {p.what} ({p.owner})" for p in self.due],
            *([] if self.overdue or self.due else ["No promise is open."]),
            *([f"Need or risk: {risk}" for risk in self.risks] or ["No need or risk is recorded."]),
            f"Plan: {self.plan or 'there is none yet.'}",
            *([f"Ring {_called(c)}" for c in self.ring] or ["Nobody to ring is recorded."]),
            *([f"Note: {self.note}"] if self.note else []),
        ]


def brief(
    made_at: datetime,
    *,
    promises: Sequence[OpenPromise] = (),
    risks: Sequence[str] = (),
    plan: str = "",
    ring: Sequence[Contact] = (),
    note: str = "",
) -> Brief:
    """The brief as of `made_at`; promises that fell due before it are overdue, the longest first."""
    in_order = sorted(promises, key=lambda p: utc(p.due))
    overdue = tuple(p for p in in_order if utc(p.due) < utc(made_at))
    return Brief(made_at, overdue, tuple(in_order[len(overdue) :]), tuple(risks), plan, tuple(ring), note)


def _called(contact: Contact) -> str:
    return f"{contact.name} ({contact.who}){f', {contact.phone}' if contact.phone else ''}"
