"""What the person hopes for: how it goes, in their own words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.plan import ACHIEVEMENT, GOAL
from carestead.store.actor import Actor, Role
from carestead.store.care.goals import courses, judge_goal
from carestead.store.care.models import Goal
from carestead.store.care.plans import sides
from carestead.web.front.own import Own, open_own
from carestead.web.plan.goals import noon
from carestead.web.plan.presenters import told
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

PART = "plan"
"""The part of the plan in which goals stand."""


def hopes(own: Own) -> list[dict[str, Any]]:
    """The goals that are still worked on, or were reached, with how far each was found last."""
    if own.plan is None or PART not in own.parts:
        return []
    found = Goal.objects.filter(plan_id=own.plan.pk).exclude(state__in=("rejected", "cancelled")).order_by("pk")
    return [
        {"goal": g, "label": GOAL.label(g.state), "far": ACHIEVEMENT.get(g.achievement, ""), "may_say": _may(own, g)}
        for g in sorted(found, key=lambda g: (g.state in GOAL.ended, -(g.importance or 0)))
    ]


def _may(own: Own, goal: Goal) -> bool:
    return "achievement" in GOAL.acts(goal.state, sides(own.actor, own.person_id))


@require_http_methods(["GET", "POST"])
@door(Role.PERSON, discloses="people", action="see-my-goal")
def goal(request: HttpRequest, actor: Actor, goal_id: int) -> Page | HttpResponse:
    """How one goal went until now, and how the person says it goes."""
    own = open_own(actor)
    found = next((h["goal"] for h in hopes(own) if h["goal"].pk == goal_id), None)
    if found is None:
        return redirect("my-page")
    typed = Typed(request.POST)
    sent = typed.send(request, actor, "far", lambda: _say(typed, own, found)) if request.method == "POST" else None
    if sent:
        return sent
    data = {**split_date("on", timezone.localdate()), **request.POST.dict()}
    return own.page(
        "goal", "How is it going?", typed.errors, shown=[PART], goal=found, label=GOAL.label(found.state), data=data,
        choices=list(ACHIEVEMENT.items()), course=told(courses([found.pk]).get(found.pk, [])), may_say=_may(own, found),
    )  # fmt: skip


def _say(typed: Typed, own: Own, found: Goal) -> Outcome:
    far = typed.choice("far", ACHIEVEMENT, "Choose the words that fit best.")
    day = typed.day("on")
    if typed.good and day:
        judge_goal(
            goal_id=found.pk, version=typed.whole("version"), by=own.actor, achievement=far,
            outcome=typed.data.get("words", "").replace("\r\n", "\n"), happened_at=noon(day),
        )  # fmt: skip
    return Outcome(reverse("my-goal", args=[found.pk]), "Thank you. It stands in your plan, as you said it.")
