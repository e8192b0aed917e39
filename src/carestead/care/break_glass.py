"""Breaking the glass: somebody without a part in a person's care reads their record all the same, for a reason and a
time. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from carestead.care.machine import Refusal
from carestead.core.calendar import utc
from carestead.reference import shared

REVIEW = "break-glass-review"
"""The clock of the review, and the template of the promise to make it."""


def reasons() -> Mapping[str, str]:
    """The reasons one may choose from, code to words, in the order of reference/care/break-glass.yaml."""
    return dict(shared("care", "break-glass")["reasons"])


def lasts() -> timedelta:
    """How long a record stays open."""
    return timedelta(hours=shared("care", "break-glass")["hours"])


def expires(start: datetime) -> datetime:
    """When a record opened at the aware instant `start` closes by itself (UTC)."""
    return utc(start) + lasts()


def in_words(reason: str, words: str) -> str:
    """The reason as it is kept: the one chosen, and what was typed."""
    return f"{reasons()[reason]}: {words.strip()}"


def codes(subtype: str) -> dict[str, Any]:
    """How the audit codes an opening (`started`) or its end before the time (`stopped`): type, subtype, purpose."""
    said = shared("care", "break-glass")["audit"]
    return {"type": said["type"], "subtype": said[subtype], "purpose_of_use": said["purpose"]}


def refusal(reason: str, words: str, knows: bool) -> Refusal | None:
    """Why what was said does not open a record. `knows`: they have confirmed that they know who is told."""
    if reason not in reasons():
        return Refusal("No reason is chosen.", "Choose why you must see the record now.")
    if not words.strip():
        return Refusal("The reason has no words of yours.", "Say in a few words what has happened.")
    if not knows:
        return Refusal("It is not confirmed.", "Tick that you know who is told, and that the person can see it.")
    return None


def review_refusal(template: str, act: str, given: Mapping[str, Any]) -> Refusal | None:
    """Why `act` does not end a review; None when it does, and for every other template. That somebody looked does not
    go away, so nobody can say that its review is no longer wanted."""
    if template != REVIEW:
        return None
    if act == "cancel":
        return Refusal("A review is not cancelled.", "Look at whether it was right, and write down what you found.")
    wrong = act == "complete" and given.get("outcome") == "was-not-right"
    if wrong and not str(given.get("evidence") or "").strip():
        return Refusal("It was not right, and nothing is said of it.", "Say in a few words what is done about it.")
    return None
