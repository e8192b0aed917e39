"""What the pages of a plan show, made ready for their templates."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from carestead.care import plan as rules
from carestead.care.headings import ABOUT_ME, PARTS, Part, agreeing_refusal
from carestead.care.promise import OPEN, PROMISE
from carestead.care.sharing import AUDIENCES, Choice, seen_by
from carestead.store.actor import Actor
from carestead.store.audit.models import AuditEvent, AuditSubject
from carestead.store.care.goals import Judged, courses
from carestead.store.care.models import Goal, Plan, PlanSection, Promise
from carestead.store.care.plan_course import held_since
from carestead.store.care.plans import LIVE
from carestead.store.care.sections import sections
from carestead.store.care.sharing import choices
from carestead.web.plan.opened import Opened, open_person

READS = ("see-plan", "print-plan", "plan-pdf", "sign-plan", "write-plan", "discuss-person")
"""Pages that show the text of a plan."""

Texts = dict[tuple[str, int, str], PlanSection]


def reading(opened: Opened) -> dict[str, Any]:
    """A plan to read: each part with its texts, who may see it and who has; goals with their promises."""
    assert opened.plan is not None
    said = sections(opened.plan.pk)
    answers, reads = choices(opened.person_id), readings(opened.person_id)
    shown = [_part(opened, part, said, answers, reads) for part in PARTS]
    return {
        "about": shown[0],
        "parts_of_it": shown[1:],
        "standing": standing(opened),
        "may_write": "write" in opened.acts,
        "may_change": "write" in opened.acts and opened.plan.state == "draft",
        **(goals(opened) if "plan" in opened.parts else {"goals": [], "loose": []}),
    }


def standing(opened: Opened) -> dict[str, Any]:
    """How the plan stands in words, and what is still to be done before it holds."""
    plan = opened.plan
    assert plan is not None
    today = timezone.localdate()
    return {
        "label": rules.PLAN.label(plan.state),
        "reviewer": opened.found.practitioner_name(plan.review_by_code) if plan.review_by_code else "",
        "signer": opened.found.practitioner_name(opened.known.holders.get("named-gp")),
        "overdue": plan.state in LIVE and plan.review_on is not None and plan.review_on < today,
        "lacks": _lacks(plan) if plan.state == "draft" else [],
        "open_promises": Promise.objects.filter(plan_id=plan.pk, state__in=sorted(OPEN)).count(),
        "hold": on_hold(plan),
    }


def on_hold(plan: Plan | None) -> dict[str, Any] | None:
    """Since when a plan is on hold, until when and why, and whether its day has come; None for any other."""
    if plan is None or plan.state != "on-hold" or plan.resume_on is None:
        return None
    has_come = plan.resume_on <= timezone.localdate()
    why = f"{plan.reason.rstrip('.')}."
    return {"since": held_since(plan), "until": plan.resume_on, "why": why, "has_come": has_come}


def _lacks(plan: Plan) -> list[tuple[str, str]]:
    """(what is missing before signing, the page on which it is done)."""
    texts = {key: s.text for key, s in sections(plan.pk).items()}
    empty = agreeing_refusal(texts, Goal.objects.filter(plan_id=plan.pk).count())
    lacks = [(f"{empty.what} {empty.do}", "plan-goal")] if empty else []
    if plan.agreed_on is None:
        lacks.append(("Agree it with the person, or who speaks for them", "plan-agree"))
    if plan.review_on is None or not plan.review_by_code:
        lacks.append(("Say who reviews it, and when", "plan-details"))
    return lacks


def _part(opened: Opened, part: Part, said: Texts, answers: list[Choice], reads: list[AuditEvent]) -> dict[str, Any]:
    mine = {key: s for key, s in said.items() if key[0] == part.id and s.text.strip()}
    numbers = sorted({n for _, n, _ in mine} | {1})
    newest = max((s.written_at for s in mine.values()), default=None)
    seen = part.id in opened.parts
    return {
        "part": part,
        "seen": seen,
        "written": newest is not None,
        "several": [_one(part, n, said) for n in numbers] if seen else [],
        "next": numbers[-1] + 1 if mine else 1,
        "audiences": [AUDIENCES[a] for a in seen_by(part.id, answers)],
        "read_by": readers(reads, part.id, newest) if newest else [],
    }


def _one(part: Part, number: int, said: Texts) -> dict[str, Any]:
    there = [(h, said.get((part.id, number, h.id))) for h in part.headings]
    written = [(h, s) for h, s in there if s is not None and s.text.strip()]
    return {"number": number, "written": written, "unwritten": [h for h, s in there if (h, s) not in written]}


def readings(person_id: int) -> list[AuditEvent]:
    """The newest readings of the person's plan, the latest first."""
    ids = AuditSubject.objects.filter(person_id=person_id).values("event_id")
    return list(AuditEvent.objects.filter(pk__in=ids, kind="read", action__in=READS).order_by("-pk")[:200])


