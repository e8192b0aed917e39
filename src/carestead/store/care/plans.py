"""Beginning a care and support plan and writing its facts; who stands where towards it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from carestead.care import plan as rules
from carestead.care.machine import Refusal
from carestead.care.sides import Party
from carestead.store.actor import DIRECT_CARE, OWN_PAGE, Actor, Role
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Plan, PlanSection
from carestead.store.care.refusing import ahead, hold_to, locked
from carestead.store.care.standing import standpoint
from carestead.store.care.telling import holder
from carestead.store.find.models import Enrolment

LIVE = ("active", "on-hold")

_OWN_SIDE = {Role.PERSON: rules.PERSON, Role.CARER: rules.CARER}


def sides(by: Actor, person_id: int, at: datetime | None = None) -> frozenset[str]:
    """On which sides of this person's plan somebody stands at `at` (now): the accountable GP is whoever the ledger
    names, and the cover whoever answers for them."""
    if by.role in OWN_PAGE:
        return frozenset({_OWN_SIDE[by.role]} if by.person_id == person_id else ())
    if by.role not in DIRECT_CARE:
        return frozenset()
    own = {rules.TEAM}
    if by.role is Role.CARE_COORDINATOR:
        own.add(rules.COORDINATOR)
    if by.role is Role.LEAD:
        own.add("lead")
    gp = holder(person_id, "named-gp")
    if gp and gp == by.practitioner_code:
        own.add(rules.GP)
    elif gp and _answers_for(gp, by, at or timezone.now()):
        own.add(rules.COVER)
    return frozenset(own)


def is_named_gp(by: Actor, person_id: int) -> bool:
    """True for the person's named GP, as the ledger has it now."""
    return bool(by.practitioner_code) and holder(person_id, "named-gp") == by.practitioner_code


def answered_gp(by: Actor, person_id: int, at: datetime) -> str:
    """The code of the person's named GP when they are away at `at` and `by` answers for them; else empty."""
    gp = holder(person_id, "named-gp")
    return gp if gp and _answers_for(gp, by, at) else ""


def _answers_for(gp: str, by: Actor, at: datetime) -> bool:
    return standpoint(by, at).stands_in_for(Party("practitioner", gp))


def active_plan(person_id: int) -> Plan | None:
    """The signed plan that holds now, also while it is on hold."""
    return Plan.objects.filter(person_id=person_id, state__in=LIVE).first()


def draft_plan(person_id: int) -> Plan | None:
    """The plan being written, of which there is one at most."""
    return Plan.objects.filter(person_id=person_id, state="draft").first()


@transaction.atomic
def start_plan(*, person_id: int, by: Actor, at: datetime | None = None) -> Plan:
    """Begin to write a plan. Beside a signed plan it is its next version: sections are copied, and the signed one holds
    until the new one is signed. Raises NotPossibleError for somebody who is not enrolled, and when one is being
    written."""
    now = at or timezone.now()
    hold_to(_starting_refusal(person_id, sides(by, person_id)))
    return _begun(person_id, by, now)


@transaction.atomic
def start_with_own_words(*, person_id: int, by: Actor, at: datetime | None = None) -> Plan:
    """The plan in which the person's own words are written: the one that holds, else the one being written. Where there
    is none the person, or their carer, begins it: what matters to them may come before anything else."""
    now = at or timezone.now()
    if plan := active_plan(person_id) or draft_plan(person_id):
        return plan
    hold_to(_own_words_refusal(person_id, sides(by, person_id)))
    try:
        return _begun(person_id, by, now)
    except NotPossibleError:
        if begun_meanwhile := draft_plan(person_id):
            return begun_meanwhile
        raise


def _begun(person_id: int, by: Actor, now: datetime) -> Plan:
    before = active_plan(person_id)
    facts = {n: getattr(before, n) for n in ("location", "funding_source", "review_by_code")} if before else {}
    made = Plan(person_id=person_id, state="draft", written_at=now, **facts)
    try:
        with transaction.atomic():
            plan = begin(made, Act("start", by, recorded_at=now))
    except IntegrityError as raced:
        raise NotPossibleError(_WRITTEN.what, _WRITTEN.do) from raced
    for section in PlanSection.objects.filter(plan_id=before.pk).order_by("pk") if before else ():
        act = Act("copy", by, recorded_at=now, given={"from_plan": section.plan_id})
        begin(PlanSection(**{**_fields(section), "plan_id": plan.pk}), act)
    return plan


_WRITTEN = Refusal("A plan is being written already.", "Open that one and go on with it.")


def _starting_refusal(person_id: int, on: frozenset[str]) -> Refusal | None:
    if rules.TEAM not in on:
        return Refusal("Only those who care for the person begin a plan.", "Ask the care coordinator to begin one.")
    if not Enrolment.objects.filter(person_id=person_id, state="accepted").exists():
        return Refusal("The person is not enrolled.", "Enrol them first: a plan needs a named GP who signs it.")
    return _WRITTEN if draft_plan(person_id) else None


def _own_words_refusal(person_id: int, on: frozenset[str]) -> Refusal | None:
    if not on & {rules.PERSON, rules.CARER}:
        return Refusal("Only the person and their carer write on the person's own page.", "Write in the plan instead.")
    if not Enrolment.objects.filter(person_id=person_id, state="accepted").exists():
        return Refusal("There is no plan to write in.", "Ask the practice what happens now.")
    return None


def _fields(section: PlanSection) -> dict[str, object]:
    names = [f.attname for f in PlanSection._meta.concrete_fields if f.attname not in ("id", "version")]
    return {name: getattr(section, name) for name in names}


@transaction.atomic
def set_details(
    *, plan_id: int, version: int, by: Actor, review_on: date | None, review_by_code: str, location: str = "",
    funding_source: str = "", at: datetime | None = None,
) -> Plan:  # fmt: skip
    """Say who reviews a plan that is being written and when, where it is kept, who pays. A signed plan gets another
    day of review by a review."""
    now = at or timezone.now()
    plan = locked(Plan, plan_id)
    hold_to(only_a_draft(plan), writing_refusal(plan, by), ahead(review_on, now))
    return change(
        plan,
        Act("write", by, recorded_at=now),
        version=version,
        review_on=review_on,
        review_by_code=review_by_code,
        location=location.strip(),
        funding_source=funding_source.strip(),
    )


def writing_refusal(plan: Plan, by: Actor) -> Refusal | None:
    """Why `by` cannot write in the plan now."""
    return rules.PLAN.refusal(plan.state, "write", sides(by, plan.person_id), {})


def only_a_draft(plan: Plan) -> Refusal | None:
    """Refuses to change what was signed."""
    if plan.state == "draft":
        return None
    return Refusal(f"The plan is {rules.PLAN.label(plan.state)}.", "Begin its next version to change it.")


def reopen(plan: Plan, *, by: Actor, at: datetime) -> None:
    """A draft that is changed after it was agreed is not what was agreed: it has to be agreed again."""
    if plan.state == "draft" and plan.agreed_on is not None:
        act = Act("reopen", by, recorded_at=at)
        change(plan, act, version=plan.version, agreed_on=None, agreed_with="")
