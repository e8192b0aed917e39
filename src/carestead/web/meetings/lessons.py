"""Lessons: what went wrong, what was promised about it, and whether it helped."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.care.lesson import CAUSES
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care.follow_ups import carried_on
from carestead.store.care.lessons import close_lesson, measure_effect, promise_for_lesson, record_lesson
from carestead.store.care.models import Lesson, Promise
from carestead.store.find.models import Enrolment
from carestead.web.meetings.scope import RUN, called, practices, visible
from carestead.web.plan.opened import Opened, open_person
from carestead.web.plan.owners import AskForm, owners
from carestead.web.plan.presenters import promised
from carestead.web.published import published
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

Act = Callable[[Typed, Opened, Lesson], None]


@require_GET
@door(*RUN, discloses="people", action="see-lessons")
def lessons(request: HttpRequest, actor: Actor) -> Page:
    """What is followed up, by cause; the causes before the names."""
    found = published()
    mine = Enrolment.objects.filter(practice_code__in=practices(found, actor.organisation_code)).values("person_id")
    rows = list(Lesson.objects.filter(Q(person_id__in=mine)).order_by("state", "-found_at")[:100])
    seen = visible(found, actor, (x.person_id for x in rows if x.person_id is not None))
    named = called(found, seen)
    counts = [(text, sum(x.cause == c for x in rows)) for c, text in CAUSES.items()]
    context = {
        "title": "Lessons",
        "as_of": found.as_of,
        "counts": counts,
        "rows": [_row(x, named) for x in rows if x.person_id in seen],
    }
    return Page("meetings/lessons.jinja", context, people=list(seen))


def _row(lesson: Lesson, named: dict[int, str]) -> dict[str, Any]:
    promise = carried_on(lesson.promise_id)
    return {
        "lesson": lesson,
        "cause": CAUSES[lesson.cause],
        "name": named.get(lesson.person_id or 0),
        "promise": promise,
        "next": "" if lesson.state == "closed" else _next(lesson, promise),
    }


def _next(lesson: Lesson, promise: Promise | None) -> str:
    if promise is None or promise.state in ("failed", "rejected", "cancelled", "entered-in-error"):
        return "Promise to do something about it"
    if promise.state != "completed":
        return "Waits for its promise"
    return "Close it" if lesson.effect else "Measure whether it helped"


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="record-lesson")
def new(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """Something went wrong in this person's care."""
    opened = open_person(actor, person_id)
    typed = Typed(request.POST)
    if request.method == "POST" and (sent := typed.send(request, actor, "what", lambda: _record(typed, opened))):
        return sent
    return _page(opened, "new_lesson", "Something went wrong", typed, causes=list(CAUSES.items()))


def _record(typed: Typed, opened: Opened) -> Outcome:
    what = typed.text("what", "Say what went wrong.")
    cause = typed.choice("cause", CAUSES, "Choose the kind of cause.")
    if typed.good:
        record_lesson(person_id=opened.person_id, what=what, cause=cause, by=opened.actor)
    to = reverse("lessons") if opened.actor.role in RUN else reverse("person", args=[opened.person_id])
    return Outcome(to, "Written down. Next: somebody promises to do something about it.")


@require_http_methods(["GET", "POST"])
@door(*RUN, discloses="people", action="see-lesson")
def one(request: HttpRequest, actor: Actor, lesson_id: int) -> Page | HttpResponse:
    """One lesson: its promise, its effect, and closing it."""
    lesson = Lesson.objects.filter(pk=lesson_id).first()
    if lesson is None or lesson.person_id is None:
        return redirect("lessons")
    opened = open_person(actor, lesson.person_id)
    typed = Typed(request.POST)
    act = _ACTS.get(request.POST.get("act", ""))
    if (
        request.method == "POST"
        and act
        and (sent := typed.send(request, actor, "act", lambda: _done(act, typed, opened, lesson)))
    ):
        return sent
    promise = carried_on(lesson.promise_id)
    return _page(
        opened, "lesson", "A lesson", typed, lesson=lesson, cause=CAUSES[lesson.cause], next=_next(lesson, promise),
        promise=promised(opened, promise) if promise else None, owners=owners(opened.found, opened.known),
    )  # fmt: skip


def _done(act: Act, typed: Typed, opened: Opened, lesson: Lesson) -> Outcome:
    act(typed, opened, lesson)
    return Outcome(reverse("lesson", args=[lesson.pk]), "Saved.")


def _promise(typed: Typed, opened: Opened, lesson: Lesson) -> None:
    ask = AskForm(opened.found, opened.known).read(typed)
    if typed.good:
        promise_for_lesson(**_which(typed, opened, lesson), ask=ask)


def _measure(typed: Typed, opened: Opened, lesson: Lesson) -> None:
    effect, day = typed.text("effect", "Say what changed, before and after."), typed.day("measured")
    if typed.good and day:
        measure_effect(**_which(typed, opened, lesson), effect=effect, measured_on=day)


def _close(typed: Typed, opened: Opened, lesson: Lesson) -> None:
    close_lesson(**_which(typed, opened, lesson))


_ACTS = {"promise": _promise, "measure": _measure, "close": _close}


def _which(typed: Typed, opened: Opened, lesson: Lesson) -> dict[str, Any]:
    return {"lesson_id": lesson.pk, "version": typed.whole("version"), "by": opened.actor}


def _page(opened: Opened, template: str, title: str, typed: Typed, **more: Any) -> Page:
    today = timezone.localdate()
    data = {**split_date("due", today), **split_date("measured", today), **dict(typed.data.items())}
    return opened.page(template, title, typed.errors, room="meetings", data=data, **more)
