"""Messages: the inbox with what cover redirects, one thread, writing about a person."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.care.message import MESSAGE
from carestead.core.finding import CaresteadError
from carestead.store.access import Action, may
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care import lists
from carestead.store.care.messages import addressee_of, answer_message, read_message, sender_of, thread
from carestead.store.care.models import Message
from carestead.store.care.sending import send_message
from carestead.web.care import people, words
from carestead.web.care.acts import party
from carestead.web.care.reading import Field, read
from carestead.web.find.people import lookup, names, one
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell import once
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.formats import when
from carestead.web.shell.typed import Typed

TEXT = Field("text", "Message", "area", needed="Write the message.")
ANSWER_BY = {"": "No answer is needed", "4": "Within 4 hours", "24": "Within a day", "72": "Within three days"}


@require_GET
@door(*DIRECT_CARE, discloses="people", action="inbox")
def inbox(request: HttpRequest, actor: Actor) -> Page:
    """Messages to me, to my team, and to those I answer for now; waiting ones first."""
    found, now = published(), timezone.now()
    rows = [_row(found, m, instead_of, now) for m, instead_of in lists.inbox(actor, now)]
    about = list(dict.fromkeys(r["person_id"] for r in rows if r["person_id"] is not None))
    called = names(found, about) if about else {}
    for row in rows:
        row["person"] = called.get(row["person_id"], {}).get("name", "")
    waiting = [r for r in rows if r["open"]]
    context = {
        "title": "Inbox",
        "as_of": found.as_of,
        "waiting": waiting,
        "answered": [r for r in rows if not r["open"]],
    }
    return Page("care/inbox.jinja", context, people=about)


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="message")
def message(request: HttpRequest, actor: Actor, message_id: int) -> Page | HttpResponse:
    """A thread; whoever it is for, or answers for them, says that they have read it, or answers."""
    if done := once.again(request, actor):
        return done
    now = timezone.now()
    mine = {m.pk: (m, instead_of) for m, instead_of in lists.inbox(actor, now, answered=1_000)}
    wrote = Message.objects.filter(pk=message_id, from_code__in=_codes(actor)).first()
    thing, instead_of = mine.get(message_id, (wrote, ""))
    if thing is None:
        raise Refused("There is no such message to you, your team or anybody you answer for.")
    if request.method == "GET":
        return _thread(actor, thing, instead_of, {})
    try:
        return once.first(request, actor, lambda: _act(request, actor, thing))
    except CaresteadError as refused:
        return _thread(actor, Message.objects.get(pk=thing.pk), instead_of, {"text": str(refused)}, request.POST)


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="write-message")
def write(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """Write to somebody about a person."""
    if done := once.again(request, actor):
        return done
    found = published()
    known = one(found, actor, person_id)
    whom = tuple(c for c in (*people.owners(found, known, actor), *people.teams(found)) if "(you)" not in c[1])
    fields = (
        Field("to", "To", "select", choices=whom, needed="Choose whom it is for."), TEXT,
        Field("hours", "When is an answer needed?", "select", choices=tuple(ANSWER_BY.items())),
    )  # fmt: skip
    values, errors = read(fields, request.POST) if request.method == "POST" else ({}, {})
    if request.method == "GET" or errors:
        context = {
            "title": "Write a message", "as_of": found.as_of, "banner": banner(found, known), "person_id": person_id,
            "fields": fields, "data": request.POST, "errors": errors,
        }  # fmt: skip
        return Page("care/write.jinja", context, people=[person_id], status=400 if errors else 200)

    def do() -> once.Outcome:
        until = timezone.now() + timedelta(hours=int(values["hours"])) if values["hours"] else None
        to = party(values["to"], dict(whom))
        send_message(to=to, text=values["text"], by=actor, person_id=person_id, answer_by_at=until)
        return once.Outcome(reverse("promises", args=[person_id]), f"Sent to {to.name or 'them'}.")

    return once.first(request, actor, do)


def _act(request: HttpRequest, actor: Actor, thing: Message) -> once.Outcome:
    how: dict[str, Any] = {"message_id": thing.pk, "version": Typed(request.POST).whole("version"), "by": actor}
    if request.POST.get("act") == "read":
        read_message(**how)
        return once.Outcome(reverse("inbox"), "Marked as read. It still waits for an answer where one is needed.")
    answer_message(text=request.POST.get("text", ""), **how)
    return once.Outcome(reverse("inbox"), "Answered.")


def _thread(actor: Actor, thing: Message, instead_of: str, errors: dict[str, str], data: Any = None) -> Page:
    found, now = published(), timezone.now()
    said = thread(thing.pk)
    known = lookup(found, actor, thing.person_id) if thing.person_id is not None else None
    shown = known is not None and may(actor, Action.SEE, known.facts).allowed
    context = {
        "title": "Message",
        "as_of": found.as_of,
        "thing": thing,
        "instead_of": instead_of,
        "rows": [_row(found, m, "", now) for m in said],
        "acts": MESSAGE.acts(thing.state, {"addressee"}) if thing.from_code not in _codes(actor) else (),
        "banner": banner(found, known) if shown and known else None,
        "errors": errors,
        "data": data or {},
    }
    ids = [thing.person_id] if shown and thing.person_id is not None else []
    return Page("care/message.jinja", context, people=ids, status=400 if errors else 200)


def _row(found: Published, m: Message, instead_of: str, now: Any) -> dict[str, Any]:
    return {
        "id": m.pk,
        "person_id": m.person_id,
        "from": words.party_words(found, sender_of(m)),
        "to": words.party_words(found, addressee_of(m)),
        "instead_of": instead_of,
        "text": m.text,
        "sent_at": m.sent_at,
        "state": MESSAGE.label(m.state).capitalize(),
        "open": m.state in MESSAGE.open,
        "read_by": m.read_by,
        "due": when(m.answer_by_at, now) if m.answer_by_at and m.state in MESSAGE.open else "",
        "promise_id": m.promise_id or (m.about_id if m.about_kind == "promise" else None),
    }


def _codes(actor: Actor) -> list[str]:
    return [c for c in (actor.practitioner_code, actor.organisation_code) if c]
