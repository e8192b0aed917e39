"""Something that went wrong, followed up: cause, promise, effect measured. It closes only with that evidence."""

from datetime import date

from carestead.care.machine import Refusal

CAUSES = {
    "no-capacity": "Nobody had room to do it",
    "refused": "It was refused",
    "not-told": "Somebody was not told",
    "wrong-person": "It was asked of the wrong person",
    "could-not-reach": "Somebody could not be reached",
    "record-not-seen": "The record was not seen",
}
"""Causes are of the system: none of them is a name."""


def finding_refusal(what: str, cause: str) -> Refusal | None:
    """Why this is no finding yet."""
    if not what.strip():
        return Refusal("It does not say what went wrong.", "Say it in a few words, without names.")
    if cause not in CAUSES:
        return Refusal(f"There is no cause {cause or 'given'}.", f"Choose one of: {', '.join(CAUSES)}.")
    return None


def effect_refusal(effect: str, measured_on: date | None, *, found_on: date, today: date) -> Refusal | None:
    """Why this is no measured effect: it says nothing, or its day lies before the finding or after today."""
    if not effect.strip():
        return Refusal("It does not say what changed.", "Say what was measured, before and after.")
    if measured_on is None or not found_on <= measured_on <= today:
        return Refusal(
            "The day of measuring does not lie between the finding and today.",
            f"Give a day from {found_on:%-d %B %Y} to {today:%-d %B %Y}.",
        )
    return None


def closing_refusal(promise_state: str | None, effect: str) -> Refusal | None:
    """Why a lesson cannot be closed: nothing was promised, it was not kept, or nobody measured whether it helped."""
    if promise_state is None:
        return Refusal("Nobody has promised to do anything about it.", "Make a promise with an owner and a day.")
    if promise_state != "completed":
        return Refusal("Its promise is not kept.", "Keep it, or make another promise in its place.")
    if not effect.strip():
        return Refusal("Nobody has measured whether it helped.", "Measure it, and say what changed.")
    return None
