"""The steps until a plan holds: its facts, agreeing, signing. Each is one page with one button."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.store.actor import DIRECT_CARE, Actor, Role
from carestead.store.care.plans import active_plan, set_details
from carestead.store.care.signing import agree_plan, sign_plan
from carestead.web.plan.opened import Opened, open_plan
from carestead.web.plan.owners import practitioners
from carestead.web.plan.presenters import reading
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

REVIEW_AFTER = timedelta(days=182)
"""What is filled in as the next day of review: half a year from now."""

Save = Callable[[Typed, Opened], None]
Show = Callable[[Opened, dict[str, Any], dict[str, str]], Page]


def step(
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
    return step(request, opened, person_id, "write", _save_details, _show_details, "Saved.")


def _save_details(typed: Typed, opened: Opened) -> None:
    code, day = reviewer(typed, opened), typed.day("review")
    if typed.good:
        set_details(
            **which(typed, opened),
            review_on=day,
            review_by_code=code,
            location=typed.text("location"),
            funding_source=typed.text("funding_source"),
        )


def _show_details(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    plan = opened.plan
    assert plan is not None
    first = {
        **next_review(opened),
        "location": plan.location,
        "funding_source": plan.funding_source,
    }
    return shown(opened, "details", "Review, place and funding", {**first, **typed}, errors)


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, Role.CARE_COORDINATOR, discloses="people", action="agree-plan")
def agree(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """With whom the plan was agreed, and when."""
    done = "Agreed. Next: the named GP signs it. What is changed from now on has to be agreed again."
    return step(request, open_plan(actor, person_id, plan_id), person_id, "agree", _save_agreed, _show_agree, done)


def _save_agreed(typed: Typed, opened: Opened) -> None:
    whose = typed.choice("with", ("person", "representative"), "Choose with whom it was agreed.")
    name = ""
    if whose == "representative":
        name = typed.text("representative", "Type the name and what they are, such as: Ann Cole, daughter, attorney.")
    day = typed.day("agreed")
    if typed.good and day:
        agree_plan(**which(typed, opened), agreed_with=name or "The person", agreed_on=day)


def _show_agree(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    first = {"with": "person", **split_date("agreed", timezone.localdate())}
    return shown(opened, "agree", "Agree the plan", {**first, **typed}, errors)


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, discloses="people", action="sign-plan")
def sign(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """What is about to be signed, and the button. Only the accountable GP comes here."""
    done = "Signed. The plan holds from now. Next: it is reviewed on the day it says."
    return step(request, open_plan(actor, person_id, plan_id), person_id, "sign", _save_signed, _show_sign, done)


def _save_signed(typed: Typed, opened: Opened) -> None:
    sign_plan(**which(typed, opened))


def _show_sign(opened: Opened, typed: dict[str, Any], errors: dict[str, str]) -> Page:
    more = {**reading(opened), "shown": opened.parts, "replaces": active_plan(opened.person_id)}
    return shown(opened, "sign", "Sign the plan", typed, errors, **more)


def which(typed: Typed, opened: Opened) -> dict[str, Any]:
    """Which plan, at which version, by whom: what every act upon it is given."""
    assert opened.plan is not None
    return {"plan_id": opened.plan.pk, "version": typed.whole("version"), "by": opened.actor}


def reviewer(typed: Typed, opened: Opened) -> str:
    """The code of who reviews it, as chosen."""
    offered = [code for code, _ in practitioners(opened.found, opened.known)]
    return typed.choice("reviewer", offered, "Choose who reviews it.")


def next_review(opened: Opened) -> dict[str, str]:
    """The fields of the next review as they are known: the coordinator, in half a year, unless the plan says else."""
    plan = opened.plan
    assert plan is not None
    day = plan.review_on or timezone.localdate() + REVIEW_AFTER
    return {"reviewer": plan.review_by_code or opened.known.coordinator_code or "", **split_date("review", day)}


def shown(opened: Opened, template: str, title: str, data: dict[str, Any], errors: dict[str, str], **more: Any) -> Page:
    """The page of a step, with those who may review the plan to choose from."""
    known = practitioners(opened.found, opened.known)
    return opened.page(template, title, errors, data=data, practitioners=known, **more)
