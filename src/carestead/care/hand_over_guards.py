"""The guards of the hand-over table: each gives a sentence of refusal, or None."""

from collections.abc import Mapping

from carestead.care.standing import ROLES, Basis, Colleague, Guard, Move, OfferState, Situation
from carestead.care.times import said
from carestead.core.calendar import LONDON, utc

CAUSES = {
    "died": "died", "moved": "moved away", "opted-out": "opted out", "no-longer-needed": "no longer needs it",
}  # fmt: skip
"""The explicit ends of a responsibility; nothing else ends one."""


def not_ended(s: Situation, m: Move) -> str | None:
    """Nothing is handed over after the end."""
    if s.basis is Basis.ENDED:
        return "The person is no longer enrolled: enrol them again before somebody is made responsible."
    return None


def may_invite(s: Situation, m: Move) -> str | None:
    """The holder, who covers for them, and the clinical lead may invite."""
    holder, by = s.colleague(s.holder), s.colleague(m.by)
    if by and not by.left and (m.by in (s.holder, holder.cover if holder and holder.away else s.holder) or by.is_lead):
        return None
    return f"Only {s.called(s.holder)}, who covers for them, or the clinical lead can offer this."


def may_withdraw(s: Situation, m: Move) -> str | None:
    """Whoever may invite may take the offer back, and so may who made it."""
    return None if s.offer and s.offer.by == m.by else may_invite(s, m)


def has_clock(s: Situation, m: Move) -> str | None:
    """What waits for an answer says until when."""
    if m.until is None or utc(m.until) <= utc(s.at):
        return "Say by when it must be answered: an instant that is still to come."
    return None


def with_reason(s: Situation, m: Move) -> str | None:
    """Bad news carries its reason."""
    return None if m.reason.strip() else "Say in a few words why."


def with_cause(s: Situation, m: Move) -> str | None:
    """A responsibility ends for one of the known causes."""
    if m.reason in CAUSES:
        return None
    return f"A responsibility ends only because the person {', '.join(CAUSES.values())}: choose one of them."


def forwards(s: Situation, m: Move) -> str | None:
    """The clock of the ledger runs forwards."""
    if utc(s.at) > utc(s.since):
        return None
    return (
        f"The last change was recorded for {said(s.since)}, and this one would be for {said(s.at)}, which is not later."
        " Look at the clock of the computer, or give a later instant."
    )


def nothing_offered(s: Situation, m: Move) -> str | None:
    """One offer at a time; one whose time has run out is written down as lapsed first."""
    if not s.offered_to:
        return None
    return f"It is on offer to {s.called(s.offered_to)} already: withdraw that offer, or wait for the answer."


def offer_waiting(s: Situation, m: Move) -> str | None:
    """There is an offer without an answer."""
    return None if s.offered_to else _no_offer(s)


def offer_open(s: Situation, m: Move) -> str | None:
    """There is an offer without an answer, in time, to somebody who is there to answer it."""
    if not s.offered_to:
        return _no_offer(s)
    if why := why_lapsed(s):
        return f"This offer has lapsed: {why}. Ask for a new one."
    return None


def run_out(s: Situation, m: Move) -> str | None:
    """An offer lapses only when its time is over, or when whom it was made to is gone."""
    return None if why_lapsed(s) else "The offer still waits for an answer: its time has not run out."


def why_lapsed(s: Situation) -> str | None:
    """Why an offer without an answer can no longer be answered; None while it can."""
    offer, to = s.offer, s.colleague(s.offered_to)
    if offer is None or to is None:
        return "nobody knows whom it was made to"
    if not to.here or to.leaving:
        return f"{to.called} {_gone(to)}"
    if offer.answer_by is not None and utc(offer.answer_by) <= utc(s.at):
        return f"it had to be answered by {said(offer.answer_by)}"
    return None


def _no_offer(s: Situation) -> str:
    if s.offer is None or s.offer.state is OfferState.OFFERED:
        return "Nothing is on offer here: it has to be offered first."
    words = {OfferState.LAPSED: "has lapsed", OfferState.ACCEPTED: "was accepted already"}
    return f"The offer {words.get(s.offer.state, f'was {s.offer.state}')}: ask for a new one."


def offered_to_them(s: Situation, m: Move) -> str | None:
    """Only the arriving person answers."""
    if m.by == s.offered_to:
        return None
    return f"It was offered to {s.called(s.offered_to)}: only they can answer."


def by_lead(s: Situation, m: Move) -> str | None:
    """An interim assignment is the clinical lead's."""
    by = s.colleague(m.by)
    return None if by and by.is_lead and not by.left else "Only the clinical lead can make an interim assignment."


def by_holder(s: Situation, m: Move) -> str | None:
    """Only the holder acknowledges."""
    return None if m.by == s.holder else f"Only {s.called(s.holder)} can acknowledge it."


def is_interim(s: Situation, m: Move) -> str | None:
    """There is an interim assignment to acknowledge."""
    return None if s.basis is Basis.INTERIM else "There is no interim assignment to acknowledge."


def interim_needed(s: Situation, m: Move) -> str | None:
    """Transfers are negotiated, not imposed: interim is for a holder who is going, away or interim, or after a
    refusal."""
    holder = s.colleague(s.holder)
    if holder is None or not holder.here or holder.leaving or s.basis is Basis.INTERIM or s.was_refused:
        return None
    return f"{holder.called} is here and holds it: offer it first. An interim assignment is for when nobody takes it."


def not_to_holder(s: Situation, m: Move) -> str | None:
    """Nobody hands over to themselves."""
    return f"{s.called(m.to)} holds it already." if m.to == s.holder else None


def _to_colleague(s: Situation, m: Move) -> str | None:
    return (
        None if s.colleague(m.to) else f"Nobody here is known as {m.to or 'nobody'}: choose a colleague from the list."
    )


