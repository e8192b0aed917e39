"""The page of one request: the three things that must happen before it can close, and who is asked now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.request import REQUEST
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care import request_outcomes, requests
from carestead.store.care.lists import history, see
from carestead.store.care.log import ChangedMeanwhileError
from carestead.store.care.models import Promise, Request
from carestead.store.care.requests import live_promise, sides_of
from carestead.web.care import people, words
from carestead.web.care.acts import Form, party, shown
from carestead.web.care.reading import Field
from carestead.web.care.sending import send
from carestead.web.find.people import Known, one, reads_only
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell import once
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.formats import when
from carestead.web.shell.typed import Typed

_WHY = Field("reason", "Why", needed="Say in a few words why.")


def forms(thing: Request, actor: Actor, found: Published) -> list[Form]:
    """What the actor may do to the request now, in the order in which it goes on."""
    now = timezone.now()
    may = REQUEST.acts(thing.state, sides_of(thing, actor, now))
    waiting = live_promise(thing)
    chosen = waiting is None or waiting.template in ("choose-next", "review-outcome")
    back, told = thing.outcome_at is not None, thing.told_at is not None
    every = (
        Form("review", "review", "Review the outcome", "Write the review", request_outcomes.review_outcome, "Reviewed.",
             (Field("note", "What it means for the plan", "area", needed="Say what it means for the plan."),)),
        Form("tell", "tell", "The person was told", "Record that they were told", request_outcomes.tell_outcome,
             "Told.", (Field("told_how", "How", hint="For example: by telephone", needed="Say how they were told."),)),
        Form("close", "close", "Close the request", "Close it", request_outcomes.close_request,
             "Closed: the outcome is back, reviewed and told."),
        Form("next-team", "next-team", "Ask the next team", "Ask them", requests.ask_next_team, "Asked.",
             (Field("team", "Which team", "select", choices=people.teams(found, without=thing.team_code),
                    needed="Choose a team."),
              Field("due_at", "By when", "moment", first=max(thing.due_at, now), needed="Give a day."))),
        Form("outcome", "outcome", "The outcome came back", "Record the outcome", request_outcomes.record_outcome,
             "Recorded. Whoever asked reviews it.",
             (Field("outcome", "The outcome", "area", needed="Say what came back."),
              Field("happened_at", "When it happened", "moment", first=now, needed="Give the day it happened."))),
        Form("hold", "hold", "Put on hold", "Put on hold", requests.hold_request, "On hold until the day you gave.",
             (_WHY, Field("resume_on", "Look again on", "day", needed="Give the day to look again."))),
        Form("resume", "resume", "Go on with it", "Go on with it", requests.resume_request, "Under way again."),
        Form("revoke", "revoke", "No longer wanted", "End the request", requests.revoke_request,
             "Ended. Whoever was asked is told.", (_WHY,)),
        Form("correct", "correct", "It was entered in error", "Mark as entered in error", requests.correct_request,
             "Marked as entered in error.", (_WHY,)),
    )  # fmt: skip
    ready = {"review": back, "tell": back, "close": back and bool(thing.reviewed_at) and told, "next-team": chosen,
             "correct": thing.state != "entered-in-error"}  # fmt: skip
    return [form for form in every if form.act in may and ready.get(form.id, True)]


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="request")
def request_page(request: HttpRequest, actor: Actor, person_id: int, request_id: int) -> Page | HttpResponse:
    """One request; a form sent here is one act upon it."""
    if done := once.again(request, actor):
        return done
    found = published()
    known = one(found, actor, person_id)
    thing = Request.objects.filter(pk=request_id, person_id=person_id).first()
    if thing is None:
        raise Refused("There is no such request about this person.", [person_id])
    if request.method == "GET":
        return _page(found, known, actor, thing, {}, {})

    def again(typed: Any, errors: dict[str, str], status: int = 400) -> Page:
        return _page(found, known, actor, Request.objects.get(pk=thing.pk), typed, errors, status)

    try:
        return send(
            request, actor, forms(thing, actor, found),
            lambda form, values: _done(form, values, thing, request, actor), again,
        )  # fmt: skip
    except ChangedMeanwhileError as refused:
        return again(request.POST, {f"form-{request.POST.get('act')}": str(refused)}, 409)


def _done(form: Form, values: dict[str, Any], thing: Request, request: HttpRequest, actor: Actor) -> once.Outcome:
    if "team" in values:
        choices = dict(next(f.choices for f in form.fields if f.name == "team"))
        values = {**values, "team": party(values["team"], choices)}
    version = Typed(request.POST).whole("version")
    form.do(request_id=thing.pk, version=version, by=actor, **values)
    return once.Outcome(reverse("request", args=[thing.person_id, thing.pk]), form.said)


def _page(
    found: Published, known: Known, actor: Actor, thing: Request, typed: Any, errors: dict[str, str], status: int = 400
) -> Page:
    """The page as it stands now, with what was typed; below it the history says what others did meanwhile."""
    now = timezone.now()
    chosen = typed.get("act", "")
    asked = Promise.objects.filter(request_id=thing.pk).order_by("pk")
    context = {
        "title": thing.what,
        "as_of": found.as_of,
        "banner": banner(found, known),
        "person_id": known.person_id,
        "thing": thing,
        "state": REQUEST.label(thing.state).capitalize(),
        "due": when(thing.due_at, now),
        "in_force": thing.state in REQUEST.open,
        "forms": [] if reads_only(actor, known) else shown(forms(thing, actor, found), typed, chosen),
        "lines": [words.line(found, see(p, actor, now), now) for p in asked],
        "history": [words.told(e) for e in reversed(history(Request.KIND, thing.pk))],
        "errors": errors,
        "chosen": chosen,
    }
    return Page("care/request.jinja", context, people=[known.person_id], status=status if errors else 200)
