"""Writing what a plan says under one heading; a page to put together what two people wrote at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from carestead.care.headings import heading_refusal
from carestead.care.headings import part as part_of
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care.log import ChangedMeanwhileError
from carestead.store.care.models import PlanSection
from carestead.store.care.sections import Place, sections, write_section
from carestead.web.plan.opened import Opened, open_plan
from carestead.web.plan.owners import practitioners
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

REVIEWED = ("contingency-plan-name", "additional-support-plan-name")
"""Headings beside which the day of review of that plan, and who is responsible for it, are asked."""


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="write-plan")
def write(
    request: HttpRequest, actor: Actor, person_id: int, plan_id: int, part: str, heading: str, number: int
) -> Page | HttpResponse:
    """The form of one heading."""
    opened, place = open_plan(actor, person_id, plan_id), Place(part, heading, number)
    if opened is None or heading_refusal(part, heading, number) or "write" not in opened.acts:
        return redirect("plan", person_id=person_id)
    opened.require(part)
    there = sections(plan_id).get((part, number, heading))
    if request.method == "GET":
        return _form(opened, place, _first(there), own_words=there)
    typed, clash = Typed(request.POST), list[Any]()
    done = typed.send(request, actor, "text", lambda: _save(typed, opened, place, clash))
    if clash:
        return _both(opened, place, clash[0], typed)
    return done or _form(opened, place, request.POST.dict(), typed.errors, there)


def _save(typed: Typed, opened: Opened, place: Place, clash: list[Any]) -> Outcome:
    """Save it; when somebody else did meanwhile, put what they wrote into `clash`."""
    review_on = typed.day("review", optional=True) if place.heading in REVIEWED else None
    offered = [code for code, _ in practitioners(opened.found, opened.known)]
    responsible = typed.data.get("responsible", "")
    assert opened.plan is not None
    try:
        if typed.good:
            write_section(
                plan_id=opened.plan.pk, place=place, text=typed.data.get("text", "").replace("\r\n", "\n"),
                version=typed.whole("version"), by=opened.actor, review_on=review_on,
                responsible_code=responsible if responsible in offered else "",
            )  # fmt: skip
    except ChangedMeanwhileError as changed:
        clash.append(changed.now)
        raise
    address = reverse("plan-version", args=[opened.person_id, opened.plan.pk])
    return Outcome(f"{address}#{place.part}-{place.number}", "Saved.")


def _first(there: PlanSection | None) -> dict[str, Any]:
    if there is None:
        return {"text": "", "version": 0}
    review = split_date("review", there.review_on) if there.review_on else {}
    return {"text": there.text, "version": there.version, "responsible": there.responsible_code, **review}


def _form(
    opened: Opened, place: Place, data: dict[str, Any], errors: dict[str, str] | None = None,
    own_words: PlanSection | None = None,
) -> Page:  # fmt: skip
    """The form; it says so when what would be changed are the person's own words, or their carer's."""
    theirs = own_words if own_words and own_words.written_by_code in ("person", "carer") else None
    context = {"data": data, "asks_review": place.heading in REVIEWED, "theirs": theirs, **_named(opened, place)}
    return opened.page("write", f"Write: {context['heading'].name}", errors, **context)


def _both(opened: Opened, place: Place, now: Any, typed: Typed) -> Page:
    """Somebody else saved while this person wrote: both texts, and one to be saved in their place."""
    data = {**typed.data.dict(), "version": now.version if now else 0}  # type: ignore[attr-defined]
    return opened.page("merge", "Two people wrote this", status=409, theirs=now, data=data, **_named(opened, place))


def _named(opened: Opened, place: Place) -> dict[str, Any]:
    part = part_of(place.part)
    assert part is not None
    practices = practitioners(opened.found, opened.known)
    return {
        "shown": [part.id],
        "part": part,
        "heading": part.heading(place.heading),
        "number": place.number,
        "practitioners": practices,
    }