def _of_the_role(s: Situation, m: Move) -> str | None:
    to = s.colleague(m.to)
    if to and s.role in to.roles:
        return None
    return f"{s.called(m.to)} cannot be a {ROLES[s.role]}: choose somebody who can."


def _not_gone(s: Situation, m: Move) -> str | None:
    to = s.colleague(m.to)
    if to and to.here and not to.leaving:
        return None
    return f"{s.called(m.to)} {_gone(to)}: choose somebody who is here." if to else _to_colleague(s, m)


def _gone(colleague: Colleague) -> str:
    if colleague.left:
        return "has left"
    return "is leaving" if colleague.leaving else "is away"


def _one_role(s: Situation, m: Move) -> str | None:
    return None if _may_hold_both(s) or m.to != s.other_holder else _both(s, m.to)


def _may_hold_both(s: Situation) -> bool:
    return s.both_until is not None and utc(s.at).astimezone(LONDON).date() <= s.both_until


def _both(s: Situation, code: str) -> str:
    other = next(name for role, name in ROLES.items() if role != s.role)
    return (
        f"{s.called(code)} is the person's {other}, and the two are different people. "
        "Choose somebody else, or record a dated exception first (a single-handed practice)."
    )


def _not_left(s: Situation, m: Move) -> str | None:
    to = s.colleague(m.to)
    return f"{to.called} has left: choose somebody who is here." if to and to.left else None


def _best_here(s: Situation, m: Move) -> str | None:
    """Somebody away is taken only when nobody who is here could."""
    to = s.colleague(m.to)
    if to and (to.away or to.leaving) and (better := [c for c in s.colleagues if _could(s, c, m)]):
        return f"{to.called} {_gone(to)}: choose somebody who is here, such as {better[0].called}."
    return None


def _could(s: Situation, c: Colleague, m: Move) -> bool:
    free = c.code not in (s.holder, m.of) and (c.code != s.other_holder or _may_hold_both(s))
    return free and c.here and not c.leaving and s.role in c.roles


can_take: tuple[Guard, ...] = (not_to_holder, _to_colleague, _of_the_role, _not_gone, _one_role)
"""What is asked of whom it is offered to."""

can_follow: tuple[Guard, ...] = (_to_colleague, _of_the_role, _not_left, _one_role)
"""What is asked of who follows a leaver, which may have been agreed long before: while they are away, others answer."""

can_stand_in: tuple[Guard, ...] = (*can_follow, _best_here)
"""What is asked of an interim holder."""


def _as_receiver(check: Guard) -> Guard:
    return lambda s, m: check(s, Move(m.name, by=m.by, to=m.by))


can_take_now: tuple[Guard, ...] = tuple(map(_as_receiver, can_take))
"""The same, asked again of who accepts."""


def is_there(s: Situation, m: Move) -> str | None:
    """Only who works here goes away, comes back or leaves."""
    of = s.colleague(m.of)
    return None if of and not of.left else f"{s.called(m.of)} does not work here any more."


def not_away(s: Situation, m: Move) -> str | None:
    """Not away twice at once."""
    of = s.colleague(m.of)
    return f"{of.called} is away already: change that absence instead." if of and of.away else None


def is_away(s: Situation, m: Move) -> str | None:
    """Only who is away comes back."""
    of = s.colleague(m.of)
    return None if of and of.away else f"{s.called(m.of)} is not away."


def not_leaving(s: Situation, m: Move) -> str | None:
    """Notice is given once."""
    of = s.colleague(m.of)
    return f"{of.called} has given notice already." if of and of.leaving else None


def _cover_is_another(s: Situation, m: Move) -> str | None:
    return f"{s.called(m.to)} cannot cover for themselves." if m.to == m.of else None


def _cover_is_here(s: Situation, m: Move) -> str | None:
    cover = s.colleague(m.to)
    if cover is None:
        return _to_colleague(s, m)
    return None if cover.here else f"{cover.called} {_gone(cover)} and cannot cover: choose somebody else, or the desk."


def _cover_can_stand_in(s: Situation, m: Move) -> str | None:
    of, cover = s.colleague(m.of), s.colleague(m.to)
    if of and cover and of.roles & cover.roles:
        return None
    return (
        f"{s.called(m.to)} has another role and cannot cover for {s.called(m.of)}: choose somebody else, or the desk."
    )


def _when_covered(check: Guard) -> Guard:
    return lambda s, m: check(s, m) if m.to else None


good_cover: tuple[Guard, ...] = tuple(map(_when_covered, (_cover_is_another, _cover_is_here, _cover_can_stand_in)))
"""What is asked of a cover, where one is named; else the duty desk answers."""


def _successor_named(s: Situation, m: Move) -> str | None:
    if m.to and m.to != m.of:
        return None
    return f"{s.called(m.of)} is still responsible: hand over first, or let the clinical lead name who stands in."


def _when_holding(check: Guard) -> Guard:
    return lambda s, m: check(s, m) if s.holder == m.of else None


def _somebody_remains(s: Situation, m: Move) -> str | None:
    if any(c.code != m.of and not c.left and s.role in c.roles for c in s.colleagues):
        return None
    return f"{s.called(m.of)} is the last who can be {ROLES[s.role]} here: bring in somebody of another practice first."


leaves_nobody: tuple[Guard, ...] = (
    _somebody_remains,
    *map(_when_holding, (_successor_named, by_lead, has_clock, forwards, *can_follow)),
)
"""Who leaves while they hold somebody is followed, in the same instant, by an interim holder."""

ABOUT: Mapping[Guard, str] = {with_reason: "reason", with_cause: "reason"}
"""The part of a move that a guard asks for, where somebody has to type it: a form says the refusal there."""
