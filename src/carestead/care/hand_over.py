"""The hand-over of one responsibility for one person, as a table: move, who may make it, guards, effect.

The holder stays the holder until somebody else has accepted or the clinical lead has made an interim assignment.
Absence switches who answers and never who is accountable. The store calls this table and the exhaustive check of
tests/unit/care runs it: there is no second one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from carestead.care import hand_over_guards as guard
from carestead.care.standing import Basis, Guard, Move, Offer, OfferState, Situation
from carestead.core.finding import CaresteadError

Effect = Callable[[Situation, Move], Situation]


class HandOverRefusedError(CaresteadError):
    """The move may not be made now; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of move needs and does. `says` is the history's word for it."""

    says: str
    guards: tuple[Guard, ...]
    effect: Effect


def refusal(situation: Situation, move: Move) -> str | None:
    """Why `move` may not be made, in a sentence for whoever tries; None when it may."""
    found = next(_refusals(situation, move), None)
    return found[0] if found else None


def make(situation: Situation, move: Move) -> Situation:
    """The situation after `move`. Raises HandOverRefusedError, and then nothing has changed."""
    if found := next(_refusals(situation, move), None):
        raise HandOverRefusedError(found[0], field=found[1])
    return TABLE[move.name].effect(situation, move)


def _refusals(situation: Situation, move: Move) -> Iterator[tuple[str, str]]:
    """Every reason against `move`, in the order of its guards, with the part of the move that it is about."""
    rule = TABLE.get(move.name)
    if rule is None:
        yield f"There is no move called {move.name}: there are {', '.join(TABLE)}.", ""
        return
    for check in rule.guards:
        if why := check(situation, move):
            yield why, guard.ABOUT.get(check, "")


def _offer(situation: Situation, move: Move) -> Situation:
    return replace(situation, offer=Offer(move.to, move.by, move.until))


def _close(situation: Situation, state: OfferState) -> Situation:
    offer = situation.offer
    if offer is None or offer.state is not OfferState.OFFERED:
        return situation
    return replace(situation, offer=replace(offer, state=state))


def _answered(state: OfferState) -> Effect:
    return lambda situation, move: _close(situation, state)


def _accept(situation: Situation, move: Move) -> Situation:
    return _holds(_close(situation, OfferState.ACCEPTED), move.by, Basis.ACCEPTED)


def _holds(situation: Situation, holder: str, basis: Basis) -> Situation:
    return replace(situation, holder=holder, basis=basis, since=situation.at, acknowledge_by=None)


def _interim(situation: Situation, move: Move) -> Situation:
    held = replace(_holds(situation, move.to, Basis.INTERIM), acknowledge_by=move.until)
    return _close(held, OfferState.WITHDRAWN) if held.offered_to == move.to else held


def _acknowledge(situation: Situation, move: Move) -> Situation:
    return _holds(situation, move.by, Basis.ACCEPTED)


def _gone(situation: Situation, move: Move) -> Situation:
    """An offer to somebody who is no longer there lapses with their going."""
    return _close(situation, OfferState.LAPSED) if situation.offered_to == move.of else situation


def _away(situation: Situation, move: Move) -> Situation:
    return _gone(situation.where(move.of, away=True, cover=move.to), move)


def _back(situation: Situation, move: Move) -> Situation:
    return situation.where(move.of, away=False, cover="")


def _notice(situation: Situation, move: Move) -> Situation:
    return _gone(situation.where(move.of, leaving=True), move)


def _leave(situation: Situation, move: Move) -> Situation:
    left = _gone(situation.where(move.of, left=True, away=False, cover=""), move)
    return _interim(left, move) if situation.holder == move.of else left


def _end(situation: Situation, move: Move) -> Situation:
    return _holds(_close(situation, OfferState.WITHDRAWN), "", Basis.ENDED)


TABLE: Mapping[str, Rule] = MappingProxyType(
    {
        "offer": Rule(
            "offered",
            (guard.not_ended, guard.may_invite, guard.has_clock, guard.nothing_offered, *guard.can_take),
            _offer,
        ),
        "accept": Rule(
            "accepted",
            (guard.not_ended, guard.offer_open, guard.offered_to_them, guard.forwards, *guard.can_take_now),
            _accept,
        ),
        "decline": Rule(
            "declined", (guard.offer_open, guard.offered_to_them, guard.with_reason), _answered(OfferState.DECLINED)
        ),
        "withdraw": Rule(
            "withdrawn", (guard.offer_open, guard.may_withdraw, guard.with_reason), _answered(OfferState.WITHDRAWN)
        ),
        "lapse": Rule("lapsed", (guard.offer_waiting, guard.run_out), _answered(OfferState.LAPSED)),
        "interim": Rule(
            "given to an interim holder",
            (
                guard.not_ended, guard.by_lead, guard.has_clock, guard.with_reason, guard.interim_needed,
                guard.forwards, guard.not_to_holder, *guard.can_stand_in,
            ),
            _interim,
        ),
        "acknowledge": Rule(
            "acknowledged by the interim holder", (guard.is_interim, guard.by_holder, guard.forwards), _acknowledge
        ),
        "away": Rule("away", (guard.is_there, guard.not_away, *guard.good_cover), _away),
        "back": Rule("back", (guard.is_there, guard.is_away), _back),
        "notice": Rule("leaving", (guard.is_there, guard.not_leaving), _notice),
        "leave": Rule("left", (guard.is_there, *guard.leaves_nobody), _leave),
        "end": Rule("ended", (guard.not_ended, guard.with_cause, guard.forwards), _end),
    }
)  # fmt: skip
