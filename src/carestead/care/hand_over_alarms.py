"""What a hand-over asks somebody to do now. A clock raises these; it never moves a responsibility."""

from dataclasses import dataclass

from carestead.care.hand_over_guards import why_lapsed
from carestead.care.standing import Basis, Situation
from carestead.care.times import said
from carestead.core.calendar import utc


@dataclass(frozen=True, slots=True)
class Alarm:
    """`name` is stable, so that a sweep raises it once; `what` says what is wrong and what to do."""

    name: str
    what: str


def alarms(s: Situation) -> tuple[Alarm, ...]:
    """The alarms of a situation, the most pressing first; none when all is settled."""
    if s.basis is Basis.ENDED:
        return ()
    return tuple(alarm for rule in (_interim_overdue, _going, _offer_over, _choose_next) if (alarm := rule(s)))


def _interim_overdue(s: Situation) -> Alarm | None:
    if s.basis is not Basis.INTERIM or s.acknowledge_by is None or utc(s.acknowledge_by) > utc(s.at):
        return None
    return Alarm(
        "interim-overdue",
        f"{s.called(s.holder)} stands in since {said(s.since)} and has not acknowledged it by {said(s.acknowledge_by)}."
        " The clinical lead rings them, or names somebody else.",
    )


def _going(s: Situation) -> Alarm | None:
    holder = s.colleague(s.holder)
    if holder is None or not holder.leaving or s.offered_to:
        return None
    return Alarm("holder-leaving", f"{holder.called} is leaving and nobody has been asked to take over. Offer it now.")


def _offer_over(s: Situation) -> Alarm | None:
    why = why_lapsed(s) if s.offered_to else None
    if why is None:
        return None
    return Alarm("offer-lapsed", f"The offer to {s.called(s.offered_to)} has lapsed: {why}. Offer it to somebody else.")


def _choose_next(s: Situation) -> Alarm | None:
    if not s.was_refused or s.offer is None:
        return None
    return Alarm(
        "choose-next",
        f"{s.called(s.offer.to)} did not take it ({s.offer.state}). Offer it to somebody else, or keep it.",
    )
