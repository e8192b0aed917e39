"""The promise of contact after a discharge: made with the message, ended only as `care.follow_up` allows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from carestead.care import follow_up as rules
from carestead.care.machine import Refusal
from carestead.care.promise import OPEN
from carestead.core.calendar import LONDON
from carestead.core.finding import UsageError
from carestead.reference.calendars import working_calendar
from carestead.store.actor import Actor
from carestead.store.assign.models import LedgerEntry
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Alarm, Promise, Stay
from carestead.store.care.telling import holder, holder_or_cover
from carestead.store.clocks import site_clocks
from carestead.store.find.models import Enrolment


def promise(stay: Stay, desk: str, by: Actor, at: datetime) -> Promise | None:
    """The promise of contact for a finished stay: one, however often the discharge is told; another only when the
    person left again after the first was ended. None when none is due."""
    of_stay = Promise.objects.filter(stay_id=stay.pk, template=rules.facts()["template"])
    last = of_stay.exclude(state="entered-in-error").order_by("-pk").first()
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
    return site_clocks()[name].due(stay.discharged_at, working_calendar())


def guard(promise: Promise, act: str, given: Mapping[str, Any], at: datetime) -> Refusal | None:
    """Why an act cannot end a promise of contact after discharge; None for any other promise."""
    return rules.ending_refusal(act, given, _known(promise, at)) if _is_one(promise) else None


def ask_gp(promise: Promise, at: datetime) -> Alarm | None:
    """When enough attempts reached nobody, ask the named GP, or whoever covers, what to do: once. None before that."""
    if not _is_one(promise) or promise.attempts < rules.facts()["attempts"]:
        return None
    desk = Enrolment.objects.filter(person_id=promise.person_id).values_list("practice_code", flat=True).first()
    to = holder_or_cover(promise.person_id, "named-gp", at, desk or promise.owner_code)
    alarm, _ = Alarm.objects.get_or_create(
        key=_unreached(promise),
        defaults={
            "person_id": promise.person_id, "subject_kind": Promise.KIND, "subject_id": promise.pk,
            "milestone": "not-reached", "rung": "named-gp", "effect": "asks", "to_kind": to.kind, "to_code": to.code,
            "interrupts": True, "raised_at": at,
        },
    )  # fmt: skip
    return alarm


def _is_one(promise: Promise) -> bool:
    return promise.stay_id is not None and promise.template == rules.facts()["template"]


def _make(stay: Stay, last: Promise | None, desk: str, by: Actor, at: datetime) -> Promise:
    person_id, due, words = int(stay.person_id or 0), due_at(stay), rules.facts()
    owner = holder_or_cover(person_id, "coordinator", at, desk)
    made = Promise(
        person_id=person_id, state="ready", what=words["what"], done_means=words["done_means"], why=_why(stay),
        template=words["template"], owner_kind=owner.kind, owner_code=owner.code, requester_kind="practitioner",
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


def _known(promise: Promise, at: datetime) -> rules.Facts:
    stay = Stay.objects.filter(pk=promise.stay_id).first()
    left = stay.discharged_at if stay else None
    asked = Alarm.objects.filter(key=_unreached(promise), seen_at__isnull=False)
    return rules.Facts(
        at=at, discharged_at=left, discharge_stands=stay is not None and stay.state == "finished",
        in_hospital_again=_back(promise, left), died=_died(promise.person_id), attempts=promise.attempts,
        gp_knows=asked.exists(),
    )  # fmt: skip


def _died(person_id: int) -> bool:
    """What the store was told: by whoever ended the enrolment, or by a hospital."""
    ended = Enrolment.objects.filter(person_id=person_id, end_kind="died")
    return ended.exists() or Stay.objects.filter(person_id=person_id, disposition="died").exists()


def _back(promise: Promise, left: datetime | None) -> bool:
    """Whether another stay began since the discharge."""
    others = Stay.objects.filter(person_id=promise.person_id).exclude(pk=promise.stay_id).exclude(state="cancelled")
    began = Q(admitted_at__gte=left) if left else Q()
    return others.filter(began | Q(state="in-progress", admitted_at__isnull=True)).exists()


def _unreached(promise: Promise) -> str:
    return f"promise/{promise.pk}/not-reached"
