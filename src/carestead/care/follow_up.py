"""The contact that is promised when somebody leaves hospital, and what may end that promise. Time is not among it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from carestead.care.machine import Refusal
from carestead.reference import shared

_ENDS_UNMADE = ("fail", "cancel", "reject")
_ASKED = ("contact-made", "person-declined")


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
    """The words of the promise, the outcomes it may have, and how many attempts are enough."""
    return shared("care", "follow-up")


def ending_refusal(act: str, given: Mapping[str, Any], known: Facts) -> Refusal | None:
    """Why `act` cannot end the promise, beyond what every promise asks; None when it can, or when it ends nothing.

    To complete it, `given` holds `outcome`, `happened_at` and `evidence`.
    """
    if act == "complete":
        return _outcome_refusal(str(given.get("outcome") or ""), given, known)
    if act in _ENDS_UNMADE:
        return _unmade_refusal(known)
    if act == "correct" and known.discharge_stands:
        return Refusal("The hospital still says that the person left.", "Ask the hospital to take the discharge back.")
    return None


def _outcome_refusal(outcome: str, given: Mapping[str, Any], known: Facts) -> Refusal | None:
    if outcome not in facts()["outcomes"]:
        return Refusal("That is no end of a contact after discharge.", f"Say one of: {', '.join(facts()['outcomes'])}.")
    if outcome in _ASKED:
        return _contact_refusal(given, known)
    if outcome == "died" and not known.died:
        return Refusal("The record does not say that the person died.", "Record the death first.")
    if outcome == "readmitted" and not (known.in_hospital_again or not known.discharge_stands):
        return Refusal("No hospital says that the person is back.", "Make the contact, or record the admission.")
    return None


def _contact_refusal(given: Mapping[str, Any], known: Facts) -> Refusal | None:
    happened = given.get("happened_at")
    if not str(given.get("evidence") or "").strip():
        return Refusal("It does not say who was spoken to.", "Say who, and what they said; an attempt is no contact.")
    if happened is None or happened > known.at:
        return Refusal("The contact has not happened yet.", "Give the day and time when they spoke.")
    if known.discharged_at and happened < known.discharged_at:
        return Refusal("The contact was before the person left hospital.", "Speak to them again.")
    return None


def _unmade_refusal(known: Facts) -> Refusal | None:
    enough = facts()["attempts"]
    if not known.discharge_stands:
        return None
    if known.attempts < enough:
        what = f"Only {known.attempts} of {enough} attempts are recorded."
        return Refusal(what, "Try again, at another time or in another way, and record it.")
    if not known.gp_knows:
        return Refusal("The named GP has not seen yet that nobody can be reached.", "Ask the named GP what to do.")
    return None
