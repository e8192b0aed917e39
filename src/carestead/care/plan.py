"""The care and support plan (FHIR CarePlan) and its goals (Goal): states moved by people, never by promises."""

from collections.abc import Sequence
from datetime import date

from carestead.care.machine import SAME, Machine, Refusal, Transition, states

GP, COORDINATOR, TEAM, PERSON, CARER = "accountable-gp", "coordinator", "team", "person", "carer"
COVER = "cover"
"""Whoever answers for the accountable GP while that GP is away: the cover who accepted, else the duty desk."""

_WRITERS = states(GP, COORDINATOR, TEAM)
_ANYBODY = _WRITERS | {PERSON}
_LIVE = states("active", "on-hold")

PLAN = Machine(
    "plan",
    initial=states("draft"),
    ended=states("completed", "revoked", "entered-in-error"),
    labels={"draft": "being written", "active": "agreed", "revoked": "ended"},
    transitions=(
        Transition("write", states("draft", "active", "on-hold"), SAME, _WRITERS, (), "written in"),
        # About me is the person's own: they write it, and whoever they let
        Transition("write-own-words", states("draft", "active", "on-hold"), SAME, _ANYBODY | {CARER}, (), "written in"),
        Transition("agree", states("draft"), SAME, states(GP, COORDINATOR), ("agreed_with", "agreed_on"), "agreed"),
        Transition("sign", states("draft"), "active", states(GP), (), "signed"),
        Transition("review", _LIVE, SAME, states(GP, COORDINATOR), ("note", "review_on"), "reviewed"),
        Transition("hold", states("active"), "on-hold", states(GP), ("reason", "resume_on"), "put on hold"),
        # whoever answers lets what was signed go on; they are not accountable, so they sign, hold and end nothing
        Transition("resume", states("on-hold"), "active", states(GP, COVER), (), "resumed"),
        Transition("complete", _LIVE, "completed", states(GP), ("reason",), "completed"),
        Transition("revoke", _LIVE | states("draft"), "revoked", states(GP), ("reason",), "ended"),
        Transition("correct", states("draft", "active", "on-hold"), "entered-in-error", states(GP, "lead"), ("reason",),
                   "corrected"),
    ),
)  # fmt: skip

GOAL = Machine(
    "goal",
    initial=states("proposed", "active"),
    ended=states("completed", "cancelled", "rejected"),
    labels={"active": "being worked on", "completed": "ended", "cancelled": "given up", "rejected": "not wanted"},
    transitions=(
        Transition("accept", states("proposed"), "accepted", states(PERSON, GP, COORDINATOR), (), "accepted"),
        Transition("reject", states("proposed"), "rejected", states(PERSON, GP, COORDINATOR), ("reason",), "rejected"),
        Transition("begin", states("accepted", "proposed", "planned"), "active", _ANYBODY, (), "begun"),
        Transition("hold", states("active"), "on-hold", _ANYBODY, ("reason",), "put on hold"),
        Transition("resume", states("on-hold"), "active", _ANYBODY, (), "resumed"),
        # how far it got is said apart from whether anybody still works on it, each time with its date
        Transition("achievement", states("active", "on-hold", "completed"), SAME, _ANYBODY,
                   ("achievement", "happened_at"), "judged"),
        Transition("complete", states("active", "on-hold"), "completed", _ANYBODY, ("achievement",), "ended"),
        Transition("cancel", states("proposed", "accepted", "active", "on-hold"), "cancelled", _ANYBODY,
                   ("reason",), "given up"),
    ),
)  # fmt: skip

ACHIEVEMENT = {
    "in-progress": "Under way, not reached yet",
    "improving": "Getting closer",
    "no-change": "No closer and no further",
    "worsening": "Slipping further away",
    "achieved": "Reached",
    "sustaining": "Reached, and kept up",
    "not-achieved": "Not reached",
    "no-progress": "Not reached, and hardly any closer",
    "not-attainable": "Cannot be reached",
}
"""FHIR R4 value set goal-achievement, each code as people say it."""


def signing_refusal(agreed_on: date | None, review_on: date | None, review_by: str) -> Refusal | None:
    """Why the named GP cannot sign the plan yet."""
    if agreed_on is None:
        return Refusal("The plan is not agreed with the person.", "Agree it with them or who speaks for them first.")
    if review_on is None or not review_by:
        return Refusal("The plan does not say who reviews it, or when.", "Give a day of review and who is responsible.")
    return None


def ending_refusal(undecided: Sequence[int]) -> Refusal | None:
    """Why a plan cannot end: each open promise (by id) needs its fate said, one by one."""
    if not undecided:
        return None
    n = len(undecided)
    said = "promise of this plan is" if n == 1 else "promises of this plan are"
    return Refusal(f"{n} {said} still open.", "Say of each what becomes of it: kept on, or cancelled with a reason.")