def readers(reads: list[AuditEvent], part: str, since: datetime) -> list[str]:
    """Who has read the part since it was last written, by name, the latest first."""
    names = (e.name for e in reads if e.at >= since and part in e.detail.get("parts", ()))
    return list(dict.fromkeys(names))


def goals(opened: Opened) -> dict[str, Any]:
    """Goals, the most important first, each with its promises; promises that lead to no goal."""
    assert opened.plan is not None
    of: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for promise in Promise.objects.filter(plan_id=opened.plan.pk).order_by("due_at", "pk"):
        of[promise.goal_id].append(promised(opened, promise))
    found = Goal.objects.filter(plan_id=opened.plan.pk).order_by("pk")
    ranked = sorted(found, key=lambda g: (g.state in rules.GOAL.ended, -(g.importance or 0)))
    went = courses([g.pk for g in ranked])
    shown = [
        {
            "goal": g,
            "label": rules.GOAL.label(g.state),
            "far": rules.ACHIEVEMENT.get(g.achievement, ""),
            "course": told(went.get(g.pk, [])),
            "promises": of.pop(g.pk, []),
        }
        for g in ranked
    ]
    return {"goals": shown, "loose": [p for rest in of.values() for p in rest]}


def told(course: Sequence[Judged]) -> list[dict[str, Any]]:
    """How a goal went, as lines: the day, how far it was, what came of it, who said so."""
    return [
        {
            "on": j.on,
            "far": rules.ACHIEVEMENT.get(j.achievement, j.achievement),
            "outcome": j.outcome,
            "by": j.name,
            "role": j.role,
            "role_title": j.role.title,
        }
        for j in course
    ]


def promised(opened: Opened, promise: Promise) -> dict[str, Any]:
    """A promise as a line: what, who, by when, how it stands. Overdue is a word."""
    is_open = promise.state in OPEN
    return {
        "id": promise.pk,
        "what": promise.what,
        "done_means": promise.done_means,
        "owner": promise.owner_name or opened.found.practitioner_name(promise.owner_code),
        "due": timezone.localdate(promise.due_at),
        "label": PROMISE.label(promise.state),
        "open": is_open,
        "overdue": is_open and promise.due_at < timezone.now(),
    }


def about_me(actor: Actor, person_id: int) -> dict[str, Any]:
    """For the person's first page: the person's own words, as far as the reader may see them."""
    opened = open_person(actor, person_id)
    shared = ABOUT_ME.id in opened.parts
    texts = sections(opened.plan.pk) if opened.plan and shared else {}
    written = [(h, texts.get((ABOUT_ME.id, 1, h.id))) for h in ABOUT_ME.headings]
    shown = [(h, s) for h, s in written if s and s.text.strip()][:2]
    return {
        "plan": opened.plan,
        "hold": on_hold(opened.plan),
        "may_resume": "resume" in opened.acts,
        "own_words": shown,
        "shared": shared,
        "disclosed": opened.disclosed([ABOUT_ME.id] if shown else []),
    }
