"""The work that arises because time has passed: offers, reviews, letters. Each is made once, by its key."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from carestead.care.clocks import long_absence
from carestead.care.escalation import Does
from carestead.care.promise import OPEN
from carestead.core.calendar import local_day
from carestead.store.actor import SYSTEM
from carestead.store.assign.models import Absence, Responsibility
from carestead.store.care import telling
from carestead.store.care.log import Act, begin, change, done_before
from carestead.store.care.models import Alarm, Notice, Plan, Promise
from carestead.store.care.notices import tell_of_absence
from carestead.store.care.parties import holders
from carestead.store.care.watched import Look, begins

REVIEW = "plan-review"
TAKE_OVER = "take-over"
"""Templates of the promises that are made here."""


def take_overs(alarms: Iterable[Alarm], look: Look) -> int:
    """For each alarm of a promise that transfers, offer the promise to whoever the alarm is for: a successor that is
    asked of them. The owner stays the owner until somebody accepts and the old promise is ended by a person."""
    transferring = {a.subject_id: a for a in alarms if a.effect == Does.TRANSFERS and a.subject_kind == "promise"}
    late = Promise.objects.filter(pk__in=transferring, state__in=OPEN).exclude(template=TAKE_OVER)
    return sum(_promise_once(_successor(p, transferring[p.pk], look), transferring[p.pk].key, look.at) for p in late)


def _successor(promise: Promise, alarm: Alarm, look: Look) -> Promise:
    due = look.clocks["hand-over-offer"].due(look.at, look.calendar)
    return Promise(
        person_id=promise.person_id, state="requested", what=f"Take over, or find who does: {promise.what}",
        done_means=promise.done_means, why=f"It is long overdue with {promise.owner_name or promise.owner_code}.",
        template=TAKE_OVER, owner_kind=alarm.to_kind, owner_code=alarm.to_code,
        requester_kind=promise.requester_kind, requester_code=promise.requester_code,
        requester_name=promise.requester_name, author_username=SYSTEM.username, asked_at=look.at, due_at=due,
        first_due_at=due, plan_id=promise.plan_id, goal_id=promise.goal_id, stay_id=promise.stay_id,
        replaces_id=promise.pk,
    )  # fmt: skip


def reviews(look: Look) -> int:
    """A promise to review each plan whose review date has come, unless one is open (invariant R14)."""
    open_reviews = Promise.objects.filter(template=REVIEW, state__in=OPEN).values("plan_id")
    due = Plan.objects.filter(state="active", review_on__lte=local_day(look.at)).exclude(pk__in=open_reviews)
    plans = list(due.order_by("pk"))
    held = holders({p.person_id for p in plans})
    before = dict(
        Promise.objects.filter(template=REVIEW, plan_id__in=[p.pk for p in plans])
        .values("plan_id").annotate(n=Count("pk")).values_list("plan_id", "n")
    )  # fmt: skip
    made = ((_review(p, held, look), f"{p.pk}/{p.review_on}/{before.get(p.pk, 0)}") for p in plans)
    return sum(_promise_once(review, f"{REVIEW}/{key}", look.at) for review, key in made if review)


def _review(plan: Plan, held: dict[tuple[int, str], str], look: Look) -> Promise | None:
    gp = held.get((plan.person_id, "named-gp"), "")
    owner = plan.review_by_code or held.get((plan.person_id, "coordinator"), "")
    if not gp or not owner or plan.review_on is None:
        return None  # nobody is responsible: the person is not enrolled, or that is a gap of its own
    due = look.clocks[REVIEW].due(begins(plan.review_on), look.calendar)
    return Promise(
        person_id=plan.person_id, state="ready" if owner == gp else "requested", template=REVIEW, plan_id=plan.pk,
        what="Review the care and support plan with the person",
        done_means="The plan is reviewed with the person and has a new review date",
        owner_code=owner, requester_code=gp, author_username=SYSTEM.username, asked_at=look.at, due_at=due,
        first_due_at=due,
    )  # fmt: skip


def long_absences(at: datetime) -> int:
    """A letter to each person whose holder is away for long, or has been: who answers meanwhile (invariant R17)."""
    absences = Absence.objects.filter(Q(end__isnull=True) | Q(end__gt=at), start__lte=at, cancelled_at__isnull=True)
    letters = Notice.objects.filter(about="absence")
    before = letters.count()
    for absence in absences.exclude(cover_state="asked").order_by("pk"):  # with a cover asked, the answer is awaited
        if _is_long(absence, at):
            _tell(absence, at)
    return letters.count() - before


def _is_long(absence: Absence, at: datetime) -> bool:
    return (absence.end or at) - absence.start >= long_absence()


def _tell(absence: Absence, at: datetime) -> None:
    held = Responsibility.objects.filter(practitioner_code=absence.practitioner_code, end__isnull=True)
    for r in held.order_by("pk"):
        tell_of_absence(absence, r.person_id, r.role, by=SYSTEM, at=at)


def escalate_notices(alarms: Iterable[Alarm], desk: Callable[[int], str], at: datetime) -> None:
    """Write on each notice that nobody has seen that others were told of it (invariant R11). Of what a professional has
    not seen the desk hears too; a letter stays to be sent."""
    late = {a.subject_id for a in alarms if a.subject_kind == "notice"}
    for notice in Notice.objects.filter(pk__in=late, escalated_at__isnull=True):
        answers = desk(notice.person_id)
        if notice.to_kind not in ("person", "carer") and answers:
            telling.escalate(notice=notice, desk=answers, at=at)
        else:
            change(notice, Act("escalate", SYSTEM, recorded_at=at), version=notice.version, escalated_at=at)


def _promise_once(promise: Promise, key: str, at: datetime) -> int:
    """Begin the promise unless its key was used; 1 when it was begun."""
    act = Act("ask", SYSTEM, recorded_at=at, key=f"sweep/{key}")
    if done_before(act.key):
        return 0
    try:
        with transaction.atomic():
            begin(promise, act)
    except IntegrityError:  # another sweep was quicker
        return 0
    return 1
