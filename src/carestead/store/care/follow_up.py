"""The promise of contact after a discharge: made with the message, ended only as `care.follow_up` allows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from carestead.care import follow_up as rules
from carestead.care.clocks import clocks
from carestead.care.machine import Refusal
from carestead.care.promise import OPEN
from carestead.core.calendar import LONDON
from carestead.core.finding import UsageError
from carestead.reference.calendars import working_calendar
from carestead.store.actor import Actor
from carestead.store.assign.models import LedgerEntry
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Notice, Promise, Stay
from carestead.store.care.people import Known
from carestead.store.care.telling import holder, holder_or_cover, tell

NOT_REACHED = "not-reached"


def promise(stay: Stay, desk: str, by: Actor, at: datetime) -> Promise | None:
    """The promise of contact for a finished stay: one, however often the discharge is told; another only when the
    person left again after the first was ended. None when none is due."""
    last = Promise.objects.filter(stay_id=stay.pk).exclude(state="entered-in-error").order_by("-pk").first()
    if last is not None and last.state in OPEN:
        return _keep_up(last, stay, by, at)
    again = last is not None and stay.discharge_heard_at is not None and last.ended_at < stay.discharge_heard_at
    if not is_due(stay) or (last is not None and not again):
        return last
    return _make(stay, last, desk, by, at)


def is_due(stay: Stay) -> bool:
    """Whether a finished stay asks for contact: the person lives, and was enrolled before its clock ran out."""
    if stay.discharged_at is None or stay.disposition == "died":
        return False
    since = LedgerEntry.objects.filter(person_id=stay.person_id, role="named-gp").exclude(basis="ended")
    ended = (
        LedgerEntry.objects.filter(person_id=stay.person_id, role="named-gp", basis="ended").order_by("-seq").first()
    )
    first = (since.filter(seq__gt=ended.seq) if ended else since).order_by("seq").first()
    return first is not None and first.start <= due_at(stay)


def due_at(stay: Stay) -> datetime:
    """When the contact is due, counted from the discharge as the hospital tells it, not from when we heard."""
    name = "mental-health-follow-up" if stay.mental_health else "discharge-contact"
    if stay.discharged_at is None:
        raise UsageError("The person has not left hospital.", "Wait for the discharge.")
    return clocks()[name].due(stay.discharged_at, working_calendar())


def guard(promise: Promise, act: str, given: Mapping[str, Any], person: Known, at: datetime) -> Refusal | None:
    """Why an act cannot end a promise of contact; None for other promises. Every action that ends promises asks it."""
    if promise.stay_id is None or promise.template != rules.TEMPLATE:
        return None
    return rules.ending_refusal(act, given, _known(promise, person, at))


@transaction.atomic
def contact_made(
    *, promise: Promise, version: int, spoke_to: str, happened_at: datetime, note: str, person: Known, by: Actor,
    at: datetime | None = None,
) -> Promise:  # fmt: skip
    """Somebody spoke to the person, or to who cares for them. Raises UsageError when that is no contact since they
    left, ChangedMeanwhileError when `version` is no longer so."""
    now = at or timezone.now()
    given = {"spoke_to": spoke_to, "happened_at": happened_at, "note": note}
    _allow(promise, "complete", given, person, now)
    act = Act("complete", by, happened_at, now, given)
    return change(
        promise, act, version=version, state="completed", outcome=rules.facts()["outcome"], happened_at=happened_at,
        evidence=f"Spoke to {spoke_to}. {note}".strip(), ended_at=now,
    )  # fmt: skip


@transaction.atomic
def contact_not_made(
    *, promise: Promise, version: int, because: str, note: str, person: Known, by: Actor, at: datetime | None = None
) -> Promise:
    """End it unmade, `because` of one of the reasons in reference/care/follow-up.yaml. Raises as `contact_made`."""
    now = at or timezone.now()
    given = {"because": because, "note": note}
    _allow(promise, "fail", given, person, now)
    reason = f"{rules.facts()['because'][because]}. {note}".strip()
    return change(
        promise, Act("fail", by, now, now, given), version=version, state="failed", outcome=because, reason=reason,
        ended_at=now,
    )  # fmt: skip


@transaction.atomic
def tried(*, promise: Promise, version: int, note: str, by: Actor, happened_at: datetime, desk: str,
          at: datetime | None = None) -> Promise:  # fmt: skip
    """An attempt that reached nobody. When there were enough, the named GP (or who covers) is told."""
    now = at or timezone.now()
    if promise.state not in OPEN:
        raise UsageError("This promise has ended.", "Read it again.")
    done = change(
        promise, Act("attempt", by, happened_at, now, {"note": note, "happened_at": happened_at}), version=version,
        attempts=promise.attempts + 1,
    )  # fmt: skip
    tell_when_enough(done, desk, by, now)
    return done


def tell_when_enough(promise: Promise, desk: str, by: Actor, at: datetime) -> None:
    """Tell the named GP, or who covers, that enough attempts reached nobody. Of other promises: nothing."""
    stay = Stay.objects.filter(pk=promise.stay_id).first()
    if stay is None or promise.template != rules.TEMPLATE or promise.attempts < rules.facts()["attempts"]:
        return
    facts = {"promise": promise.pk, "attempts": promise.attempts}
    tell(
        person_id=promise.person_id, about=NOT_REACHED, stay=stay, desk=desk, roles=("named-gp",), by=by, facts=facts,
        at=at, again=str(promise.pk),
    )  # fmt: skip


def _make(stay: Stay, last: Promise | None, desk: str, by: Actor, at: datetime) -> Promise:
    person_id, due, words = int(stay.person_id or 0), due_at(stay), rules.facts()
    owner = holder_or_cover(person_id, "coordinator", at, desk)
    made = Promise(
        person_id=person_id, state="ready", what=words["what"], done_means=words["done_means"], why=_why(stay),
        template=rules.TEMPLATE, owner_kind=owner.kind, owner_code=owner.code, requester_kind="practitioner",
        requester_code=holder(person_id, "named-gp"), author_username=by.username, asked_at=at, due_at=due,
        first_due_at=due, stay_id=stay.pk, replaces_id=last.pk if last else None,
    )  # fmt: skip
    return begin(made, Act("ask", by, at, at, key=f"follow-up:{stay.pk}:{last.pk if last else 0}"))


def _keep_up(promise: Promise, stay: Stay, by: Actor, at: datetime) -> Promise:
    """The hospital corrected the time of the discharge, so the clock began at another instant. A date that somebody
    agreed since stands."""
    if stay.discharged_at is None or promise.due_at != promise.first_due_at or promise.due_at == due_at(stay):
        return promise
    due = due_at(stay)
    act = Act("discharge-corrected", by, at, at)
    return change(promise, act, version=promise.version, due_at=due, first_due_at=due, why=_why(stay))


def _why(stay: Stay) -> str:
    left = stay.discharged_at.astimezone(LONDON) if stay.discharged_at else None
    place = stay.ward or stay.organisation_code or "hospital"
    return f"Left {place} on {left:%-d %B %Y at %H:%M}" if left else f"Left {place}"


def _allow(promise: Promise, act: str, given: Mapping[str, Any], person: Known, at: datetime) -> None:
    refused = guard(promise, act, given, person, at)
    if promise.state not in OPEN:
        refused = Refusal("This promise has ended.", "Read it again.")
    if refused:
        raise UsageError(refused.what, refused.do)


def _known(promise: Promise, person: Known, at: datetime) -> rules.Facts:
    stay = Stay.objects.filter(pk=promise.stay_id).first()
    left = stay.discharged_at if stay else None
    others = Stay.objects.filter(person_id=promise.person_id).exclude(pk=promise.stay_id).exclude(state="cancelled")
    back = (
        others.filter(Q(admitted_at__gte=left) | Q(state="in-progress", admitted_at__isnull=True)) if left else others
    )
    told = Notice.objects.filter(about=NOT_REACHED, subject_kind="stay", subject_id=promise.stay_id, state="seen")
    return rules.Facts(
        at=at, discharged_at=left, discharge_stands=stay is not None and stay.state == "finished",
        in_hospital_again=back.exists(), died=person.died_on is not None, attempts=promise.attempts,
        gp_knows=any(n.facts_told.get("promise") == promise.pk for n in told),
    )  # fmt: skip
