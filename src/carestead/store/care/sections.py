"""What a plan says under one heading, each with a version of its own; who wrote it when stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.care.headings import WRITTEN_ANY_TIME, heading_refusal
from carestead.store.actor import Actor
from carestead.store.care.log import Act, ChangedMeanwhileError, begin, change
from carestead.store.care.models import Plan, PlanSection
from carestead.store.care.plans import only_a_draft, reopen, writing_refusal
from carestead.store.care.refusing import ahead, hold_to, locked


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: a heading of a part, in the part's `number`-th plan of its kind."""

    part: str
    heading: str
    number: int = 1


@transaction.atomic
def write_section(
    *, plan_id: int, place: Place, text: str, version: int, by: Actor, review_on: date | None = None,
    responsible_code: str = "", at: datetime | None = None,
) -> PlanSection:  # fmt: skip
    """Write `text`, as typed, under a heading. `version` is that of the section as it was read, 0 when there was none.

    Raises ChangedMeanwhileError, with the section as it now is, when somebody else wrote it since; NotPossibleError for
    an unknown heading, and in a signed plan for everything but the person's own words (About me).
    """
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    hold_to(
        heading_refusal(place.part, place.heading, place.number),
        None if place.part in WRITTEN_ANY_TIME else only_a_draft(plan),
        writing_refusal(plan, by),
        ahead(review_on, now),
    )
    said = {
        "text": text,
        "review_on": review_on,
        "responsible_code": responsible_code,
        "written_by": by.name,
        "written_by_code": by.practitioner_code,
        "written_at": now,
    }
    section = _write(plan, place, version, said, Act("write", by, recorded_at=now))
    if place.part not in WRITTEN_ANY_TIME:
        reopen(plan, by=by, at=now)
    return section


def _write(plan: Plan, place: Place, version: int, said: Mapping[str, object], act: Act) -> PlanSection:
    at = {"plan_id": plan.pk, "part": place.part, "number": place.number, "heading": place.heading}
    there = PlanSection.objects.filter(**at).first()
    if there is not None:
        return change(there, act, version=version, **said)
    if version:
        raise ChangedMeanwhileError(None)
    try:
        with transaction.atomic():
            return begin(PlanSection(person_id=plan.person_id, **at, **said), act)
    except IntegrityError as raced:
        raise ChangedMeanwhileError(PlanSection.objects.filter(**at).first()) from raced


def sections(plan_id: int) -> dict[tuple[str, int, str], PlanSection]:
    """What a plan says, by part, number and heading."""
    return {(s.part, s.number, s.heading): s for s in PlanSection.objects.filter(plan_id=plan_id)}
