"""Where one responsibility for one person stands: who holds it, on what basis, what is offered to whom, who is here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

ROLES = {"named-gp": "named GP", "coordinator": "care coordinator"}


class Part(StrEnum):
    """The five parts in a hand-over; words of the Danish eHealth infrastructure's hand-over task."""

    INVITING = "inviting"
    LEAVING = "leaving"
    ARRIVING = "arriving"
    REMAINING = "remaining"
    INFORMED = "informed"


class Basis(StrEnum):
    """Why somebody holds it; `ended` is nobody, after the enrolment has ended."""

    ACCEPTED = "accepted"
    INTERIM = "interim"
    ENDED = "ended"


class OfferState(StrEnum):
    """An offer ends in one of the last four, and never comes back from there."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may have a part in it, as they are now. `roles` are those they may hold; `cover` has accepted to
    answer for them while they are away; `leaving` has given notice, `left` has gone for good."""

    code: str
    name: str = ""
    roles: frozenset[str] = frozenset()
    is_lead: bool = False
    away: bool = False
    cover: str = ""
    leaving: bool = False
    left: bool = False

    @property
    def called(self) -> str:
        """Their name, or their code where no name is known."""
        return self.name or self.code

    @property
    def here(self) -> bool:
        """Whether they are at work: neither away nor gone."""
        return not (self.away or self.left)


@dataclass(frozen=True, slots=True)
class Offer:
    """The last offer. It is open while `state` is offered and `answer_by` has not passed."""

    to: str
    by: str
    answer_by: datetime | None
    state: OfferState = OfferState.OFFERED


@dataclass(frozen=True, slots=True)
class Situation:
    """One role of one person at the instant `at`. `since` is when the present holder began; `acknowledge_by` the clock
    of an interim holder; `other_holder` holds the person's other role, and may hold both until `both_until`, a dated
    exception."""

    at: datetime
    role: str
    holder: str
    since: datetime
    colleagues: tuple[Colleague, ...]
    basis: Basis = Basis.ACCEPTED
    acknowledge_by: datetime | None = None
    offer: Offer | None = None
    other_holder: str = ""
    both_until: date | None = None

    def colleague(self, code: str) -> Colleague | None:
        """The colleague of that code, if there is one."""
        return next((c for c in self.colleagues if c.code == code), None)

    def called(self, code: str) -> str:
        """What to call somebody in a sentence."""
        found = self.colleague(code)
        return found.called if found else code

    def where(self, code: str, **changes: Any) -> "Situation":
        """The situation with one colleague changed."""
        return replace(self, colleagues=tuple(replace(c, **changes) if c.code == code else c for c in self.colleagues))

    @property
    def offered_to(self) -> str:
        """To whom it is on offer, whether or not the time has run out; empty when nothing waits for an answer."""
        return self.offer.to if self.offer and self.offer.state is OfferState.OFFERED else ""

    @property
    def was_refused(self) -> bool:
        """Whether the last offer was declined or lapsed, so that somebody must choose what next."""
        return self.offer is not None and self.offer.state in (OfferState.DECLINED, OfferState.LAPSED)


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody wants to do. `by` acts (empty for the clock), `to` is to receive or to cover, `of` is the
    colleague it is about, `until` the clock it sets."""

    name: str
    by: str = ""
    to: str = ""
    of: str = ""
    reason: str = ""
    until: datetime | None = None


Guard = Callable[[Situation, Move], str | None]
"""Gives the sentence of refusal, or None."""


def parts(situation: Situation, code: str) -> frozenset[Part]:
    """The parts `code` has in the hand-over on offer; who has no other part is informed."""
    offer = situation.offer
    found = {
        Part.LEAVING: code == situation.holder,
        Part.REMAINING: code == situation.other_holder,
        Part.ARRIVING: offer is not None and code == offer.to,
        Part.INVITING: offer is not None and code == offer.by,
    }
    return frozenset(part for part, has in found.items() if has) or frozenset({Part.INFORMED})
