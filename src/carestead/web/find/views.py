"""Lists of people: who needs me, and who is proposed."""

from django.http import HttpRequest
from django.views.decorators.http import require_GET

from carestead.core.nhs_number import normalise
from carestead.store.access import Action, may
from carestead.store.actor import DIRECT_CARE, Actor, Role
from carestead.web.find.listing import Filters
from carestead.web.find.people import lookup, register
from carestead.web.find.presenters import item, list_page, names
from carestead.web.find.reasons import glances
from carestead.web.published import Published, published
from carestead.web.shell.doors import Page, door


@require_GET
@door(*DIRECT_CARE, discloses="people", action="see-list")
def people(request: HttpRequest, actor: Actor) -> Page:
    """My list: who needs me, why, ranked."""
    found = published()
    filters = Filters.read(request.GET, whose="mine" if actor.practitioner_code else "")
    context = list_page(found, actor, register(found, actor), filters)
    others = _others(found, actor, filters, context["people"])
    title = {Role.NAMED_GP: "My list", Role.PARTNER: "My people"}.get(actor.role, "People")
    return _page("find/my_list.jinja", {**context, **others, "title": title}, filters)


@require_GET
@door(Role.NAMED_GP, Role.LEAD, discloses="people", action="see-proposed")
def proposed(request: HttpRequest, actor: Actor) -> Page:
    """People proposed for the register, for a clinician to decide."""
    found = published()
    filters = Filters.read(request.GET, whose="mine" if actor.role is Role.NAMED_GP else "")
    waiting = [k for k in register(found, actor) if k.waits]
    context = list_page(found, actor, waiting, filters)
    context |= {"title": "Proposed people", "may_decide": actor.role is Role.NAMED_GP}
    return _page("find/proposed.jinja", context, filters)


def _others(found: Published, actor: Actor, filters: Filters, listed: list[int]) -> dict[str, object]:
    """People the actor may see who are not on the list and answer to what was searched for."""
    if len(filters.q) < 3 or actor.role is Role.PARTNER:
        return {"others": []}
    number = normalise(filters.q) or ""
    family = "" if number.isdecimal() else filters.q.split(",")[0].split(" ")[0].lower()
    rows = found.rows("find/search", number=number, family=family, practices=[actor.organisation_code])
    known = [lookup(found, actor, r["person_id"]) for r in rows if r["person_id"] not in listed]
    seen = [k for k in known if k and may(actor, Action.SEE, k.facts).allowed]
    named = names(found, (k.person_id for k in seen))
    glance = glances(found, seen)
    return {"others": [{**item(found, k, named), "glance": glance[k.person_id]} for k in seen]}


def _page(template: str, context: dict[str, object], filters: Filters) -> Page:
    others = [o["person_id"] for o in context.get("others", [])]  # type: ignore[attr-defined, union-attr]
    return Page(template, context, people=[*context["people"], *others], detail={"asked": filters.address()})  # type: ignore[misc]
