"""What the sweep looks at: each open thing with a clock, as the ladder of escalation knows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from carestead.care.clocks import Clock
from carestead.care.escalation import Watched
from carestead.care.promise import OPEN
from carestead.care.request import LIVE
from carestead.care.rungs import Rungs, rungs
from carestead.care.templates import runs_on
from carestead.core.calendar import WorkingCalendar, begins, local_day, utc
from carestead.store.assign.models import Responsibility
from carestead.store.care.models import Notice, Plan, Promise, Request
from carestead.store.care.telling import TO_KNOW

Dated = TypeVar("Dated", Promise, Request)


@dataclass(frozen=True)
class Looked:
    """A thing with a clock: whose it is and who owns it; the coordinator's where no owner is named, unless they were
    `told` before. `clocked` says what runs; its parties are found later."""

    clocked: Watched
    person_id: int | None
    owner_kind: str
    owner_code: str = ""
    runs_after_death: bool = False
    told: str = ""


@dataclass(frozen=True)
class Look:
    """One look at the store at the instant `at`, by these clocks, this calendar and this ladder of escalation."""

    at: datetime
    clocks: Mapping[str, Clock]
    calendar: WorkingCalendar
    ladder: Rungs = field(default_factory=rungs)

    def everything(self) -> Iterator[Looked]:
        """Everything whose clock has run out by now."""
        yield from self._promises()
        yield from self._requests()
        yield from self._idle_requests()
        yield from self._held_plans()
        yield from self._interims()
        yield from self._notices()

    def _promises(self) -> Iterator[Looked]:
        for p in self._late(Promise.objects.filter(state__in=OPEN - {"draft"})):
            for clocked in _clocks_of(p, p.asked_at):
                yield Looked(clocked, p.person_id, p.owner_kind, p.owner_code, runs_on(p.template))

    def _requests(self) -> Iterator[Looked]:
        for r in self._late(Request.objects.filter(state__in=LIVE)):
            for clocked in _clocks_of(r, r.asked_at):
                yield Looked(clocked, r.person_id, "practitioner", r.asker_code)

    def _late(self, things: "QuerySet[Dated]") -> Iterator[Dated]:
        overdue = Q(due_at__lte=self.at) | Q(state="on-hold", resume_on__lte=local_day(self.at))
        return things.filter(overdue).order_by("pk").iterator(500)

    def _idle_requests(self) -> Iterator[Looked]:
        """Requests that wait for nobody: no live promise, no outcome, and nobody chose what next in time."""
        asked = Promise.objects.filter(request_id=OuterRef("pk"))
        live = Exists(asked.filter(state__in=OPEN))
        idle = Request.objects.filter(~live, state="active", outcome_at__isnull=True)
        ended = Promise.objects.exclude(request_id=None).values("request_id").annotate(last=Max("ended_at"))
        last = dict(ended.values_list("request_id", "last"))
        for r in idle.order_by("pk").iterator(500):
            since = max(utc(r.asked_at), utc(last.get(r.pk) or r.asked_at))
            clocked = Watched("request-idle", r.pk, since, self._due("request-next-step", since))
            yield Looked(clocked, r.person_id, "practitioner", r.asker_code)

    def _held_plans(self) -> Iterator[Looked]:
        for p in Plan.objects.filter(state="on-hold", resume_on__lte=local_day(self.at)).order_by("pk"):
            if p.resume_on:
                clocked = Watched("plan-hold", p.pk, p.written_at, begins(p.resume_on))
                yield Looked(clocked, p.person_id, "practitioner", p.review_by_code)

    def _interims(self) -> Iterator[Looked]:
        for r in Responsibility.objects.filter(end__isnull=True, basis="interim").order_by("pk"):
            clocked = Watched("interim", r.pk, r.start, self._due("interim-answer", r.start))
            yield Looked(clocked, r.person_id, "practitioner", r.practitioner_code)

    def _notices(self) -> Iterator[Looked]:
        """Letters not given are the coordinator's to send; what a professional has not seen is told to others."""
        waits = Q(to_kind__in=("person", "carer"), given_at__isnull=True) | Q(seen_at__isnull=True)
        late = Notice.objects.filter(waits, due_at__lte=self.at).exclude(state="not-needed").exclude(about__in=TO_KNOW)
        for n in late.exclude(to_kind__in=("person", "carer"), state="given").order_by("pk"):
            yield Looked(Watched("notice", n.pk, n.queued_at, n.due_at), n.person_id, "practitioner", told=n.to_code)

    def _due(self, clock: str, start: datetime) -> datetime:
        return self.clocks[clock].due(start, self.calendar)


def _clocks_of(thing: Promise | Request, made: datetime) -> Iterator[Watched]:
    held = begins(thing.resume_on) if thing.state == "on-hold" and thing.resume_on else None
    yield Watched(thing.KIND, thing.pk, made, thing.due_at, held_until=held)
    if held:  # that the day has come on which it was to be resumed is a milestone of its own
        yield Watched(f"{thing.KIND}-hold", thing.pk, made, max(held, utc(made)))
