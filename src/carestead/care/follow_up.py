"""The contact that is promised when somebody leaves hospital, and what may end that promise. Time is not among it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from carestead.care.machine import Refusal
from carestead.reference import shared

TEMPLATE = "after-discharge"
"""The template of such a promise, by which it is known."""

_ENDS_UNMADE = ("fail", "cancel", "reject")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when somebody wants to end it, at the aware instant `at`. `discharge_stands` is False once the
    hospital has taken the discharge back; `gp_knows` True when the named GP has seen that nobody can be reached."""

    at: datetime
    discharged_at: datetime | None
    discharge_stands: bool = True
    in_hospital_again: bool = False
    died: bool = False
    attempts: int = 0
    gp_knows: bool = False


def facts() -> Mapping[str, Any]:
    """The words of the promise, how many attempts are enough, and the reasons why it may end unmade."""
    return shared("care", "follow-up")


def ending_refusal(act: str, given: Mapping[str, Any], known: Facts) -> Refusal | None:
    """Why `act` cannot end the promise, beyond what every promise asks; None when it can, or when it ends nothing.

    `given` holds `spoke_to` and `happened_at` when it was kept, `because` (a name of `facts()["because"]`) when not.
    """
    if act == "complete":
        return _contact_refusal(given, known)
    if act in _ENDS_UNMADE:
        return _unmade_refusal(str(given.get("because") or ""), known)
    if act == "correct" and known.discharge_stands:
        return Refusal("The hospital still says that the person left.", "Ask the hospital to take the discharge back.")
    return None


def _contact_refusal(given: Mapping[str, Any], known: Facts) -> Refusal | None:
    happened = given.get("happened_at")
    if not str(given.get("spoke_to") or "").strip():
        return Refusal("It does not say who was spoken to.", "Name the person or carer; an attempt is no contact.")
    if happened is None or happened > known.at:
        return Refusal("The contact has not happened yet.", "Give the day and time when they spoke.")
    if known.discharged_at and happened < known.discharged_at:
        return Refusal("The contact was before the person left hospital.", "Speak to them again.")
    return None


def _unmade_refusal(because: str, known: Facts) -> Refusal | None:
    reasons = facts()["because"]
    if because not in reasons:
        return Refusal("It does not say why the contact is not made.", f"Say one of: {', '.join(reasons)}.")
    if because == "died" and not known.died:
        return Refusal("The record does not say that the person died.", "Record the death first.")
    if because == "readmitted" and not (known.in_hospital_again or not known.discharge_stands):
        return Refusal("No hospital says that the person is back.", "Make the contact, or record the admission.")
    return _not_reached_refusal(known) if because == "not-reached" else None


def _not_reached_refusal(known: Facts) -> Refusal | None:
    enough = facts()["attempts"]
    if known.attempts < enough:
        what = f"Only {known.attempts} of {enough} attempts are recorded."
        return Refusal(what, "Try again, at another time or in another way, and record it.")
    if not known.gp_knows:
        return Refusal("The named GP has not seen yet that nobody can be reached.", "Ask the named GP what to do.")
    return None
