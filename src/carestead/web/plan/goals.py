"""Goals in the person's own words, how far they were reached, and the promises that work towards them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.plan import ACHIEVEMENT, GOAL
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care.goals import add_goal, courses, judge_goal, move_goal, promise_for_plan
from carestead.store.care.models import Goal
from carestead.web.plan.opened import Opened, open_plan
from carestead.web.plan.owners import AskForm, owners
from carestead.web.plan.presenters import goals, told
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

SCORE = [(str(n), str(n)) for n in range(1, 11)]
FURTHER = {
    "accept": "Accepted by the person", "begin": "Being worked on from now", "resume": "Being worked on again",
    "hold": "On hold", "reject": "Not wanted", "cancel": "Given up",
}  # fmt: skip
"""Acts upon a goal that need no judgement, as the form offers them."""


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="write-plan")
def new(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """The form of a goal."""
    opened = _writable(actor, person_id, plan_id)
    if opened is None:
        return redirect("plan", person_id=person_id)
    typed = Typed(request.POST)
    said = "The goal is written down. Next: who does what towards it?"
    sent = _sent(request, opened, typed, "words", _add, said)
    return sent or opened.page("goal", "A goal", typed.errors, data=request.POST.dict(), scores=SCORE)


def _add(typed: Typed, opened: Opened) -> None:
    scores = {name: typed.score(name) for name in ("importance", "confidence")}
    if typed.good:
        words = typed.data.get("words", "").replace("\r\n", "\n")
        assert opened.plan is not None
        add_goal(plan_id=opened.plan.pk, words=words, need=typed.text("need"), by=opened.actor, **scores)


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="write-plan")
def one(request: HttpRequest, actor: Actor, person_id: int, plan_id: int, goal_id: int) -> Page | HttpResponse:
    """One goal: judge how far it was reached, or move it on."""
    opened = _writable(actor, person_id, plan_id)
    goal = Goal.objects.filter(pk=goal_id, plan_id=plan_id).first()
    if opened is None or goal is None:
        return redirect("plan", person_id=person_id)
    typed = Typed(request.POST)
    act = _judge if request.POST.get("form") == "judge" else _move
    field = "achievement" if act is _judge else "act"
    sent = _sent(request, opened, typed, field, lambda typed, opened: act(typed, opened, goal), "Saved.")
    return sent or opened.page("one_goal", "Goal", typed.errors, **_choices(opened, goal), data=_first(request))


def _judge(typed: Typed, opened: Opened, goal: Goal) -> None:
    achievement = typed.choice("achievement", ACHIEVEMENT, "Choose how far it was reached.")
    outcome, day = typed.text("outcome", "Say what came of it."), typed.day("happened")
    if typed.good and day:
        judge_goal(
            goal_id=goal.pk, version=typed.whole("version"), by=opened.actor, achievement=achievement, outcome=outcome,
            happened_at=noon(day), ends=typed.data.get("ends") == "1",
        )  # fmt: skip


def noon(day: date) -> datetime:
    """The instant that stands for a day of which no time was said: its noon, or now while that is to come."""
    at = timezone.make_aware(datetime.combine(day, time(12)))
    return min(at, timezone.now()) if day == timezone.localdate() else at


def _move(typed: Typed, opened: Opened, goal: Goal) -> None:
    act = typed.choice("act", FURTHER, "Choose what becomes of the goal.")
    if typed.good:
        reason = typed.text("reason")
        move_goal(goal_id=goal.pk, act=act, version=typed.whole("version"), by=opened.actor, reason=reason)


def _choices(opened: Opened, goal: Goal) -> dict[str, Any]:
    acts = GOAL.acts(goal.state, opened.on)
    return {
        "goal": goal,
        "label": GOAL.label(goal.state),
        "acts": [(a, FURTHER[a]) for a in acts if a in FURTHER],
        "achievements": list(ACHIEVEMENT.items()),
        "course": told(courses([goal.pk]).get(goal.pk, [])),
        "may_judge": "achievement" in acts,
    }


def _first(request: HttpRequest) -> dict[str, Any]:
    return {**split_date("happened", timezone.localdate()), **request.POST.dict()}


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="write-plan")
def action(request: HttpRequest, actor: Actor, person_id: int, plan_id: int) -> Page | HttpResponse:
    """Who does what, by when, towards which goal."""
    opened = _writable(actor, person_id, plan_id)
    if opened is None:
        return redirect("plan", person_id=person_id)
    typed = Typed(request.POST)
    said = "Asked. It stands under its goal until it is kept or given up, with a reason."
    if sent := _sent(request, opened, typed, "what", _promise, said):
        return sent
    live = [(str(g["goal"].pk), g["goal"].words) for g in goals(opened)["goals"] if g["goal"].state not in GOAL.ended]
    due = split_date("due", timezone.localdate() + timedelta(days=14))
    data = {"goal": request.GET.get("goal", ""), **due, **request.POST.dict()}
    offered = owners(opened.found, opened.known)
    return opened.page("action", "A promise", typed.errors, data=data, live=live, owners=offered)


def _promise(typed: Typed, opened: Opened) -> None:
    ask = AskForm(opened.found, opened.known).read(typed)
    if typed.good:
        assert opened.plan is not None
        promise_for_plan(plan_id=opened.plan.pk, ask=ask, by=opened.actor, goal_id=typed.whole("goal") or None)


def _writable(actor: Actor, person_id: int, plan_id: int) -> Opened | None:
    """The plan, when the actor may write in it and sees the part in which goals stand."""
    opened = open_plan(actor, person_id, plan_id)
    if opened is None or "write" not in opened.acts:
        return None
    opened.require("plan")
    return opened


def _sent(
    request: HttpRequest, opened: Opened, typed: Typed, field: str, act: Callable[[Typed, Opened], None], said: str
) -> HttpResponse | None:
    """Do what was posted, and go back to the goals; None for a form that is opened, or was filled in wrongly."""
    assert opened.plan is not None
    back = reverse("plan-version", args=[opened.person_id, opened.plan.pk]) + "#goals"

    def do() -> Outcome:
        act(typed, opened)
        return Outcome(back, said)

    return typed.send(request, opened.actor, field, do) if request.method == "POST" else None
