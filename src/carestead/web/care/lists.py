"""Lists of promises: what is asked of somebody, whom they wait for, and everything promised to one person."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from carestead.care.request import REQUEST
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.care.lists import Seen, asked_of, of_person, requests_of, waiting_on
from carestead.web.care import words
from carestead.web.find.people import Known, names, one, reads_only
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell.doors import Page, door


@require_GET
@door(*DIRECT_CARE, discloses="people", action="asked-of-me")
def asked(request: HttpRequest, actor: Actor) -> Page:
    """What was I asked, by whom, by when."""
    found, now = published(), timezone.now()
    return _page("care/asked.jinja", "Asked of me", found, asked_of(actor, now))


@require_GET
@door(*DIRECT_CARE, discloses="people", action="waiting-on-others")
def waiting(request: HttpRequest, actor: Actor) -> Page:
    """Who has not answered me, and what is late."""
    found, now = published(), timezone.now()
    return _page("care/waiting.jinja", "Waiting on others", found, waiting_on(actor, now))


@require_GET
@door(*DIRECT_CARE, discloses="people", action="promises-of-person")
def promises(request: HttpRequest, actor: Actor, person_id: int) -> Page:
    """Everything promised to a person, open ones first, and every request about them."""
    found = published()
    known = one(found, actor, person_id)
    context = {
        "title": "Promises",
        "as_of": found.as_of,
        "banner": banner(found, known),
        "person_id": person_id,
        "reads_only": reads_only(actor, known),
        **presented(found, known, actor),
    }
    return Page("care/of_person.jinja", context, people=[person_id])


def open_lines(found: Published, known: Known, actor: Actor) -> list[dict[str, Any]]:
    """The open promises of a person, for the card of `care/promises.jinja`."""
    now = timezone.now()
    return [words.line(found, s, now) for s in of_person(known.person_id, actor, now, ended=0)]


def presented(found: Published, known: Known, actor: Actor) -> dict[str, Any]:
    """What `care/promises.jinja` shows of a person, for this page and any other that includes it: `open_promises`,
    `ended_promises` and `requests`."""
    now = timezone.now()
    lines = [words.line(found, s, now) for s in of_person(known.person_id, actor, now)]
    asked = [
        {
            "id": r.pk,
            "what": r.what,
            "team": r.team_name or found.organisation_name(r.team_code),
            "state": REQUEST.label(r.state).capitalize(),
            "open": r.state in REQUEST.open,
            "back": r.outcome_at,
            "reviewed": r.reviewed_at,
            "told": r.told_at,
        }
        for r, _ in requests_of(known.person_id, actor, now)
    ]
    return {
        "open_promises": [line for line in lines if line["open"]],
        "ended_promises": [line for line in lines if not line["open"]],
        "requests": asked,
    }


def _page(template: str, title: str, found: Published, seen: Iterable[Seen]) -> Page:
    now = timezone.now()
    lines = [words.line(found, s, now) for s in seen]
    people = list(dict.fromkeys(line["person_id"] for line in lines))
    called = names(found, people) if people else {}
    for line in lines:
        line |= {"person": called.get(line["person_id"], {}).get("name", "Name not known")}
    late = [line for line in lines if line["overdue"]]
    now_due = [line for line in lines if not line["overdue"]]
    context = {"title": title, "as_of": found.as_of, "lines": late + now_due, "late": len(late)}
    return Page(template, context, people=people)
