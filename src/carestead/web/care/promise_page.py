"""The page of one promise: how it stands, what can be done now, and how it came to be so."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care.promise import OPEN
from carestead.care.templates import TAKE_OVER
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care.lists import Seen, history, see
from carestead.store.care.log import ChangedMeanwhileError
from carestead.store.care.models import Promise
from carestead.web.care import acts, changed, people, words
from carestead.web.care.sending import send
from carestead.web.find.people import Known, one, reads_only
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell import once
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.typed import Typed


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="promise")
def promise(request: HttpRequest, actor: Actor, person_id: int, promise_id: int) -> Page | HttpResponse:
    """One promise; a form sent here is one act upon it."""
    if done := once.again(request, actor):
        return done
    found = published()
    known = one(found, actor, person_id)
    thing = Promise.objects.filter(pk=promise_id, person_id=person_id).first()
    if thing is None:
        raise Refused("There is no such promise about this person.", [person_id])
    return _act(request, actor, found, known, thing) if request.method == "POST" else page(found, known, actor, thing)


def _act(request: HttpRequest, actor: Actor, found: Published, known: Known, thing: Promise) -> Page | HttpResponse:
    version = Typed(request.POST).whole("version")
    if version != thing.version:
        return changed.page(found, known, actor, thing, version, request.POST)
    try:
        return send(
            request, actor, _forms(found, known, actor, thing)[1],
            lambda form, values: _done(form, values, thing, version, actor),
            lambda typed, errors: page(found, known, actor, thing, typed, errors),
        )  # fmt: skip
    except ChangedMeanwhileError as meanwhile:
        now = meanwhile.now if isinstance(meanwhile.now, Promise) else Promise.objects.get(pk=thing.pk)
        return changed.page(found, known, actor, now, version, request.POST)


def _done(form: acts.Form, values: dict[str, Any], thing: Promise, version: int, actor: Actor) -> once.Outcome:
    done = form.do(promise_id=thing.pk, version=version, by=actor, **acts.given(form, values))
    return once.Outcome(reverse("promise", args=[done.person_id, done.pk]), form.said)


def page(
    found: Published,
    known: Known,
    actor: Actor,
    thing: Promise,
    typed: Any = None,
    errors: dict[str, str] | None = None,
) -> Page:
    """The page as it stands; with what was typed and what was wrong with it, when a form could not be done."""
    seen, forms = _forms(found, known, actor, thing)
    chosen = (typed or {}).get("act", "")
    context = {
        "title": thing.what,
        "as_of": found.as_of,
        "banner": banner(found, known),
        "person_id": known.person_id,
        "promise": thing,
        "line": words.line(found, seen, timezone.now()),
        "seen": seen,
        "forms": acts.shown(forms, typed, chosen),
        "errors": errors or {},
        "chosen": chosen,
        "history": [words.told(e) for e in reversed(history(Promise.KIND, thing.pk))],
        "holder": words.holder(found, thing),
        "before": Promise.objects.filter(pk=thing.replaces_id).first(),
        "after": list(Promise.objects.filter(replaces_id=thing.pk).order_by("pk")),
        "take_over": TAKE_OVER,
        "on_request": thing.request_id,
        "in_force": thing.state in OPEN,
    }
    return Page("care/promise.jinja", context, people=[known.person_id], status=400 if errors else 200)


def _forms(found: Published, known: Known, actor: Actor, thing: Promise) -> tuple[Seen, list[acts.Form]]:
    now = timezone.now()
    seen = see(thing, actor, now)
    if reads_only(actor, known):
        return seen, []
    others = (*people.owners(found, known, actor), *people.teams(found)) if "decide-next" in seen.acts else ()
    return seen, acts.forms_for(seen, now, others, words.holder(found, thing))
