"""What is open about people and should be talked about: read from the store, put in order by `care.meeting.agenda`."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from carestead.care.meeting import Matter
from carestead.care.promise import ASKED, OPEN
from carestead.store.care.models import Plan, Promise, Stay
from carestead.store.find.models import Enrolment

ANSWER_WITHIN = timedelta(days=2)
"""A promise that was asked for and not answered for so long is a matter for a meeting."""

DISCHARGED_WITHIN = timedelta(days=14)
"""A discharge is talked about for so long."""


def open_matters(practices: Collection[str], *, at: datetime) -> list[Matter]:
    """Overdue and unanswered promises, recent discharges and plans past their review of everybody enrolled at
    `practices`, at `at`."""
    people = Enrolment.objects.filter(state="accepted", practice_code__in=list(practices)).values("person_id")
    return [*_discharges(people, at), *_promises(people, at), *_reviews(people, at)]


def _discharges(people: QuerySet, at: datetime) -> Iterator[Matter]:
    since = at - DISCHARGED_WITHIN
    stays = Stay.objects.filter(person_id__in=people, state="finished", discharged_at__gt=since, discharged_at__lte=at)
    for stay in stays:
        day = timezone.localdate(stay.discharged_at)
        assert stay.person_id is not None
        assert stay.discharged_at is not None
        yield Matter(stay.person_id, "discharge", f"Left hospital on {day:%-d %B}", stay.discharged_at)


def _promises(people: QuerySet, at: datetime) -> Iterator[Matter]:
    still = Promise.objects.filter(person_id__in=people, state__in=sorted(OPEN))
    for promise in still.filter(due_at__lt=at):
        day = timezone.localdate(promise.due_at)
        yield Matter(promise.person_id, "overdue", f"Overdue since {day:%-d %B}: {promise.what}", promise.due_at)
    for promise in still.filter(state__in=sorted(ASKED), asked_at__lt=at - ANSWER_WITHIN, due_at__gte=at):
        day = timezone.localdate(promise.asked_at)
        yield Matter(
            promise.person_id, "unanswered", f"Not answered since {day:%-d %B}: {promise.what}", promise.asked_at
        )


def _reviews(people: QuerySet, at: datetime) -> Iterator[Matter]:
    for plan in Plan.objects.filter(person_id__in=people, state="active", review_on__lt=timezone.localdate(at)):
        assert plan.review_on is not None
        yield Matter(
            plan.person_id, "plan-review", f"The plan was to be reviewed on {plan.review_on:%-d %B}", plan.review_on
        )
