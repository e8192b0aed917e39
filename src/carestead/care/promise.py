"""A promise (FHIR Task): its states, who may move it, and what each move must carry.

States are the codes of FHIR R4 value set task-status. Guards follow the transition rules published with Santeon's
shared care planning and HL7's physical-activity guide (invariant pa-taskrm-1: a reason exactly when it is bad news),
tightened: no timer moves a promise, and its owner is never an editable field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from carestead.care.machine import SAME, Machine, Refusal, Transition, states

REQUESTER, OWNER, COVER, GP, AUTHOR = "requester", "owner", "cover", "accountable-gp", "author"
COORDINATOR = "coordinator"
"""The sides of a promise: who asked, who does it, who answers for the owner now, the named GP, who wrote it down, and
the care coordinator, who chases it whoever asked."""

ASKED = states("requested", "received")
DOING = states("accepted", "in-progress")
OPEN = ASKED | DOING | states("draft", "ready", "on-hold")
ENDED = states("completed", "failed", "rejected", "cancelled", "entered-in-error")
BAD_NEWS = states("rejected", "failed")
"""Ends after which the requester must decide what next."""

_OWNER, _EITHER = states(OWNER, COVER), states(OWNER, COVER, REQUESTER)
_DECIDES = states(REQUESTER, GP, COORDINATOR)
_EVERYBODY = states(REQUESTER, OWNER, COVER, GP, COORDINATOR, AUTHOR, "lead")

PROMISE = Machine(
    "promise",
    initial=states("draft", "requested", "ready"),
    ended=ENDED,
    labels={
        "draft": "not sent yet",
        "requested": "asked, not opened",
        "received": "opened, not answered",
        "ready": "to do",
        "in-progress": "begun",
        "rejected": "refused",
        "failed": "not possible",
        "completed": "kept",
        "entered-in-error": "entered in error",
    },
    transitions=(
        Transition("ask", states("draft"), "requested", states(REQUESTER), ("owner", "due", "done_means"), "asked"),
        Transition("open", states("requested"), "received", _OWNER, (), "opened"),
        Transition("accept", ASKED, "accepted", _EITHER | {COORDINATOR}, ("accepted_by", "channel"), "accepted"),
        Transition("reject", ASKED | states("accepted"), "rejected", _OWNER, ("reason",), "refused"),
        Transition("begin", states("accepted"), "in-progress", _OWNER, ("happened_at",), "begun"),
        Transition("hold", DOING, "on-hold", _EITHER, ("reason", "resume_on"), "put on hold"),
        Transition("resume", states("on-hold"), "in-progress", _EITHER, (), "resumed"),
        Transition("complete", DOING | states("ready"), "completed", _OWNER, ("outcome", "happened_at"), "kept"),
        Transition("fail", DOING | states("ready", "on-hold"), "failed", _OWNER, ("reason",), "given up"),
        Transition("cancel", OPEN, "cancelled", states(REQUESTER, GP, COVER), ("reason",), "cancelled"),
        Transition("correct", OPEN | ENDED, "entered-in-error", states(AUTHOR, "lead"), ("reason",), "corrected"),
        Transition("attempt", DOING | states("ready"), SAME, _OWNER, ("happened_at", "note"), "tried"),
        Transition("note", OPEN, SAME, _EVERYBODY, ("note",), "noted"),
        Transition("offer-date", DOING | ASKED, SAME, _OWNER, ("new_due", "reason"), "given a new date"),
        Transition("agree-date", DOING | ASKED, SAME, states(REQUESTER), (), "agreed to"),
        Transition("keep-date", DOING | ASKED, SAME, states(REQUESTER), (), "kept to its date"),
        Transition("acknowledge", states("cancelled"), SAME, _OWNER, (), "acknowledged"),
        Transition("decide-next", BAD_NEWS, SAME, _DECIDES, ("note",), "decided"),
        # whoever it was done for may say that it was not: a new promise then says so, and this one stays as it is
        Transition("not-done", states("completed"), SAME, _DECIDES | {"person", "carer"}, ("reason",), "disputed"),
    ),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a promise must have before it can be asked of anybody. `owner` and `requester` are codes; `due` is aware."""

    owner: str
    requester: str
    due: datetime | None
    what: str
    done_means: str
    consent_allows: bool = True


def terms_refusal(terms: Terms) -> Refusal | None:
    """Why these terms make no promise (owner, requester, due and 'done means', each exactly one); None when they do."""
    if not terms.owner:
        return Refusal("The promise has no owner.", "Choose one person or team that will do it.")
    if not terms.requester:
        return Refusal("The promise has no requester.", "Say who asks for it.")
    if terms.due is None:
        return Refusal("The promise has no due time.", "Give the day, and the time if it matters.")
    if not terms.what.strip():
        return Refusal("The promise does not say what is to be done.", "Say it in a few words.")
    if not terms.done_means.strip():
        return Refusal(
            "The promise does not say how one will know that it is done.", "Finish the words: done means ..."
        )
    if not terms.consent_allows:
        return Refusal(
            "The person has not agreed that this team sees what the promise would tell it.",
            "Ask the person first, or ask a team they agreed to.",
        )
    return None


def refusal(state: str, act: str, sides: frozenset[str], given: Mapping[str, Any]) -> Refusal | None:
    """Why `act` is not possible for somebody on `sides`. Beyond the table: a requester may accept for the owner only
    by telephone or letter, naming who accepted."""
    if told_no := PROMISE.refusal(state, act, sides, given):
        return told_no
    if act == "accept" and not sides & {OWNER, COVER} and given.get("channel") not in ("phone", "letter"):
        return Refusal("The owner has not said yes here.", "Record their yes by phone or letter, with their name.")
    return None
