"""Pages about one person."""

from typing import Any

from django.http import HttpRequest
from django.views.decorators.http import require_GET

from carestead.store.actor import DIRECT_CARE, Actor
from carestead.web.find.people import one
from carestead.web.plan.presenters import about_me
from carestead.web.published import published
from carestead.web.record import presenters
from carestead.web.record.evidence import evidence as rows_of
from carestead.web.record.frame import frame
from carestead.web.record.looked import looked as who_looked
from carestead.web.record.story import conflict_page, timeline_page, told
from carestead.web.record.why import why as why_person
from carestead.web.shell.doors import Page, door


def _show(actor: Actor, person_id: int, section: str, title: str, **context: Any) -> Page:
    found = published()
    known = one(found, actor, person_id)
    # the rows behind a score are a part of Why
    around = frame(found, actor, known, "why" if section == "evidence" else section)
    detail = context.pop("disclosed", {})
    return Page(f"record/{section}.jinja", {**around, "title": title, **context}, people=[person_id], detail=detail)


@require_GET
@door(*DIRECT_CARE, discloses="people", action="see-person")
def person(request: HttpRequest, actor: Actor, person_id: int) -> Page:
    """Who looks after the person, why they are on the register, what is in place."""
    found = published()
    known = one(found, actor, person_id)
    return _show(
        actor, person_id, "person", "Person", **presenters.now(found, actor, known), **about_me(actor, person_id)
    )


@require_GET
@door(*DIRECT_CARE, discloses="people", action="see-record")
def record(request: HttpRequest, actor: Actor, person_id: int) -> Page:
    """One timeline across sources, each item with its source and date; what sources do not agree on."""
    found = published()
    one(found, actor, person_id)
    story = told(found, person_id)
    page = request.GET.get("page", "1")
    number = max(1, int(page)) if page.isdecimal() else 1
    chosen = timeline_page(found, story, request.GET.get("kind", ""), request.GET.get("source", ""), number)
    return _show(actor, person_id, "record", "Record", **chosen, disagreements=conflict_page(story))


@require_GET
@door(*DIRECT_CARE, discloses="people", action="see-medicines")
def medicines(request: HttpRequest, actor: Actor, person_id: int) -> Page:
    """Medicines now, the practice's list beside the hospital's."""
    found = published()
    one(found, actor, person_id)
    rows = found.rows("record/medicines", person_id=person_id)
    return _show(actor, person_id, "medicines", "Medicines", **presenters.medicines(rows))


@require_GET
@door(*DIRECT_CARE, discloses="people", action="see-why")
def why(request: HttpRequest, actor: Actor, person_id: int) -> Page:
    """Why this person: lists, scores, flags, needs, what became of the proposal, what is not known."""
    found = published()
    known = one(found, actor, person_id)
    return _show(actor, person_id, "why", "Why this person", **why_person(found, known))


@require_GET
@door(*DIRECT_CARE, discloses="people", action="see-evidence")
def evidence(request: HttpRequest, actor: Actor, person_id: int, score: str) -> Page:
    """The rows behind one score of the person."""
    found = published()
    one(found, actor, person_id)
    context = rows_of(found, person_id, score)
    return _show(actor, person_id, "evidence", context["name"], **context)


@require_GET
@door(*DIRECT_CARE, discloses="people", action="see-looked")
def looked(request: HttpRequest, actor: Actor, person_id: int) -> Page:
    """Who looked at the person's record, in plain words."""
    one(published(), actor, person_id)
    return _show(actor, person_id, "looked", "Who looked", events=who_looked(person_id))
