"""The work that arises because time has passed: offers, reviews, letters. Each is made once, by its key."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings

from carestead.care.escalation import Does
from carestead.care.promise import ASKED, OPEN
from carestead.care.sides import Party
from carestead.care.templates import TAKE_OVER, follow_ups
from carestead.core.calendar import begins, local_day
from carestead.store.actor import SYSTEM
from carestead.store.assign.models import Absence, Responsibility
from carestead.store.assign.now import absences_at, holders
from carestead.store.care.log import Act, change, done_before
from carestead.store.care.models import Alarm, Notice, Plan, Promise
from carestead.store.care.notices import tell_of_absence
from carestead.store.care.promises import gone, make_promise
from carestead.store.care.standing import requester_of
from carestead.store.care.watched import Look
from carestead.store.clocks import long_absence_of

Item = TypeVar("Item")
Beat = Callable[[], object]
"""What a worker calls to say that it lives."""

REVIEW = "plan-review"
"""The template of a promise to review a plan."""


def take_overs(alarms: Iterable[Alarm], look: Look) -> int:
    """For each alarm of a promise that transfers, offer the promise to whoever the alarm is for, unless an offer of it
    waits for an answer. The owner stays the owner until somebody accepts (`take_over`); until then the offer is part
    of nothing that the promise is part of."""
    transferring = {a.subject_id: a for a in alarms if a.effect == Does.TRANSFERS and a.subject_kind == Promise.KIND}
    offered = Promise.objects.filter(template=TAKE_OVER, state__in=ASKED).values("replaces_id")
    late = Promise.objects.filter(pk__in=transferring, state__in=OPEN).exclude(template=TAKE_OVER)
    # locked, so that nobody ends one of them while it is being offered
    late = late.exclude(pk__in=offered.filter(replaces_id__isnull=False)).select_for_update()
    return sum(_offer(p, transferring[p.pk], look) for p in late.order_by("pk"))


def _offer(promise: Promise, alarm: Alarm, look: Look) -> int:
    form = follow_ups()[TAKE_OVER]
    return _promise_once(
        f"sweep/{alarm.key}", person_id=promise.person_id, owner=Party(alarm.to_kind, alarm.to_code),
        requester=requester_of(promise), what=form.what.format(what=promise.what), done_means=form.done_means,
        why=f"It is long overdue with {promise.owner_name or promise.owner_code}.", template=TAKE_OVER,
        due_at=look.clocks["hand-over-offer"].due(look.at, look.calendar), at=look.at, replaces_id=promise.pk,
    )  # fmt: skip


def reviews(look: Look, beat: Beat) -> int:
    """A promise to review each plan whose review date has come, unless one is open (invariant R14)."""
    reviewed = Promise.objects.filter(template=REVIEW, plan_id__isnull=False)
    due = Plan.objects.filter(state="active", review_on__lte=local_day(look.at))
    plans = list(due.exclude(pk__in=reviewed.filter(state__in=OPEN).values("plan_id")).order_by("pk"))
    held = holders({p.person_id for p in plans})
    before = Counter(reviewed.filter(plan_id__in=[p.pk for p in plans]).values_list("plan_id", flat=True))
    return sum(_review(plan, held[plan.person_id], before[plan.pk], look) for plan in beating(plans, beat))


def _review(plan: Plan, held: Mapping[str, str], before: int, look: Look) -> int:
    gp = held.get("named-gp", "")
    owner = plan.review_by_code or held.get("coordinator", "")
    if not gp or not owner or plan.review_on is None:
        return 0  # nobody is responsible: the person is not enrolled, or that is a gap of its own
    form = follow_ups()[REVIEW]
    return _promise_once(
        f"sweep/{REVIEW}/{plan.pk}/{plan.review_on}/{before}", person_id=plan.person_id,
        owner=Party("practitioner", owner), requester=Party("practitioner", gp), what=form.what,
        done_means=form.done_means, template=REVIEW, plan_id=plan.pk, at=look.at,
        due_at=look.clocks[REVIEW].due(begins(plan.review_on), look.calendar),
    )  # fmt: skip


def long_absences(at: datetime, beat: Beat) -> int:
    """A letter to each person whose holder is away for long, or has been: who answers meanwhile (invariant R17)."""
    letters = Notice.objects.filter(about="absence")
    before = letters.count()
    for absence in (
        absences_at(at).exclude(cover_state="asked").order_by("pk")
    ):  # with a cover asked, the answer is awaited
        if _is_long(absence, at):
            _tell(absence, at, beat)
    return letters.count() - before


def _is_long(absence: Absence, at: datetime) -> bool:
    return (absence.end or at) - absence.start >= long_absence_of(settings.AREA)


def _tell(absence: Absence, at: datetime, beat: Beat) -> None:
    held = Responsibility.objects.filter(practitioner_code=absence.practitioner_code, end__isnull=True)
    for r in beating(held.order_by("pk"), beat):
        tell_of_absence(absence, r.person_id, r.role, by=SYSTEM, at=at)


def escalate_notices(alarms: Iterable[Alarm], at: datetime) -> None:
    """Write on each notice that nobody has seen that others were told of it (invariant R11); a letter stays to be
    sent."""
    late = {a.subject_id for a in alarms if a.subject_kind == Notice.KIND}
    for notice in Notice.objects.filter(pk__in=late, escalated_at__isnull=True):
        state = notice.state if notice.to_kind in ("person", "carer") else "escalated"
        act = Act("escalate", SYSTEM, recorded_at=at)
        change(notice, act, version=notice.version, state=state, escalated_at=at)


def _promise_once(key: str, **terms: Any) -> int:
    """Make a promise in carestead's name unless its key was used; 1 when it was made now."""
    if done_before(key) or gone().filter(person_id=terms["person_id"]).exists():
        return 0
    make_promise(by=SYSTEM, key=key, **terms)
    return 1


def beating(items: Iterable[Item], beat: Beat, every: int = 100) -> Iterator[Item]:
    """The items, with a beat before each hundredth."""
    for number, item in enumerate(items):
        if number % every == 0:
            beat()
        yield item
