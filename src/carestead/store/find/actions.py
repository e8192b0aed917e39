"""What a clinician decides about a person proposed for the register. The system proposes; these are the decisions."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor
from carestead.store.assign.actions import open_responsibility
from carestead.store.assign.models import SharedRole
from carestead.store.audit.actions import record_write
from carestead.store.find.models import Decision, Enrolment


class DecidedMeanwhileError(CaresteadError):
    """Somebody else decided between this person's reading the page and their decision."""


class DecisionRefusedError(CaresteadError):
    """The decision cannot be taken as it was put: a reason or a holder is missing."""


@dataclass(frozen=True)
class Shown:
    """What the proposal showed: the day of its run, and the lists and reasons as in table register_entry."""

    on: date
    cohorts: str
    reasons: str


@transaction.atomic
def accept_proposal(
    *, person_id: int, version: int, practice_code: str, named_gp_code: str, coordinator_code: str, by: Actor,
    shown: Shown | None = None,
) -> Enrolment:  # fmt: skip
    """Enrol a person and make both holders responsible from now.

    `version` is what the page showed (0 when nobody had decided), `shown` why it proposed the person. Raises
    DecidedMeanwhileError when it is no longer so, DecisionRefusedError when a holder is missing: an enrolled person
    always has both.
    """
    if not named_gp_code or not coordinator_code:
        missing = "named GP" if not named_gp_code else "coordinator"
        raise DecisionRefusedError(
            f"There is no {missing} for this person, and an enrolled person always has one.", f"Choose a {missing}."
        )
    if named_gp_code == coordinator_code and not _may_share(practice_code):
        raise DecisionRefusedError(
            "The named GP and the care coordinator must be two people, so that one can chase the other.",
            "Choose another coordinator, or agree a dated exception for a single-handed practice.",
        )
    enrolment = _decide(person_id, version, practice_code, "accepted", "", None, by, shown)
    open_responsibility(person_id=person_id, role="named-gp", practitioner_code=named_gp_code, by=by)
    open_responsibility(person_id=person_id, role="coordinator", practitioner_code=coordinator_code, by=by)
    return enrolment


@transaction.atomic
def defer_proposal(
    *, person_id: int, version: int, practice_code: str, reason: str, review_on: date, by: Actor,
    shown: Shown | None = None,
) -> Enrolment:  # fmt: skip
    """Put the decision off until `review_on`, with a reason. Raises as `accept_proposal`."""
    return _decide(person_id, version, practice_code, "deferred", reason, review_on, by, shown)


@transaction.atomic
def decline_proposal(
    *, person_id: int, version: int, practice_code: str, reason: str, by: Actor, shown: Shown | None = None
) -> Enrolment:
    """Decide against enrolling, with a reason. It closes no door: the person is proposed again when something has
    changed since what was `shown`."""
    return _decide(person_id, version, practice_code, "declined", reason, None, by, shown)


def _may_share(practice_code: str) -> bool:
    """Whether a dated exception lets one person be both at the practice today."""
    today = timezone.localdate()
    return SharedRole.objects.filter(practice_code=practice_code, start__lte=today, end__gt=today).exists()


def _decide(
    person_id: int, version: int, practice_code: str, state: str, reason: str, review_on: date | None, by: Actor,
    shown: Shown | None,
) -> Enrolment:  # fmt: skip
    if state != "accepted" and not reason.strip():
        raise DecisionRefusedError("The decision has no reason.", "Say in a few words why.")
    now = timezone.now()
    facts = {
        "state": state,
        "reason": reason.strip(),
        "review_on": review_on,
        "decided_by": by.name,
        "decided_at": now,
        "shown_on": shown.on if shown else None,
        "shown_cohorts": shown.cohorts if shown else "",
        "shown_reasons": shown.reasons if shown else "",
    }
    _write_current(person_id, version, {**facts, "practice_code": practice_code})
    Decision.objects.create(person_id=person_id, version=version + 1, **facts)
    record_write(by=by, action=f"proposal-{state}", people=[person_id], detail={"reason": reason.strip()})
    return Enrolment.objects.get(person_id=person_id)


def _write_current(person_id: int, version: int, facts: dict[str, object]) -> None:
    # An enrolled person has two people responsible; ending that is a decision of its own, not a second answer here.
    open_to_decision = Enrolment.objects.filter(person_id=person_id, version=version).exclude(state="accepted")
    if version and open_to_decision.update(**facts, version=version + 1):
        return
    if not version:
        try:
            with transaction.atomic():
                Enrolment.objects.create(person_id=person_id, version=1, **facts)
            return
        except IntegrityError:
            pass
    now = Enrolment.objects.filter(person_id=person_id).first()
    said = f"{now.decided_by} has already decided: {now.get_state_display().lower()}." if now else "It has changed."
    raise DecidedMeanwhileError(said, "Read the page again before you decide.")
