"""The page that answers: who was responsible for this person at an instant, who answered, what had they been told?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.answering import By
from carestead.care.standing import ROLES
from carestead.care.times import comes_twice
from carestead.core.calendar import utc
from carestead.core.finding import CaresteadError
from carestead.outputs import svg
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.assign.answered import Answered, Told, who_answered
from carestead.store.assign.hand_over import acknowledge_interim
from carestead.web.assign.staff import about, group_of
from carestead.web.assign.strip import strip
from carestead.web.find.people import Known, one
from carestead.web.published import Published, published
from carestead.web.record.frame import frame
from carestead.web.record.looked import words_of
from carestead.web.shell import once
from carestead.web.shell.dates import split_moment
from carestead.web.shell.doors import Page, door
from carestead.web.shell.formats import moment
from carestead.web.shell.typed import Typed

OF_BASIS = {"accepted": "accepted", "interim": "for now: named by the clinical lead"}


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="see-responsibility")
def responsibility(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """Holders and cover over time, and who was responsible at the instant asked about (now, unless one is typed)."""
    found = published()
    known = one(found, actor, person_id)
    if request.method == "GET":
        return _page(found, actor, known, *_asked(request.GET))
    if seen := once.again(request, actor):
        return seen
    try:
        return once.first(request, actor, lambda: _acknowledge(request.POST.get("role", ""), found, known, actor))
    except CaresteadError as refused:
        return _page(found, actor, known, timezone.now(), {"acknowledge": str(refused)}, {})


def _acknowledge(role: str, found: Published, known: Known, actor: Actor) -> once.Outcome:
    acknowledge_interim(person_id=known.person_id, role=role, by=actor, staff=about(found, known))
    return once.Outcome(
        reverse("responsibility", args=[known.person_id]), f"Acknowledged: you are the {ROLES[role]} from now."
    )


def _asked(typed: Mapping[str, str]) -> tuple[datetime, dict[str, str], Mapping[str, str]]:
    now = timezone.now()
    if "at-day" not in typed:
        return now, {}, split_moment("at", now)
    form = Typed(typed)
    return form.moment("at", "at-time") or now, form.errors, typed


def _page(
    found: Published, actor: Actor, known: Known, at: datetime, errors: dict[str, str], typed: Mapping[str, str]
) -> Page:
    group = known.facts.group_code or group_of(found, known.facts.practice_code)
    answers = who_answered(known.person_id, at, group_code=group)
    history = strip(found, known.person_id, utc(at), utc(timezone.now()))
    context = {
        **frame(found, actor, known, "responsibility"),
        "title": "Responsibility",
        "at": at,
        "twice": comes_twice(at),
        "typed": typed or split_moment("at", at),
        "errors": errors,
        "answers": [_answer(found, a) for a in answers],
        "chart": history.chart,
        "svg": svg.strips(history.chart, "responsibility") if history.chart.rows else "",
        "rows": history.rows,
        "mine": [role for role, code in known.holders.items() if code == actor.practitioner_code],
        "interim": [a.role for a in answers if a.basis == "interim" and a.holder == actor.practitioner_code],
    }
    return Page("assign/responsibility.jinja", context, people=[known.person_id], status=400 if errors else 200)


def _answer(found: Published, answered: Answered) -> dict[str, Any]:
    return {
        "role": ROLES[answered.role][0].upper() + ROLES[answered.role][1:],
        "holder": found.practitioner_name(answered.holder) if answered.holder else "",
        "basis": OF_BASIS.get(answered.basis, ""),
        "since": answered.since,
        "answers": answering_words(found, answered),
        "breach": bool(answered.holder) and answered.answer.by is By.NOBODY,
        "until": answered.answer.until,
        "told": [_told(found, t) for t in answered.told],
    }


def _told(found: Published, told: Told) -> dict[str, Any]:
    """A line of what one of them had been told."""
    who = found.practitioner_name(told.to)
    if told.how == "looked":
        return {"at": told.at, "said": f"{who} {words_of(told.what)}"}
    seen = f"seen {moment(told.seen_at)}" if told.seen_at else "not seen by then"
    return {"at": told.at, "said": f"{told.how} to {who}: {told.what} ({seen})"}


def answering_words(found: Published, answered: Answered) -> str:
    """Who answers, as a sentence's end: `Dr Brown, who covers`."""
    answer = answered.answer
    if not answered.holder:
        return "nobody: the person was not enrolled"
    return {
        By.HOLDER: f"{found.practitioner_name(answer.code)}, who is here",
        By.COVER: f"{found.practitioner_name(answer.code)}, who covers for {found.practitioner_name(answered.holder)}",
        By.DESK: f"the duty desk: {answer.name}, telephone {answer.phone}",
        By.OUT_OF_HOURS: f"out of hours: {answer.name}, telephone {answer.phone}",
        By.NOBODY: "nobody: the holder is away, no cover has agreed, and the duty desk has no shift",
    }[answer.by]
