"""Pages of leaving for good (of a holder) and of the end of an enrolment (of a person)."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from carestead.core.calendar import LONDON
from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor, Role
from carestead.store.assign.ending import EndRefusedError, Fate, end_enrolment, still_open
from carestead.store.assign.leaving import give_notice
from carestead.store.care.things import Thing
from carestead.store.clocks import site_clocks
from carestead.store.find.models import Enrolment
from carestead.web.assign.staff import choices, mine
from carestead.web.find.people import Known, one
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell import once
from carestead.web.shell.doors import Page, door
from carestead.web.shell.typed import Typed


@require_http_methods(["GET", "POST"])
@door(Role.LEAD, discloses="nobody", action="see-leaving")
def leaving(request: HttpRequest, actor: Actor) -> Page | HttpResponse:
    """Record that a holder leaves, and who stands in for whomever they still hold then."""
    found = published()
    if request.method == "GET":
        return _leaving_page(found, actor, {}, {})
    if seen := once.again(request, actor):
        return seen
    form = Typed(request.POST)
    form.text("who", "Choose who leaves.")
    day = form.day("leaves")
    if day is None or not form.good:
        return _leaving_page(found, actor, request.POST, form.errors)
    # They leave at the end of their last day.
    at = datetime.combine(day, time.max, LONDON)
    try:
        return once.first(request, actor, lambda: _leave(found, actor, request.POST, at))
    except CaresteadError as refused:
        return _leaving_page(found, actor, request.POST, {"stand_in": str(refused)})


def _leave(found: Published, actor: Actor, typed: Mapping[str, str], at: datetime) -> once.Outcome:
    gone = give_notice(
        practitioner_code=typed["who"], leaves_at=at, reason=typed.get("reason", ""),
        stand_in_code=typed.get("stand_in", ""), by=actor, staff=mine(found, actor),
    )  # fmt: skip
    name, stand_in = (found.practitioner_name(c) for c in (gone.practitioner_code, gone.stand_in_code))
    said = f"Recorded. Next: offer the people of {name} to others. Whoever is left then goes to {stand_in}."
    return once.Outcome(f"{reverse('hand-over-many')}?leaving={gone.practitioner_code}", said)


def _leaving_page(found: Published, actor: Actor, typed: Mapping[str, str], errors: dict[str, str]) -> Page:
    staff = mine(found, actor)
    everybody = [c for role in ("named-gp", "coordinator") for c in choices(found, staff, role)]
    context = {
        "title": "Somebody leaves",
        "as_of": found.as_of,
        "everybody": everybody,
        "interim": site_clocks()["interim-answer"].words,
        "data": typed,
        "errors": errors,
    }
    return Page("assign/leaving.jinja", context, status=400 if errors else 200)


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, Role.LEAD, discloses="people", action="end-enrolment")
def end(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """End an enrolment: why, who takes over, and what becomes of each open promise and request."""
    found = published()
    known = one(found, actor, person_id)
    if request.method == "GET":
        return _end_page(found, known, {}, {})
    if seen := once.again(request, actor):
        return seen
    try:
        return once.first(request, actor, lambda: _end(known, actor, request.POST))
    except EndRefusedError as refused:
        return _end_page(found, known, request.POST, _end_errors(refused))


def _end(known: Known, actor: Actor, typed: QueryDict) -> once.Outcome:
    person_id, kind = known.person_id, typed.get("kind", "")
    end_enrolment(
        person_id=person_id, version=Typed(typed).whole("version"), kind=kind,
        reason=typed.get("reason", ""), receiver=typed.get("receiver", ""), by=actor,
        fates={(t.KIND, t.pk): _fate(typed, _name(t)) for t in still_open(person_id, kind)},
    )  # fmt: skip
    said = (
        "The enrolment has ended, and both responsibilities with it. The record stays; nobody is on a clock any more."
    )
    return once.Outcome(reverse("person", args=[person_id]), said)


def _fate(typed: Mapping[str, str], name: str) -> Fate:
    said = typed.get(f"{name}-said", "").strip()
    return Fate(new_home=said) if typed.get(f"{name}-fate") == "passed" else Fate(reason=said)


def _end_errors(refused: EndRefusedError) -> dict[str, str]:
    if refused.open:
        return {f"{_name(t)}-said": f"{_what(t)}: say who carries it on, or why not." for t in refused.open}
    return {refused.field or "reason": str(refused)}


def _end_page(found: Published, known: Known, typed: Mapping[str, str], errors: dict[str, str]) -> Page:
    enrolment = known.enrolment
    context: dict[str, Any] = {
        "title": "End the enrolment",
        "as_of": found.as_of,
        "banner": banner(found, known),
        "known": known,
        "enrolled": known.facts.enrolled,
        "version": enrolment.version if enrolment else 0,
        "kinds": Enrolment.ENDS,
        "open": [{"name": _name(t), "what": _what(t), "due": t.due_at} for t in still_open(known.person_id)],
        "data": typed,
        "errors": errors,
    }
    return Page("assign/end.jinja", context, people=[known.person_id], status=400 if errors else 200)


def _name(thing: Thing) -> str:
    return f"{thing.KIND}-{thing.pk}"


def _what(thing: Thing) -> str:
    return str(thing.what)  # type: ignore[attr-defined]
