"""What the page of today shows, made ready for its template."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from carestead.care.promise import OPEN, PROMISE
from carestead.care.today import Matter, in_order, people
from carestead.store.access import may_settle_messages
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Absence
from carestead.store.care.models import Notice, Promise, Stay
from carestead.store.care.standing import standpoint
from carestead.store.care.telling import OPENED
from carestead.store.care.today import covered_by, held_by, matters_of
from carestead.store.find.models import Enrolment
from carestead.web.assign.staff import OWN_ROLE
from carestead.web.find.people import names
from carestead.web.hospital.waiting import to_settle
from carestead.web.published import Published
from carestead.web.shell.formats import moment

LINKS = {
    "hand-over": ("hand-over", "subject"),
    "cover": ("cover", ""),
    "interim": ("responsibility", "person"),
    "sign": ("plan", "person"),
    "resume-plan": ("plan", "person"),
    "message": ("message", "subject"),
    "review": ("request", "both"),
    "tell": ("request", "both"),
}
"""The page on which a kind of matter is settled, and what its address names; a promise's own page otherwise."""

SEEN_HERE = frozenset({"admitted", "discharged", "told", "instead", "wrote", "alarm"})
"""Kinds that are settled by having been seen."""

_WEEK = timedelta(days=7)


def today(found: Published, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything of the page; `people_shown` are the person_ids it discloses."""
    code = actor.practitioner_code or "-"
    covered, desks = covered_by(code, now), standpoint(actor, now).desks
    end_of_day = timezone.make_aware(datetime.combine(timezone.localdate(now), time.max))
    matters = in_order(matters_of([code], end_of_day, desks, [*covered]), now)
    coming = _coming(actor, now) if actor.role is Role.CARE_COORDINATOR else []
    stays = _home(actor, now) if actor.role is Role.CARE_COORDINATOR else []
    shown = {m.person_id for m in matters if m.person_id} | {p.person_id for p in coming} | {s.person_id for s in stays}
    named = names(found, shown)
    notices = [m.subject_id for m in matters if m.kind in SEEN_HERE - {"alarm"}]
    hospital, reviews = _hospital(found, notices), _reviews(notices)
    return {
        "title": "Today",
        "as_of": found.as_of,
        "silent": found.silent,
        "now": now,
        "matters": [
            {**_shown(found, m, named, covered, now, code, hospital), "review": _review(m, reviews)} for m in matters
        ],
        "about": people(matters),
        "late": sum(m.is_late(now) for m in matters),
        "hospital": to_settle(may_settle_messages(actor, at_desk=bool(desks))),
        "desks": [found.organisation_name(d) for d in sorted(desks)],
        "covered": [{"name": found.practitioner_name(c), "until": a.end} for c, a in sorted(covered.items())],
        "groups": _grouped(found, coming, named, now),
        "home": [_stay(found, s, named) for s in stays],
        "waits": _waits(actor, now),
        "people_shown": sorted(shown),
    }


def _shown(
    found: Published,
    m: Matter,
    named: Mapping[int, Any],
    covered: Mapping[str, Absence],
    now: datetime,
    own: str,
    hospital: Mapping[int, str],
) -> dict[str, Any]:
    return {
        "heading": m.heading,
        "kind": m.kind,
        "id": m.subject_id,
        "person_id": m.person_id,
        "name": named.get(m.person_id or 0, {}).get("name", ""),
        "words": " ".join(w for w in (hospital.get(m.subject_id, "") if m.kind in SEEN_HERE else "", m.words) if w),
        "since": m.since,
        "due": m.due,
        "late": m.is_late(now),
        "for_name": "" if m.holder_code == own else _for(found, m.holder_code),
        **_link(m),
        "seen_here": m.kind in SEEN_HERE,
    }


def _for(found: Published, code: str) -> str:
    """Whose matter it is, when it is not the reader's own: a colleague's, or the duty desk's."""
    return found.practitioner_name(code) if code in found.practitioners else "the duty desk"


def _hospital(found: Published, notices: list[int]) -> dict[int, str]:
    """What each notice about a stay says, by the notice's id."""
    about = dict(Notice.objects.filter(pk__in=notices, subject_kind="stay").values_list("pk", "subject_id"))
    stays = Stay.objects.in_bulk(set(about.values()))
    return {notice: _stay_words(found, stays[stay]) for notice, stay in about.items() if stay in stays}


def _reviews(notices: list[int]) -> dict[int, int]:
    """The promise to look at an opening in an emergency, by the notice that tells of it."""
    told = Notice.objects.filter(pk__in=notices, subject_kind=OPENED).values_list("pk", "facts_told")
    return {pk: facts["promise"] for pk, facts in told if "promise" in facts}


def _review(m: Matter, reviews: Mapping[int, int]) -> int | None:
    return reviews.get(m.subject_id) if m.kind == "told" else None


def _where(found: Published, s: Stay) -> str:
    return found.organisation_name(s.organisation_code) if s.organisation_code else "hospital"


def _stay_words(found: Published, s: Stay) -> str:
    where = ", ".join(w for w in (_where(found, s), s.ward) if w)
    went = f"since {moment(s.admitted_at)}" if s.admitted_at else ""
    if s.discharged_at:
        went = f"left {moment(s.discharged_at)}{f', to {s.disposition}' if s.disposition else ''}"
    return f"{where}, {went}. {s.reason}".strip()


def _link(m: Matter) -> dict[str, Any]:
    name, of = LINKS.get(m.kind, ("promise", "both"))
    given = {"subject": (m.subject_id,), "person": (m.person_id,), "both": (m.person_id, m.subject_id)}
    return {"link": name, "argument": given.get(of, ())}


def _coming(actor: Actor, now: datetime) -> list[Promise]:
    """The open promises of the coordinator's people, whoever owns them, that are late or fall due within a week."""
    mine = held_by([actor.practitioner_code or "-"], "coordinator").values("person_id")
    open_ones = Promise.objects.filter(person_id__in=mine, state__in=OPEN, due_at__lt=now + _WEEK)
    return list(open_ones.order_by("due_at", "pk"))


def _grouped(
    found: Published, promises: Iterable[Promise], named: Mapping[int, Any], now: datetime
) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {"Late": [], "Today": [], "In the next seven days": []}
    for p in promises:
        is_today = timezone.localdate(p.due_at) == timezone.localdate(now)
        name = "Late" if p.due_at <= now else "Today" if is_today else "In the next seven days"
        groups[name].append(_promise(found, p, named))
    return [(name, rows) for name, rows in groups.items() if rows]


def _promise(found: Published, p: Promise, named: Mapping[int, Any]) -> dict[str, Any]:
    owner = p.owner_name or found.practitioner_name(p.owner_code)
    return {
        "id": p.pk,
        "person_id": p.person_id,
        "name": named.get(p.person_id, {}).get("name", ""),
        "what": p.what,
        "owner": owner,
        "state": PROMISE.label(p.state),
        "due": p.due_at,
        "attempts": p.attempts,
    }


def _home(actor: Actor, now: datetime) -> list[Stay]:
    """The stays of the coordinator's people that ended in the last week."""
    mine = held_by([actor.practitioner_code or "-"], "coordinator").values("person_id")
    ended = Stay.objects.filter(person_id__in=mine, state="finished", discharged_at__gte=now - _WEEK)
    return list(ended.order_by("-discharged_at"))


def _stay(found: Published, s: Stay, named: Mapping[int, Any]) -> dict[str, Any]:
    contact = Promise.objects.filter(stay_id=s.pk).order_by("-pk").first()
    return {
        "person_id": s.person_id,
        "name": named.get(s.person_id or 0, {}).get("name", ""),
        "where": _where(found, s),
        "at": s.discharged_at,
        "to": s.disposition,
        "contact": _promise(found, contact, named) if contact else None,
        "kept": contact is not None and contact.state == "completed",
    }


def _waits(actor: Actor, now: datetime) -> dict[str, int]:
    """What is there and can wait, counted."""
    mine = held_by([actor.practitioner_code or "-"], OWN_ROLE[actor.role]).values("person_id")
    open_ones = Promise.objects.filter(person_id__in=mine, state__in=OPEN)
    return {
        "people": Enrolment.objects.filter(state="accepted", person_id__in=mine).count(),
        "open": open_ones.filter(due_at__gt=now).count(),
        "with_others": open_ones.exclude(owner_code=actor.practitioner_code).count(),
    }
