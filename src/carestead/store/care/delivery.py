"""What the measures of delivery are made of, read from the store: instants, codes and states, never a name."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from carestead.care.promise import OPEN
from carestead.core.calendar import local_day
from carestead.measure import delivery as measure
from carestead.measure.delivery import Away, Due, Span
from carestead.measure.distribution import Distribution, banded
from carestead.reference import shared
from carestead.reference.calendars import working_calendar
from carestead.store.accounts.models import User
from carestead.store.actor import Role
from carestead.store.assign.models import Absence, DeskShift, Responsibility
from carestead.store.audit.models import AuditEvent
from carestead.store.care.models import Alarm, CareEvent, Promise, Stay
from carestead.store.find.models import Enrolment


@dataclass(frozen=True)
class Period:
    """The weeks that the measures look at, up to the instant `at`."""

    at: datetime
    weeks: int

    @property
    def start(self) -> datetime:
        """The first instant of the first week, a Monday's of London reckoned back from today's."""
        return self.at - timedelta(weeks=self.weeks)

    @property
    def mondays(self) -> list[date]:
        """The Mondays of the whole weeks in it."""
        last = local_day(self.at)
        last -= timedelta(days=last.weekday())
        return [last - timedelta(weeks=n) for n in range(self.weeks, 0, -1)]

    @property
    def working_days(self) -> list[date]:
        """The working days of those weeks."""
        days = (monday + timedelta(days=n) for monday in self.mondays for n in range(7))
        return [day for day in days if working_calendar().is_working_day(day)]


def distributions(at: datetime, groups: Mapping[str, str]) -> list[Distribution]:
    """Every measure that the store alone can tell. `groups` maps practices to groups, whose desks answer."""
    facts = shared("care", "delivery")
    period, bands = Period(at, facts["weeks"]), facts["bands"]
    return [
        _promises(period, bands), _contacts(period, bands), _gaps(period, bands, groups), *_alarms(period, bands),
        *_work(period, bands, timedelta(minutes=facts["longest_pause_minutes"])),
    ]  # fmt: skip


def _promises(period: Period, bands: Mapping[str, Any]) -> Distribution:
    rows = Promise.objects.filter(due_at__gt=period.start, due_at__lte=period.at)
    rows = rows.exclude(state__in=("draft", "entered-in-error"))
    taken, told = _taken_over(rows), rows.values_list("pk", "due_at", "happened_at", "state")
    dues = (
        Due(due, kept if state == "completed" else None, state, state in OPEN, pk in taken)
        for pk, due, kept, state in told
    )
    return measure.punctuality(dues, bands["lateness_days"])


def _taken_over(promises: "QuerySet[Promise]") -> set[int]:
    """Those that ended because somebody said yes to an offer to take them over. What replaces another may have been
    asked anew or handed over: only the log says that it was taken."""
    took = CareEvent.objects.filter(kind=Promise.KIND, type="take-over", subject_id=OuterRef("pk"))
    ended = promises.filter(state="cancelled").values("pk")
    return set(Promise.objects.filter(Exists(took), replaces_id__in=ended).values_list("replaces_id", flat=True))


def _contacts(period: Period, bands: Mapping[str, Any]) -> Distribution:
    """Discharges for which contact was promised; the first contact counts, whichever promise it kept."""
    stays = Stay.objects.filter(state="finished", discharged_at__gt=period.start, discharged_at__lte=period.at)
    left = dict(stays.values_list("pk", "discharged_at"))
    promises = Promise.objects.filter(stay_id__in=left).exclude(state="entered-in-error")
    spoken: dict[int, datetime | None] = dict.fromkeys(promises.values_list("stay_id", flat=True))
    kept = promises.filter(state="completed").order_by("-happened_at").values_list("stay_id", "happened_at")
    spoken |= dict(kept)
    return measure.contact(((left[pk], at) for pk, at in spoken.items()), bands["contact_hours"], period.at)


def _gaps(period: Period, bands: Mapping[str, Any], groups: Mapping[str, str]) -> Distribution:
    held = _held(groups)
    aways = [away for absence in _absences(period) for away in _away(absence, held, period)]
    return measure.unanswered(aways, sum(held.values()), bands["gap_hours"], period.at, working_calendar())


def _held(groups: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """How many responsibilities each holder has in each group, now."""
    practices = dict(Enrolment.objects.filter(state="accepted").values_list("person_id", "practice_code"))
    told = Responsibility.objects.filter(end__isnull=True).values_list("practitioner_code", "person_id")
    theirs = ((code, practices[person]) for code, person in told if person in practices)
    return Counter((code, groups.get(practice, practice)) for code, practice in theirs)


def _absences(period: Period) -> list[Absence]:
    past = Absence.objects.filter(start__lt=period.at, cancelled_at__isnull=True)
    return [a for a in past if a.end is None or a.end > period.start]


def _away(absence: Absence, held: Counter[tuple[str, str]], period: Period) -> list[Away]:
    span = (max(absence.start, period.start), absence.end or period.at)
    covered = _covered(absence, span)
    mine = [(group, n) for (code, group), n in held.items() if code == absence.practitioner_code]
    return [Away(span, n, covered, _staffed(group, span)) for group, n in mine]


def _covered(absence: Absence, span: Span) -> list[Span]:
    """When the cover was there, if they had agreed."""
    if absence.cover_state != "accepted":
        return []
    theirs = Absence.objects.filter(practitioner_code=absence.cover_code, cancelled_at__isnull=True)
    return measure.without([span], [(a.start, a.end or span[1]) for a in theirs if (a.end or span[1]) > a.start])


def _staffed(group: str, span: Span) -> list[Span]:
    shifts = DeskShift.objects.filter(group_code=group, start__lt=span[1], end__gt=span[0], cancelled_at__isnull=True)
    return list(shifts.values_list("start", "end"))


def _alarms(period: Period, bands: Mapping[str, Any]) -> list[Distribution]:
    gps = _gps()
    alarms = Alarm.objects.filter(raised_at__gt=period.start, raised_at__lte=period.at)
    raised = list(alarms.filter(to_kind="practitioner", to_code__in=gps).values_list("to_code", "raised_at"))
    acted = [acted_at is not None for acted_at in alarms.values_list("acted_at", flat=True)]
    return [measure.alarms_a_day(raised, gps, period.working_days, bands["alarms_a_day"]), measure.acted_on(acted)]


def _work(period: Period, bands: Mapping[str, Any], pause: timedelta) -> list[Distribution]:
    """Clicks and minutes of those who sign in as a GP, from the audit: every page opened and every act is a row."""
    events = AuditEvent.objects.filter(kind__in=("read", "write"), role=Role.NAMED_GP, at__gt=period.start)
    users = [u.username for u in User.objects.filter(is_active=True) if Role.NAMED_GP in u.roles]
    acts = events.filter(username__in=users).values_list("username", "at")
    found = measure.clicks_and_minutes(acts, users, period.mondays, pause).values()
    clicks = banded((n for n, _ in found), bands["clicks_a_week"], "clicks")
    minutes = banded((m for _, m in found), bands["minutes_a_week"], "minutes")
    of = "weeks of a GP"
    return [Distribution("Clicks", of, tuple(clicks)), Distribution("Minutes", of, tuple(minutes))]


def enrolled() -> list[tuple[int, str, date]]:
    """(person_id, code of the named GP, day of enrolment) of everybody enrolled now: for measures over the record."""
    since = dict(Enrolment.objects.filter(state="accepted").values_list("person_id", "decided_at"))
    held = Responsibility.objects.filter(end__isnull=True, role="named-gp").values_list(
        "person_id", "practitioner_code"
    )
    return [(person, gp, local_day(since[person])) for person, gp in held if person in since]


def _gps() -> list[str]:
    held = Responsibility.objects.filter(end__isnull=True, role="named-gp")
    return sorted(set(held.values_list("practitioner_code", flat=True)))
