"""What a plan says under one heading, each with a version of its own; who wrote it when stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.care import plan as rules
from carestead.care.headings import ABOUT_ME, WRITTEN_ANY_TIME, heading_refusal
from carestead.care.machine import Refusal
from carestead.care.sharing import may_see
from carestead.store.actor import OWN_PAGE, Actor, Role
from carestead.store.care.log import Act, ChangedMeanwhileError, begin, change
from carestead.store.care.models import Plan, PlanSection
from carestead.store.care.own_page import tell_of_own_page
from carestead.store.care.plans import LIVE, only_a_draft, reopen, sides, start_with_own_words, writing_refusal
from carestead.store.care.refusing import ahead, hold_to, locked
from carestead.store.care.sharing import choices


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

    The person's own words (About me) are written in every version that is not ended: the one that holds and the one
    being written never say different things of them. The person writes them too, and their carer if the person lets
    them see that part.

    Raises ChangedMeanwhileError, with the section as it now is, when somebody else wrote it since; NotPossibleError for
    an unknown heading, and in a signed plan for everything but the person's own words.
    """
    now, own = at or timezone.now(), place.part in WRITTEN_ANY_TIME
    others = _other_versions(plan_id) if own else []
    plan = locked(Plan, plan_id)
    hold_to(
        heading_refusal(place.part, place.heading, place.number),
        _own_words_refusal(plan, place, by) if own else only_a_draft(plan) or writing_refusal(plan, by),
        ahead(review_on, now),
    )
    said = {
        "text": text,
        "review_on": review_on,
        "responsible_code": responsible_code,
        "written_by": by.name,
        "written_by_code": by.role.value if by.role in OWN_PAGE else by.practitioner_code,
        "written_at": now,
    }
    section = _write(plan, place, version, said, Act("write", by, recorded_at=now))
    for other in others:
        act = Act("write", by, recorded_at=now, given={"with_plan": plan.pk})
        _write(other, place, _version(other, place), said, act)
    if own:
        tell_of_own_page(person_id=plan.person_id, did="about-me", by=by, at=now)
    else:
        reopen(plan, by=by, at=now)
    return section


@transaction.atomic
def write_own_words(
    *, person_id: int, heading: str, text: str, version: int, by: Actor, at: datetime | None = None
) -> PlanSection:
    """What the person, or their carer, writes under a heading of About me, kept as typed. Raises as `write_section`."""
    now = at or timezone.now()
    place = Place(ABOUT_ME.id, heading)
    hold_to(heading_refusal(ABOUT_ME.id, heading, place.number), _carer_refusal(person_id, place, by))
    plan = start_with_own_words(person_id=person_id, by=by, at=now)
    return write_section(plan_id=plan.pk, place=place, text=text, version=version, by=by, at=now)


def _other_versions(plan_id: int) -> list[Plan]:
    """The person's other plans that are not ended, held like the plan itself: the younger first, as signing does."""
    person = Plan.objects.filter(pk=plan_id).values("person_id")
    every = Plan.objects.filter(person_id__in=person, state__in=("draft", *LIVE)).order_by("-pk")
    return [p for p in every.select_for_update() if p.pk != plan_id]


def _own_words_refusal(plan: Plan, place: Place, by: Actor) -> Refusal | None:
    on = sides(by, plan.person_id)
    refusal = rules.PLAN.refusal(plan.state, "write-own-words", on, {})
    return refusal or _carer_refusal(plan.person_id, place, by)


def _carer_refusal(person_id: int, place: Place, by: Actor) -> Refusal | None:
    """A carer writes what the person lets them see."""
    if by.role is not Role.CARER or may_see(place.part, Role.CARER.value, choices(person_id)):
        return None
    return Refusal(
        "The person has not said that their carer may see this part.", "Ask them, or their care coordinator, first."
    )


def _version(plan: Plan, place: Place) -> int:
    there = sections(plan.pk).get((place.part, place.number, place.heading))
    return there.version if there else 0


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
