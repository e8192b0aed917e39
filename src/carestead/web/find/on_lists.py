"""The people on the separate lists, for whoever cares for them: those one may see, of one's own practices."""

from django.http import HttpRequest
from django.views.decorators.http import require_GET

from carestead.store.actor import Actor, Role
from carestead.web.find.listing import Filters
from carestead.web.find.people import seen
from carestead.web.find.presenters import list_page
from carestead.web.published import Published, published
from carestead.web.shell.doors import Page, door


@require_GET
@door(Role.NAMED_GP, Role.LEAD, Role.CARE_COORDINATOR, discloses="people", action="see-on-lists")
def on_lists(request: HttpRequest, actor: Actor) -> Page:
    """Everybody on a list, on the register or not; `?list=a,b` asks for those on both, `only=1` for no other list."""
    found = published()
    filters = Filters.read(request.GET)
    people = seen(found, actor, found.rows("find/on_lists", practices=_practices(found, actor)))
    context = list_page(found, actor, people, filters)
    context |= {"title": "People on the lists", "may_propose": actor.role is not Role.CARE_COORDINATOR}
    return Page("find/on_lists.jinja", context, people=context["people"], detail={"asked": filters.address()})


def _practices(found: Published, actor: Actor) -> list[str]:
    """The practices whose people the actor may see at all: their own, or those of their group."""
    home = actor.organisation_code
    return [c for c, p in found.practices.items() if home in (c, p["group_code"])]
