"""The steps of a plan: its facts, agreeing, signing, reviewing, ending. Each is one page with one button."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.store.actor import DIRECT_CARE, Actor, Role
from carestead.store.care.asks import open_promises
from carestead.store.care.plan_course import ENDS, Fate, end_plan, review_plan
from carestead.store.care.plans import active_plan, set_details
from carestead.store.care.signing import agree_plan, sign_plan
from carestead.web.plan.opened import Opened, open_plan
from carestead.web.plan.owners import practitioners
from carestead.web.plan.presenters import promised, reading, standing
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

REVIEW_AFTER = timedelta(days=182)
"""What is filled in as the next day of review: half a year from now."""

Save = Callable[[Typed, Opened], None]
Show = Callable[[Opened, dict[str, Any], dict[str, str]], Page]


def _step(
    request: HttpRequest, opened: Opened | None, person_id: int, act: str, save: Save, show: Show, done: str
) -> Page | HttpResponse:
    """Show the form, or do what was typed and go back to the plan. An act that is not possible now is not shown."""
    if opened is None or act not in opened.acts:
        return redirect("plan", person_id=person_id)
    if request.method == "GET":
        return show(opened, {}, {})
    typed = Typed(request.POST)
    sent = typed.send(request, opened.actor, "act", lambda: _saved(save, typed, opened, done))
    return sent or show(opened, request.POST.dict(), typed.errors)


def _saved(save: Save, typed: Typed, opened: Opened, done: str) -> Outcome:
    assert opened.plan is not None
    save(typed, opened)
    return Outcome(reverse("plan-version", args=[opened.person_id, opened.plan.pk]), done)


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="write-plan")
def details(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """Who reviews the plan and when; where it is kept; who pays."""
    opened = open_plan(actor, person_id, plan_id)
    return _step(request, opened, person_id, "write", _save_details, _show_details, "Saved.")


def _save_details(typed: Typed, opened: Opened) -> None:
    code, day = _reviewer(typed, opened), typed.day("review")
    if typed.good:
        set_details(
            **_which(typed, opened),
            review_on=day,
            review_by_code=code,
            location=typed.text("location"),
            funding_source=typed.text("funding_source"),
        )


def _show_details(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    plan = opened.plan
    assert plan is not None
    first = {
        **_next_review(opened),
        "location": plan.location,
        "funding_source": plan.funding_source,
    }
    return _page(opened, "details", "Review, place and funding", {**first, **typed}, errors)


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, Role.CARE_COORDINATOR, discloses="people", action="agree-plan")
def agree(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """With whom the plan was agreed, and when."""
    done = "Agreed. Next: the named GP signs it. What is changed from now on has to be agreed again."
    return _step(request, open_plan(actor, person_id, plan_id), person_id, "agree", _save_agreed, _show_agree, done)


def _save_agreed(typed: Typed, opened: Opened) -> None:
    whose = typed.choice("with", ("person", "representative"), "Choose with whom it was agreed.")
    name = ""
    if whose == "representative":
        name = typed.text("representative", "Type the name and what they are, such as: Ann Cole, daughter, attorney.")
    day = typed.day("agreed")
    if typed.good and day:
        agree_plan(**_which(typed, opened), agreed_with=name or "The person", agreed_on=day)


def _show_agree(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    first = {"with": "person", **split_date("agreed", timezone.localdate())}
    return _page(opened, "agree", "Agree the plan", {**first, **typed}, errors)


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, discloses="people", action="sign-plan")
def sign(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """What is about to be signed, and the button. Only the accountable GP comes here."""
    done = "Signed. The plan holds from now. Next: it is reviewed on the day it says."
    return _step(request, open_plan(actor, person_id, plan_id), person_id, "sign", _save_signed, _show_sign, done)


def _save_signed(typed: Typed, opened: Opened) -> None:
    sign_plan(**_which(typed, opened))


def _show_sign(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    more = {**reading(opened), "shown": opened.parts, "replaces": active_plan(opened.person_id)}
    return _page(opened, "sign", "Sign the plan", typed, errors, **more)


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, Role.CARE_COORDINATOR, discloses="people", action="review-plan")
def review(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """What a review found, and when the next one is."""
    done = "Reviewed. The next day of review is set."
    return _step(request, open_plan(actor, person_id, plan_id), person_id, "review", _save_review, _show_review, done)


def _save_review(typed: Typed, opened: Opened) -> None:
    note = typed.text("note", "Say what the review found.")
    code, day = _reviewer(typed, opened), typed.day("review")
    if typed.good and day:
        review_plan(**_which(typed, opened), note=note, review_on=day, review_by_code=code)


def _show_review(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    assert opened.plan is not None
    first = {**_next_review(opened), **split_date("review", timezone.localdate() + REVIEW_AFTER)}
    return _page(opened, "review", "Review the plan", {**first, **typed}, errors, standing=standing(opened))


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, Role.LEAD, discloses="people", action="end-plan")
def end(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """End a plan: why, and what becomes of each promise that is open, one by one."""
    opened = open_plan(actor, person_id, plan_id)
    act = next((a for a in ENDS if opened and a in opened.acts), ENDS[0])
    return _step(request, opened, person_id, act, _save_end, _show_end, "The plan has ended.")


def _save_end(typed: Typed, opened: Opened) -> None:
    assert opened.plan is not None
    act = typed.choice("how", [a for a in ENDS if a in opened.acts], "Choose how it ends.")
    reason = typed.text("reason", "Say why the plan ends.")
    fates = {p.pk: fate for p in open_promises(opened.plan.pk) if (fate := _fate(typed, p.pk))}
    if typed.good:
        end_plan(**_which(typed, opened), act=act, reason=reason, fates=fates)


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
    return _page(opened, "end", "End the plan", typed, errors, ways=ways, promises=lines)


def _which(typed: Typed, opened: Opened) -> dict[str, Any]:
    assert opened.plan is not None
    return {"plan_id": opened.plan.pk, "version": typed.whole("version"), "by": opened.actor}


def _reviewer(typed: Typed, opened: Opened) -> str:
    offered = [code for code, _ in practitioners(opened.found, opened.known)]
    return typed.choice("reviewer", offered, "Choose who reviews it.")


def _next_review(opened: Opened) -> dict[str, str]:
    plan = opened.plan
    assert plan is not None
    day = plan.review_on or timezone.localdate() + REVIEW_AFTER
    return {"reviewer": plan.review_by_code or opened.known.coordinator_code or "", **split_date("review", day)}


def _page(opened: Opened, template: str, title: str, data: dict[str, Any], errors: dict[str, str], **more: Any) -> Page:
    known = practitioners(opened.found, opened.known)
    return opened.page(template, title, errors, data=data, practitioners=known, **more)
