"""Who may do what to whom. Pure: facts in, a decision out; what is not allowed here is refused.

A role gives actions; a legitimate relationship gives people. Planning roles have no relationship with anybody.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from carestead.core.calendar import LONDON
from carestead.store.actor import DIRECT_CARE, Actor, Role

STRANGER = "You have no part in this person's care that carestead knows of."
"""What is said to whoever asks for somebody they have no part in, and for what does not exist."""

READS_ONLY = "You opened this record in an emergency: you may read it, and nothing else."


class Action(StrEnum):
    """What can be asked for about one person."""

    SEE = "see"
    DECIDE = "decide"
    BUY = "buy"


@dataclass(frozen=True, slots=True)
class Opening:
    """A record that `username` opened in an emergency (broke the glass), from `since` up to but without `until`."""

    username: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the policy must know of a person. `holders` and `proposed_holders` are practitioner codes;
    `care_organisations` those that have cared for the person; `group_code` the group of their practice. `answered_by`
    are the user names of those who answer for a holder now, as cover or at the desk; `promised_by` of those who, or
    whose team, have an open promise about the person. `opened_by` are the openings that last now."""

    person_id: int
    practice_code: str | None = None
    group_code: str | None = None
    enrolled: bool = False
    on_register: bool = False
    holders: frozenset[str] = field(default_factory=frozenset)
    proposed_holders: frozenset[str] = field(default_factory=frozenset)
    care_organisations: frozenset[str] = field(default_factory=frozenset)
    answered_by: frozenset[str] = field(default_factory=frozenset)
    promised_by: frozenset[str] = field(default_factory=frozenset)
    opened_by: frozenset[Opening] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may be done, and why or why not, in words for the person who asked. `reads_only`: by broken glass."""

    allowed: bool
    why: str
    reads_only: bool = False


def may(actor: Actor, action: Action, person: PersonFacts) -> Verdict:
    """The decision. Refusals name the rule, never the person."""
    if actor.role not in DIRECT_CARE:
        return Verdict(False, f"{actor.role.title}s plan and pay for care; they see counts, never a person's record.")
    relationship = _relationship(actor, person)
    if relationship is None:
        return _by_opening(actor, action, person)
    refusal = _refusal(actor, action, person)
    return Verdict(False, refusal) if refusal else Verdict(True, relationship)


def may_settle_messages(actor: Actor, *, at_desk: bool) -> Verdict:
    """Whether somebody may read hospitals' messages for which nobody could be found, and say whom they are about. They
    belong to no practice yet, so no relationship can decide: whoever answers on the desk does, for direct care alone.
    `at_desk`: the actor staffs a duty desk now."""
    if actor.role in (Role.CARE_COORDINATOR, Role.LEAD):
        return Verdict(True, "coordinators and practice leads settle what waits at the duty desk")
    if actor.role is Role.NAMED_GP and at_desk:
        return Verdict(True, "you staff the duty desk now")
    return Verdict(
        False, "These messages wait at the duty desk: for coordinators, practice leads, and GPs on its rota."
    )


def _relationship(actor: Actor, person: PersonFacts) -> str | None:
    own = actor.practitioner_code
    if own and own in person.holders:
        return "responsible for the person"
    if own and own in person.proposed_holders:
        return "proposed as responsible for the person"
    if actor.username in person.answered_by:
        return "you answer now for somebody who is responsible for the person"
    return _by_organisation(actor, person) or _by_promise(actor, person)


def _by_opening(actor: Actor, action: Action, person: PersonFacts) -> Verdict:
    """Broken glass lets whoever broke it read, and nothing else."""
    own = max((o for o in person.opened_by if o.username == actor.username), key=lambda o: o.until, default=None)
    if own is None:
        return Verdict(False, STRANGER)
    if action is not Action.SEE:
        return Verdict(False, READS_ONLY)
    return Verdict(True, f"you broke the glass at {_clock(own.since)}; it ends at {_clock(own.until)}", reads_only=True)


def _clock(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%H:%M}"


def _by_promise(actor: Actor, person: PersonFacts) -> str | None:
    asked = actor.username in person.promised_by
    return "you or your team were asked to do something for the person" if asked else None


def _by_organisation(actor: Actor, person: PersonFacts) -> str | None:
    home = actor.organisation_code
    if not home:
        return None
    if actor.role in (Role.NAMED_GP, Role.LEAD) and home == person.practice_code:
        return "the person is registered with your practice"
    if actor.role in (Role.LEAD, Role.CARE_COORDINATOR) and _coordinates(home, person):
        return "the person is on the register of your group of practices"
    if actor.role is Role.PARTNER and home in person.care_organisations:
        return "your organisation cares for the person"
    return None


def _coordinates(home: str, person: PersonFacts) -> bool:
    return (person.enrolled or person.on_register) and home in (person.practice_code, person.group_code)


def _refusal(actor: Actor, action: Action, person: PersonFacts) -> str | None:
    if action is Action.DECIDE and actor.role is not Role.NAMED_GP:
        return "Only a GP decides who is enrolled."
    if action is Action.BUY and actor.role is not Role.CARE_COORDINATOR:
        return "Home care is bought by the care coordinator."
    if action is Action.BUY and not person.enrolled:
        return "Home care is bought from the fund for enrolled people only: enrol the person first."
    return None
