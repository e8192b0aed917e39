"""What becomes of a plan that holds: it is reviewed, put on hold, resumed, ended. Each is one page with one button."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.store.actor import DIRECT_CARE, Actor, Role
from carestead.store.care.asks import open_promises
from carestead.store.care.plan_course import ENDS, Fate, end_plan, hold_plan, resume_plan, review_plan
from carestead.store.care.plans import answered_gp
from carestead.web.plan.opened import Opened, open_plan
from carestead.web.plan.presenters import promised, standing
from carestead.web.plan.steps import REVIEW_AFTER, next_review, reviewer, shown, step, which
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.typed import Typed


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, Role.CARE_COORDINATOR, discloses="people", action="review-plan")
def review(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """What a review found, and when the next one is."""
    done = "Reviewed. The next day of review is set."
    return step(request, open_plan(actor, person_id, plan_id), person_id, "review", _save_review, _show_review, done)


def _save_review(typed: Typed, opened: Opened) -> None:
    note = typed.text("note", "Say what the review found.")
    code, day = reviewer(typed, opened), typed.day("review")
    if typed.good and day:
        review_plan(**which(typed, opened), note=note, review_on=day, review_by_code=code)


def _show_review(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    assert opened.plan is not None
    first = {**next_review(opened), **split_date("review", timezone.localdate() + REVIEW_AFTER)}
    return shown(opened, "review", "Review the plan", {**first, **typed}, errors, standing=standing(opened))


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, discloses="people", action="hold-plan")
def hold(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """Why a plan rests, and the day on which it goes on."""
    done = "On hold. What was promised stays promised. On its day the plan stands on the named GP's page Today."
    return step(request, open_plan(actor, person_id, plan_id), person_id, "hold", _save_hold, _show_hold, done)


def _save_hold(typed: Typed, opened: Opened) -> None:
    reason, day = typed.text("reason", "Say why the plan is put on hold."), typed.day("resume")
    if typed.good and day:
        hold_plan(**which(typed, opened), reason=reason, resume_on=day)


def _show_hold(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    return shown(opened, "hold", "Put the plan on hold", typed, errors, standing=standing(opened))


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="resume-plan")
def resume(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """Let a plan go on, on its day or before: the named GP, or whoever answers for them, of whatever role."""
    opened = open_plan(actor, person_id, plan_id)
    away = _away(opened)
    done = f"The plan goes on from now.{f' {away} will read that you did it instead of them.' if away else ''}"
    return step(request, opened, person_id, "resume", _save_resume, _show_resume, done)


def _save_resume(typed: Typed, opened: Opened) -> None:
    resume_plan(**which(typed, opened))


def _show_resume(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    return shown(opened, "resume", "Resume the plan", typed, errors, standing=standing(opened), away=_away(opened))


def _away(opened: Opened | None) -> str:
    """The name of the named GP for whom the reader answers now; empty for the GP themselves and for everybody else."""
    if opened is None:
        return ""
    gp = answered_gp(opened.actor, opened.person_id, timezone.now())
    return opened.found.practitioner_name(gp) if gp else ""


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, Role.LEAD, discloses="people", action="end-plan")
def end(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """End a plan: why, and what becomes of each promise that is open, one by one."""
    opened = open_plan(actor, person_id, plan_id)
    act = next((a for a in ENDS if opened and a in opened.acts), ENDS[0])
    return step(request, opened, person_id, act, _save_end, _show_end, "The plan has ended.")


def _save_end(typed: Typed, opened: Opened) -> None:
    assert opened.plan is not None
    act = typed.choice("how", [a for a in ENDS if a in opened.acts], "Choose how it ends.")
    reason = typed.text("reason", "Say why the plan ends.")
    fates = {p.pk: fate for p in open_promises(opened.plan.pk) if (fate := _fate(typed, p.pk))}
    if typed.good:
        end_plan(**which(typed, opened), act=act, reason=reason, fates=fates)


def _fate(typed: Typed, promise: int) -> Fate | None:
    said = typed.choice(f"fate-{promise}", ("keep", "cancel"), "Say of each promise what becomes of it.")
    if said == "keep":
        return Fate(True)
    because = typed.text(f"because-{promise}", "Say why this promise is cancelled.") if said else ""
    return Fate(False, because) if said else None


def _show_end(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    assert opened.plan is not None
    words = {"complete": "It has done its work", "revoke": "It is no longer wanted", "correct": "It was never right"}
    ways = [(a, words[a]) for a in ENDS if a in opened.acts]
    lines = [promised(opened, p) for p in open_promises(opened.plan.pk)]
    return shown(opened, "end", "End the plan", typed, errors, ways=ways, promises=lines)
