"""A request to another team (FHIR ServiceRequest): closed only when the outcome is back, reviewed, and told.

States are the codes of FHIR R4 value set request-status. `revoked` was right and is no longer wanted;
`entered-in-error` was never right (NHS Booking and Referral Standard, transactional integrity).
"""

from datetime import datetime

from carestead.care.machine import SAME, Machine, Refusal, Transition, states

ASKER, TEAM, GP, AUTHOR = "asker", "team", "accountable-gp", "author"

LIVE = states("active", "on-hold")
ENDED = states("completed", "revoked", "entered-in-error")
_ASKING = states(ASKER, GP)

REQUEST = Machine(
    "request",
    initial=states("draft", "active"),
    ended=ENDED,
    labels={"active": "asked for", "revoked": "no longer wanted", "completed": "closed"},
    transitions=(
        Transition("ask", states("draft"), "active", states(ASKER), (), "asked"),
        Transition("hold", states("active"), "on-hold", _ASKING, ("reason", "resume_on"), "put on hold"),
        Transition("resume", states("on-hold"), "active", _ASKING, (), "resumed"),
        Transition("next-team", LIVE, SAME, _ASKING, ("note",), "passed on"),
        Transition("outcome", LIVE, SAME, states(TEAM, ASKER), ("outcome", "happened_at"), "answered"),
        Transition("review", LIVE, SAME, _ASKING, ("note",), "reviewed"),
        Transition("tell", LIVE, SAME, states(ASKER, GP, TEAM), ("told_how",), "told to the person"),
        Transition("close", LIVE, "completed", _ASKING, (), "closed"),
        Transition("revoke", LIVE | states("draft"), "revoked", _ASKING, ("reason",), "revoked"),
        Transition("correct", LIVE | ENDED | states("draft"), "entered-in-error", states(AUTHOR, "lead"), ("reason",),
                   "corrected"),
    ),
)  # fmt: skip


def closing_refusal(
    outcome_at: datetime | None, reviewed_at: datetime | None, told_at: datetime | None
) -> Refusal | None:
    """Why a request cannot be closed yet, by the three things that must have happened, in their order."""
    if outcome_at is None:
        return Refusal("The outcome has not come back.", "Wait for it, ask again, or say that it is no longer wanted.")
    if reviewed_at is None or reviewed_at < outcome_at:
        return Refusal("Nobody who asked has reviewed the outcome.", "Read it, and say what it means for the plan.")
    if told_at is None or told_at < outcome_at:
        return Refusal("The person has not been told the outcome.", "Tell them, and record how.")
    return None
