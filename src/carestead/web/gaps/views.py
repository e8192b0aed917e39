"""What must always be so: how often it is not (counts, for planning too), and of whom (for leads, their people)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.care.gaps import invariants
from carestead.store.actor import PLANNING, Actor, Role
from carestead.store.care.gap_check import ask_for_check
from carestead.web.gaps import presenters
from carestead.web.published import published
from carestead.web.shell import once
from carestead.web.shell.doors import Page, Refused, door


@require_http_methods(["GET", "POST"])
@door(Role.LEAD, *PLANNING, discloses="nobody", action="see-gaps")
def every(request: HttpRequest, actor: Actor) -> Page | HttpResponse:
    """Each invariant: breaches now, those that are over, and how it has been. A lead may have all looked at again."""
    found = published()
    if request.method == "POST":
        return _check(request, actor)
    context = presenters.every(found.snapshot.area, timezone.now(), planning=actor.role in PLANNING)
    may_check = actor.role is Role.LEAD
    return Page("gaps/gaps.jinja", {"title": "Gaps", "as_of": found.as_of, "may_check": may_check, **context})


def _check(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Look again now; in a large area a worker does, and nobody waits for the page."""
    if actor.role is not Role.LEAD:
        raise Refused("Only a practice lead has the gaps looked at again.")
    if seen := once.again(request, actor):
        return seen
    # Outside the transaction that keeps the answer: nobody who decides something waits for a check.
    done = ask_for_check(published().snapshot.area, by=actor)
    said = "Everything was looked through again." if done else "It is being looked through; load this page again soon."
    return once.first(request, actor, lambda: once.Outcome(reverse("gaps"), said))


@require_GET
@door(Role.LEAD, discloses="people", action="see-gap")
def one(request: HttpRequest, actor: Actor, invariant: str) -> Page:
    """What breaks one invariant: people whom the lead may see, and what is of nobody in particular."""
    known = {i.id: i for i in invariants()}
    if invariant not in known:
        raise Refused("There is no such check.")
    found = published()
    context = presenters.one(found, actor, known[invariant], timezone.now())
    people = [row["person_id"] for row in context["rows"] if row["person_id"] is not None]
    return Page("gaps/gap.jinja", {"title": known[invariant].title, "as_of": found.as_of, **context}, people=people)
