"""Somebody changed a promise while another was typing: what they read, what is there now, and what they typed."""

from typing import Any

from django.utils import timezone

from carestead.care.promise import PROMISE
from carestead.store.actor import Actor
from carestead.store.care.lists import history, see
from carestead.store.care.log import fold
from carestead.store.care.models import Promise
from carestead.web.care import acts, people, words
from carestead.web.care.reading import typed
from carestead.web.find.people import Known
from carestead.web.published import Published
from carestead.web.record.banner import banner
from carestead.web.shell.doors import Page
from carestead.web.shell.formats import day, moment

SHOWN = {
    "state": "State",
    "what": "What",
    "owner_name": "Who does it",
    "due_at": "Due",
    "offered_due_at": "New date offered",
    "accepted_by": "Accepted by",
    "begun_at": "First contact",
    "attempts": "Attempts",
    "resume_on": "Look again on",
    "reason": "Reason",
    "outcome": "Outcome",
    "evidence": "What was done",
}


def page(found: Published, known: Known, actor: Actor, thing: Promise, version: int, data: Any) -> Page:
    """The page that keeps what was typed and shows both values. Status 409."""
    now = timezone.now()
    seen = see(thing, actor, now)
    others = (*people.owners(found, known, actor), *people.teams(found)) if "decide-next" in seen.acts else ()
    forms = acts.forms_for(seen, now, others, words.holder(found, thing))
    still = next((f for f in forms if f.id == data.get("act")), None)
    sent = still or next((f for f in acts.FORMS if f.id == data.get("act")), None)
    events = history(Promise.KIND, thing.pk)
    context = {
        "title": "Somebody else changed this meanwhile",
        "as_of": found.as_of,
        "banner": banner(found, known),
        "person_id": known.person_id,
        "promise": thing,
        "differences": differences(fold(events[:version]), thing),
        "since": [words.told(e) for e in events[version:]],
        "sent": sent,
        "typed": typed(sent.fields, data, sent.id) if sent else [],
        "still": still,
        "data": data,
        "errors": {},
    }
    return Page("care/changed.jinja", context, people=[known.person_id], status=409)


def differences(read: dict[str, Any], thing: Promise) -> list[tuple[str, str, str]]:
    """Label, what they read, what is there now: of every field that differs."""
    now = thing.facts()
    return [
        (label, _as_words(thing, name, read.get(name)), _as_words(thing, name, now[name]))
        for name, label in SHOWN.items()
        if read and read.get(name) != now[name]
    ]


def _as_words(thing: Promise, name: str, value: Any) -> str:
    if name == "state":
        return PROMISE.label(value).capitalize()
    if value in (None, ""):
        return "nothing"
    field = Promise._meta.get_field(name)
    if field.get_internal_type() == "DateTimeField":
        return moment(field.to_python(value))
    return day(field.to_python(value)) if field.get_internal_type() == "DateField" else str(value)
