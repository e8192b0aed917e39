"""Breaking the glass, and ending it: what is opened, who is told, and who looks at whether it was right.

One transaction writes the opening, the promise to review it, the notice to the named GP (or cover, or the desk), and
the audit row, so that none is without the others. Time closes the record again; it ends neither promise nor notice.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from carestead.care import break_glass as rules
from carestead.care.machine import Refusal
from carestead.care.sides import Party
from carestead.care.templates import follow_ups
from carestead.core.calendar import LONDON
from carestead.reference.calendars import working_calendar
from carestead.store.access import Action, PersonFacts, may
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.audit.actions import record_write
from carestead.store.care.acting import NotPossibleError, NotThereError
from carestead.store.care.models import BreakGlass, Promise
from carestead.store.care.openings import opening_of
from carestead.store.care.promises import make_promise
from carestead.store.care.refusing import hold_to
from carestead.store.care.sending import send_message
from carestead.store.care.standing import owner_of
from carestead.store.care.telling import holder, tell_of_opening
from carestead.store.clocks import site_clocks

CONFIRMED = {"password": "typed their password again", "ticked": "ticked: this sign-in has no password"}
"""How whoever opens a record confirmed once more who they are."""


@transaction.atomic
def break_glass(
    *, person: PersonFacts | None, reason: str, words: str, knows: bool, by: Actor, confirmed: str = "ticked",
    at: datetime | None = None,
) -> BreakGlass:  # fmt: skip
    """Open one person's record to `by`, to read, for the hours of reference/care/break-glass.yaml. `reason` is one of
    its codes, `words` what has happened, `knows` that they confirmed to know who is told. While it is open, asking
    again gives what there is and changes nothing.

    Raises NotPossibleError without a reason, for a person who is not known, for whoever may see them already, and for
    whoever does not care for people.
    """
    now = at or timezone.now()
    if person is None:
        raise NotPossibleError("Nobody here is known by that.", "Check the NHS number and the date of birth.")
    hold_to(_actor_refusal(by), _needless(by, person), rules.refusal(reason, words, knows))
    if confirmed not in CONFIRMED:
        raise NotPossibleError(f"Nobody confirms who they are by {confirmed}.", f"Give one of: {', '.join(CONFIRMED)}.")
    # counted first: whoever opens it at the same instant is seen here, or has the same key and so the same promise
    key = f"break-glass/{person.person_id}/{by.username}/{_openings_before(by, person)}"
    if there := opening_of(by, person.person_id, now):
        return there
    said = rules.in_words(reason, words)
    review = _review(person, by, said, key, now)
    if there := BreakGlass.objects.filter(review_promise_id=review.pk).first():
        return there
    glass = BreakGlass.objects.create(
        person_id=person.person_id, username=by.username, name=by.name, reason=said, started_at=now,
        expires_at=rules.expires(now), review_promise_id=review.pk,
    )  # fmt: skip
    tell_of_opening(
        glass=glass, desk=person.group_code or person.practice_code or owner_of(review).code, by=by, at=now,
        words=_told(glass, by), review=review,
    )  # fmt: skip
    _audit("started", glass, by, confirmed=CONFIRMED[confirmed])
    return glass


@transaction.atomic
def end_break_glass(*, opening_id: int, by: Actor, words: str = "", at: datetime | None = None) -> BreakGlass:
    """Close one's own opening before its time; `words` are sent to whoever reviews it. One that is over stays as it
    is. Raises NotThereError when the actor has none such."""
    now = at or timezone.now()
    glass = BreakGlass.objects.select_for_update().filter(pk=opening_id, username=by.username).first()
    if glass is None:
        raise NotThereError("You have not opened that record.", "See which are open to you.")
    if glass.expires_at <= now:
        return glass
    glass.expires_at = max(now, glass.started_at + timedelta(microseconds=1))
    glass.save(update_fields=["expires_at"])
    if words.strip():
        review = Promise.objects.get(pk=glass.review_promise_id)
        send_message(
            to=owner_of(review), text=words, by=by, person_id=glass.person_id, about=(Promise.KIND, review.pk), at=now
        )
    _audit("stopped", glass, by)
    return glass


def _actor_refusal(by: Actor) -> Refusal | None:
    if by.role not in DIRECT_CARE:
        return Refusal("Only those who care for people open a record in an emergency.", "Ask somebody who does.")
    if not (by.practitioner_code or by.organisation_code):
        return Refusal("carestead does not know for whom you work.", "Ask whoever opened your account to add it.")
    return None


def _needless(by: Actor, person: PersonFacts) -> Refusal | None:
    verdict = may(by, Action.SEE, replace(person, opened_by=frozenset()))
    if not verdict.allowed:
        return None
    return Refusal(f"You may see this record already: {verdict.why}.", "Look for the person in your list.")


def _openings_before(by: Actor, person: PersonFacts) -> int:
    return BreakGlass.objects.filter(person_id=person.person_id, username=by.username).count()


def _review(person: PersonFacts, by: Actor, said: str, key: str, now: datetime) -> Promise:
    form, owner = follow_ups()[rules.REVIEW], _reviewer(person, by)
    return make_promise(
        person_id=person.person_id, owner=owner, requester=owner, what=form.what.format(who=by.name), why=said,
        done_means=form.done_means, template=rules.REVIEW, by=by, at=now,
        due_at=site_clocks()[rules.REVIEW].due(now, working_calendar()), key=key,
    )  # fmt: skip


def _reviewer(person: PersonFacts, by: Actor) -> Party:
    """The named GP; where there is none, or it is they who looked, the lead of the practice. Where no practice is
    known, the lead of whoever looked."""
    gp = holder(person.person_id, "named-gp")
    if gp and gp != by.practitioner_code:
        return Party("practitioner", gp)
    practice = person.practice_code or person.group_code or by.organisation_code
    if not practice:
        raise NotPossibleError(
            "Nobody could look at whether it was right: no practice is known.", "Ring the person's practice."
        )
    return Party("organisation", practice)


def _told(glass: BreakGlass, by: Actor) -> str:
    until = glass.expires_at.astimezone(LONDON)
    return (
        f"{by.name} ({by.role.title}) opened the record in an emergency, to read it until {until:%H:%M}. {glass.reason}"
    )


def _audit(subtype: str, glass: BreakGlass, by: Actor, **more: str) -> None:
    detail = {
        **rules.codes(subtype), "opening": glass.pk, "reason": glass.reason, "until": glass.expires_at.isoformat(),
        **more,
    }  # fmt: skip
    record_write(by=by, action=f"break-glass-{subtype}", people=[glass.person_id], detail=detail)
