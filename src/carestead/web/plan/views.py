"""Reading a plan: on the screen, on paper; and beginning one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care.models import Plan
from carestead.store.care.plans import draft_plan, start_plan
from carestead.web.plan.opened import Opened, open_person, open_plan
from carestead.web.plan.paper import plan_pdf
from carestead.web.plan.presenters import reading
from carestead.web.shell.doors import Data, Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="see-plan")
def plan(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """The plan that holds, else the one being written. Posting begins a plan, or the next version of it."""
    opened = open_person(actor, person_id)
    if request.method == "GET":
        return _read(opened)
    typed = Typed(request.POST)
    return typed.send(request, actor, "start", lambda: _start(opened)) or _read(opened, typed.errors)


def _start(opened: Opened) -> Outcome:
    begun = start_plan(person_id=opened.person_id, by=opened.actor)
    said = "A plan is begun. Next: write what matters to the person, then a first goal."
    return Outcome(reverse("plan-version", args=[opened.person_id, begun.pk]), said)


@require_GET
@door(*DIRECT_CARE, discloses="people", action="see-plan")
def version(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """One version of the plan: the one being written, or an earlier one."""
    opened = open_plan(actor, person_id, plan_id)
    return _read(opened) if opened else redirect("plan", person_id=person_id)


@require_GET
@door(*DIRECT_CARE, discloses="people", action="print-plan")
def on_paper(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """The plan as it prints: A4, black on white."""
    opened = open_plan(actor, person_id, plan_id)
    if opened is None:
        return redirect("plan", person_id=person_id)
    return opened.page(
        "print", "Care and support plan, to print", shown=opened.parts, **reading(opened), today=timezone.localdate()
    )


@require_GET
@door(*DIRECT_CARE, discloses="people", action="plan-pdf")
def pdf(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Data | HttpResponse:
    """The plan as PDF, in ordinary or (`?print=large`) large print."""
    opened = open_plan(actor, person_id, plan_id)
    if opened is None:
        return redirect("plan", person_id=person_id)
    return plan_pdf(opened, large=request.GET.get("print") == "large")


def _read(opened: Opened, errors: dict[str, str] | None = None) -> Page:
    others = Plan.objects.filter(person_id=opened.person_id).order_by("-pk")
    context: dict[str, Any] = {"versions": list(others), "draft": draft_plan(opened.person_id)}
    if opened.plan is None:
        return opened.page("none", "Plan", errors, **context)
    return opened.page("plan", "Plan", errors, shown=opened.parts, **context, **reading(opened))
