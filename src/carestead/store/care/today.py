"""Everything that waits for an answer of some practitioners: a fixed number of queries, whoever asks."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from carestead.care.promise import ASKED, BAD_NEWS, DOING, OPEN
from carestead.care.request import LIVE
from carestead.care.today import Matter
from carestead.core.calendar import begins
from carestead.store.assign.models import Absence, HandOver, Responsibility
from carestead.store.assign.now import absences_at
from carestead.store.care.models import Alarm, Message, Notice, Plan, Promise, Request
from carestead.store.care.telling import OWN_WORDS, RESUMED, TO_KNOW

Codes = Collection[str]
"""Codes of practitioners; of promises, notices, messages and alarms also those of groups whose desk they staff."""


def covered_by(code: str, at: datetime) -> dict[str, Absence]:
    """Those for whom `code` has agreed to answer and who are away at `at`, by code, each with the absence."""
    return {a.practitioner_code: a for a in absences_at(at).filter(cover_code=code, cover_state="accepted")}


def matters_of(codes: Codes, until: datetime, desks: Codes = (), covered: Codes = ()) -> list[Matter]:
    """What waits for the practitioners `codes`, for those of `covered` whom they answer for, and for the duty desks of
    the groups `desks`: to answer, decide, sign, review or know, and what was promised that falls due before `until`.
    Unordered. What somebody did instead of one of `covered` waits until that one is back."""
    every = [*codes, *covered]
    found = [matter for look in _LOOKS for matter in look(every, until)]
    found += [matter for look in _DESK_LOOKS for matter in look([*every, *desks], until)]
    return [m for m in found if not (m.kind == "instead" and m.holder_code in covered)]


def held_by(codes: Codes, role: str) -> QuerySet[Responsibility]:
    """The open responsibilities of a role held by any of `codes`."""
    return Responsibility.objects.filter(end__isnull=True, role=role, practitioner_code__in=codes)


def _hand_overs(codes: Codes, until: datetime) -> Iterator[Matter]:
    for o in HandOver.objects.filter(state="offered", arriving_code__in=codes):
        words = f"{o.offered_by} asks: {o.get_role_display().lower()} from now on. {o.reason}"
        yield Matter("hand-over", o.pk, o.person_id, words, o.offered_at, o.arriving_code, o.answer_by)


def _covers(codes: Codes, until: datetime) -> Iterator[Matter]:
    for a in Absence.objects.filter(cover_state="asked", cover_code__in=codes, cancelled_at__isnull=True):
        yield Matter("cover", a.pk, None, a.reason, a.planned_at, a.cover_code, a.start)


def _interims(codes: Codes, until: datetime) -> Iterator[Matter]:
    mine = Responsibility.objects.filter(end__isnull=True, basis="interim", practitioner_code__in=codes)
    for r in mine:
        words = f"{r.given_by} made you {r.get_role_display().lower()} in the interim. {r.reason}"
        yield Matter("interim", r.pk, r.person_id, words, r.start, r.practitioner_code)


def _refused(codes: Codes, until: datetime) -> Iterator[Matter]:
    for p in Promise.objects.filter(requester_code__in=codes, state__in=BAD_NEWS, decided_next=False):
        said = "cannot do it" if p.state == "rejected" else "could not do it"
        words = f"{p.what}: {p.owner_name or p.owner_code} {said}. {p.reason}"
        yield Matter("refused", p.pk, p.person_id, words, p.ended_at or p.asked_at, p.requester_code)


def _answers(codes: Codes, until: datetime) -> Iterator[Matter]:
    for p in Promise.objects.filter(owner_code__in=codes, state__in=ASKED):
        words = f"{p.what}, asked by {p.requester_name or p.requester_code}"
        yield Matter("answer", p.pk, p.person_id, words, p.asked_at, p.owner_code, p.due_at)


def _due(codes: Codes, until: datetime) -> Iterator[Matter]:
    for p in Promise.objects.filter(owner_code__in=codes, state__in=DOING | {"ready"}, due_at__lt=until):
        yield Matter("due", p.pk, p.person_id, p.what, p.asked_at, p.owner_code, p.due_at)


def _resumes(codes: Codes, until: datetime) -> Iterator[Matter]:
    for p in Promise.objects.filter(owner_code__in=codes, state="on-hold", resume_on__lte=until.date()):
        yield Matter("resume", p.pk, p.person_id, f"{p.what}. On hold: {p.reason}", p.asked_at, p.owner_code, p.due_at)


def _cancelled(codes: Codes, until: datetime) -> Iterator[Matter]:
    gone = Promise.objects.filter(owner_code__in=codes, state="cancelled", accepted_at__isnull=False)
    for p in gone.filter(acknowledged_at__isnull=True):
        words = f"{p.what}: no longer wanted. {p.reason}"
        yield Matter("cancelled", p.pk, p.person_id, words, p.ended_at or p.asked_at, p.owner_code)


def _new_dates(codes: Codes, until: datetime) -> Iterator[Matter]:
    for p in Promise.objects.filter(requester_code__in=codes, state__in=OPEN, offered_due_at__isnull=False):
        words = f"{p.what}: {p.owner_name or p.owner_code} offers another date. {p.reason}"
        yield Matter("new-date", p.pk, p.person_id, words, p.asked_at, p.requester_code, p.due_at)


def _outcomes(codes: Codes, until: datetime) -> Iterator[Matter]:
    back = Request.objects.filter(asker_code__in=codes, state__in=LIVE, outcome_at__isnull=False)
    for r in back:
        if r.reviewed_at is None:
            words = f"{r.what}, from {r.team_name or r.team_code}: {r.outcome}"
            yield Matter("review", r.pk, r.person_id, words, r.outcome_at, r.asker_code)
        elif r.told_at is None:
            yield Matter("tell", r.pk, r.person_id, f"{r.what}: {r.outcome}", r.reviewed_at, r.asker_code)


def _signatures(codes: Codes, until: datetime) -> Iterator[Matter]:
    gp_of = dict(held_by(codes, "named-gp").values_list("person_id", "practitioner_code"))
    waiting = Plan.objects.filter(state="draft", agreed_on__isnull=False, signed_at__isnull=True)
    for p in waiting.filter(person_id__in=held_by(codes, "named-gp").values("person_id")):
        words = f"Agreed with {p.agreed_with}; it counts once you have signed it."
        yield Matter("sign", p.pk, p.person_id, words, p.written_at, gp_of[p.person_id])


def _held_plans(codes: Codes, until: datetime) -> Iterator[Matter]:
    gp_of = dict(held_by(codes, "named-gp").values_list("person_id", "practitioner_code"))
    held = Plan.objects.filter(state="on-hold", resume_on__lte=timezone.localdate(until))
    for p in held.filter(person_id__in=held_by(codes, "named-gp").values("person_id")):
        assert p.resume_on is not None
        words = f"On hold: {p.reason.rstrip('.')}. Does it go on?"
        yield Matter("resume-plan", p.pk, p.person_id, words, begins(p.resume_on), gp_of[p.person_id])


_NOTICES = {"admission": "admitted", "discharge": "discharged", RESUMED: "instead",
            OWN_WORDS: "wrote"}  # fmt: skip
"""What kind of matter a notice is; any other is only to be known."""


def _notices(codes: Codes, until: datetime) -> Iterator[Matter]:
    told = Notice.objects.filter(to_kind__in=("practitioner", "desk"), to_code__in=codes, seen_at__isnull=True)
    unseen = list(told.exclude(state="not-needed"))
    home = {(n.subject_id, n.to_code) for n in unseen if n.about == "discharge"}
    for n in unseen:
        # who is home again need not be told first that they went in: seeing the one is seeing both
        if n.about == "admission" and (n.subject_id, n.to_code) in home:
            continue
        services = [f"{name}." for name in n.facts_told.get("services", ())]
        words = str(n.facts_told.get("words") or " ".join(services))
        due = None if n.about in TO_KNOW else n.due_at
        since = n.given_at or n.queued_at
        yield Matter(_NOTICES.get(n.about, "told"), n.pk, n.person_id, words, since, n.to_code, due)


def _messages(codes: Codes, until: datetime) -> Iterator[Matter]:
    unanswered = Message.objects.filter(to_code__in=codes, state__in=("sent", "read"), answer_by_at__isnull=False)
    for m in unanswered:
        words = f"{m.from_name or m.from_code}: {m.text}"
        yield Matter("message", m.pk, m.person_id, words, m.sent_at, m.to_code, m.answer_by_at)


def _alarms(codes: Codes, until: datetime) -> Iterator[Matter]:
    for a in Alarm.objects.filter(to_code__in=codes, interrupts=True, seen_at__isnull=True):
        words = f"{a.milestone.replace('-', ' ').capitalize()}: {a.subject_kind} {a.effect} you"
        yield Matter("alarm", a.pk, a.person_id, words, a.raised_at, a.to_code)


Look = Callable[[Codes, datetime], Iterator[Matter]]
_LOOKS: tuple[Look, ...] = (
    _hand_overs, _covers, _interims, _refused, _new_dates, _outcomes, _signatures, _held_plans,
)  # fmt: skip
_DESK_LOOKS: tuple[Look, ...] = (_answers, _due, _resumes, _cancelled, _notices, _messages, _alarms)
