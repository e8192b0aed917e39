"""The person says who may see which part of their plan, and changes it when they like."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.care.headings import PARTS, Part
from carestead.care.sharing import ACCOUNTABLE, AUDIENCES, Choice, may_see
from carestead.store.actor import Actor, Role
from carestead.store.care.sharing import answer_for, choices, newest, said_of
from carestead.web.front.own import Own, open_own
from carestead.web.plan.sharing import said_before
from carestead.web.shell.doors import Page, door
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

_CALLED = {ACCOUNTABLE: "Other doctors of your practice", "carer": "Your carer"}
CALLED = {audience: _CALLED.get(audience, name) for audience, name in AUDIENCES.items()}
"""Audiences as the person's own pages call them."""

HOLDS = {
    "about-me": "What matters to you, in your own words.",
    "plan": "What you can do, what you need and hope for, and who does what. If you say no, they cannot be asked to "
            "help with it.",
    "contingency": "What is to happen when you get worse, and who is to be called.",
    "additional": "Other plans for your support.",
    "formulation": "How your difficulties came about.",
}  # fmt: skip
"""What stands in each part, in plain words."""


@require_GET
@door(Role.PERSON, discloses="people", action="see-my-sharing")
def who_sees(request: HttpRequest, actor: Actor) -> Page:
    """Each audience with the parts it may see now, and what was said before."""
    own = open_own(actor)
    said = choices(own.person_id)
    rows = [{"id": a, "name": name, "parts": _seen(a, said)} for a, name in CALLED.items()]
    return own.page(
        "sharing", "Who sees my plan", rows=rows, all=len(PARTS), history=said_before(own.person_id), called=CALLED
    )


def _seen(audience: str, said: list[Choice]) -> list[str]:
    return [p.name for p in PARTS if may_see(p.id, audience, said)]


@require_http_methods(["GET", "POST"])
@door(Role.PERSON, discloses="people", action="see-my-sharing")
def share(request: HttpRequest, actor: Actor, audience: str) -> Page | HttpResponse:
    """What one audience may see: yes or no for each part."""
    own = open_own(actor)
    if audience not in AUDIENCES:
        return redirect("my-sharing")
    typed = Typed(request.POST)
    sent = typed.send(request, actor, "change", lambda: _save(typed, own, audience)) if request.POST else None
    if sent:
        return sent
    lines = [_line(p, audience, choices(own.person_id), typed) for p in PARTS]
    # what was refused because it had changed is shown as it is now, and sent again on purpose
    return own.page(
        "share", CALLED[audience], typed.errors, name=CALLED[audience], lines=lines, seen=newest(own.person_id)
    )


def _line(part: Part, audience: str, said: list[Choice], typed: Typed) -> dict[str, Any]:
    answer = said_of(audience, said).get(part.id)
    return {
        "part": part,
        "holds": HOLDS[part.id],
        "now": may_see(part.id, audience, said),
        "said": answer is not None,
        "value": typed.data.get(part.id) or {True: "yes", False: "no", None: ""}[answer],
    }


def _save(typed: Typed, own: Own, audience: str) -> Outcome:
    answers = {p.id: typed.data[p.id] == "yes" for p in PARTS if typed.data.get(p.id) in ("yes", "no")}
    written = answer_for(
        person_id=own.person_id, audience=audience, answers=answers, seen=typed.whole("seen"),
        said_on=timezone.localdate(), by=own.actor,
    )  # fmt: skip
    said = "Saved. It holds from this moment." if written else "Nothing was changed."
    return Outcome(reverse("my-sharing"), said)
