"""The small model in which the hand-over table is checked: three GPs, a clinical lead, one person.

The moves, guards and effects are the code's own; only time is made small here: an instant is `NOW`, a clock still
runs (`LATER`) or has run out (`NOW`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from carestead.care.answering import Absence, Answer, Shift, Staffing, answering
from carestead.care.hand_over import TABLE, make, refusal
from carestead.care.hours import desk_hours
from carestead.care.standing import Basis, Colleague, Move, OfferState, Situation
from carestead.reference import load
from carestead.reference.calendars import working_calendar

NOW = datetime(2026, 5, 5, 10, 0, tzinfo=UTC)  # a Tuesday, in opening hours
BEFORE, LATER = NOW - timedelta(hours=1), NOW + timedelta(days=2)
GPS = ("ahmed", "brown", "clark")
LEAD = "lead"
HOURS = desk_hours(load("care", "desk"), working_calendar())
STAFFED = (Shift(NOW - timedelta(hours=2), NOW + timedelta(hours=8), "the duty desk"),)

START = Situation(
    at=NOW,
    role="named-gp",
    holder="ahmed",
    since=BEFORE,
    colleagues=(*(Colleague(gp, roles=frozenset({"named-gp"})) for gp in GPS), Colleague(LEAD, is_lead=True)),
)


def _moves() -> Iterator[Move]:
    """Every move somebody could try, allowed or not; the table decides."""
    for gp in GPS:
        for by in (*GPS, LEAD):
            yield Move("offer", by=by, to=gp, until=LATER)
            yield Move("interim", by=by, to=gp, reason="nobody took it", until=LATER)
            yield Move("leave", by=by, of=gp, to=gp, reason="left", until=LATER)
        yield from (Move(name, by=gp, reason="no room") for name in ("accept", "decline", "acknowledge"))
        yield from (Move("away", of=gp, to=cover) for cover in ("", *GPS))
        yield from (Move(name, of=gp) for name in ("back", "notice", "leave"))
        yield from (Move("leave", by=LEAD, of=gp, to=to, reason="left", until=LATER) for to in GPS)
    yield from (Move("withdraw", by=by, reason="changed") for by in (*GPS, LEAD))
    yield Move("lapse")
    yield Move("end", by=LEAD, reason="moved")


MOVES = tuple(_moves())


def steps(state: Situation) -> Iterator[tuple[str, Situation]]:
    """The situations one move, or one running out of a clock, after `state`, with the move's name."""
    for move in MOVES:
        if refusal(state, move) is None:
            yield move.name, small(make(state, move))
    yield from (("time passes", later) for later in _time_passes(state))


def _time_passes(state: Situation) -> Iterator[Situation]:
    if state.acknowledge_by == LATER:
        yield replace(state, acknowledge_by=NOW)
    if state.offer and state.offered_to and state.offer.answer_by == LATER:
        yield replace(state, offer=replace(state.offer, answer_by=NOW))


def small(state: Situation) -> Situation:
    """The state without what no guard looks at any more: who made an offer, and all of one that is over but whether
    it was refused."""
    offer = state.offer
    if offer and offer.state is OfferState.OFFERED:
        offer = replace(offer, by=LEAD)
    elif offer:
        offer = replace(offer, to="", by="", answer_by=None, state=OfferState.LAPSED) if state.was_refused else None
    return replace(state, since=BEFORE, offer=offer)


@cache
def who_answers(holder: str, colleagues: tuple[Colleague, ...], desk: tuple[Shift, ...] = STAFFED) -> Answer:
    """Who answers in opening hours, by the code that pages use."""
    absences = tuple(Absence(c.code, BEFORE, None, c.cover, bool(c.cover)) for c in colleagues if c.away)
    left = {c.code: BEFORE for c in colleagues if c.left}
    return answering(holder, NOW, Staffing(absences, left, desk), HOURS)


def enrolled(state: Situation) -> bool:
    """Whether the responsibility has not ended."""
    return state.basis is not Basis.ENDED


def settled(state: Situation) -> bool:
    """Somebody who stays, and is here, has accepted it; or it has ended for a cause."""
    holder = state.colleague(state.holder)
    if not enrolled(state):
        return True
    return state.basis is Basis.ACCEPTED and holder is not None and holder.here and not holder.leaving


assert {m.name for m in MOVES} == set(TABLE), "a move of the table is not tried"
