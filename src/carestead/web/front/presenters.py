"""What a person, or who cares for them, sees on their own page: who, what next, what was promised."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from carestead.care.promise import ASKED, BAD_NEWS, OPEN
from carestead.care.templates import TAKE_OVER
from carestead.store.assign.models import Responsibility
from carestead.store.care.models import Promise
from carestead.web.front.about import said_in
from carestead.web.front.goals import hopes
from carestead.web.front.own import Own
from carestead.web.letters.contacts import phone
from carestead.web.plan.presenters import on_hold
from carestead.web.published import Published
from carestead.web.record.answers import Answering, answering

ROLES = (
    ("named-gp", "Your named GP", "is the doctor in charge of all your care outside hospital"),
    ("coordinator", "Your care coordinator", "makes sure that what was agreed happens"),
)
DONE_FOR = timedelta(days=28)
"""How long a kept promise stays on the page, so that 'this was not done' can be said."""


def my_page(own: Own, now: datetime) -> dict[str, Any]:
    """Everything of the page."""
    found, person_id = own.found, own.person_id
    promises = list(Promise.objects.filter(person_id=person_id).exclude(template=TAKE_OVER).order_by("due_at", "pk"))
    held = {r.role: r for r in Responsibility.objects.filter(person_id=person_id, end__isnull=True)}
    known = next(iter(found.rows("find/facts", person_id=person_id)), {})
    return {
        "now": now,
        "who": _who(found, held),
        "answers": _answers(found, known.get("group_code"), held, now),
        "ring": _practice(found, known.get("practice_code")),
        "matters": _matters_to_me(own),
        "hopes": hopes(own),
        "hold": on_hold(own.plan),
        "next": [_line(found, p) for p in promises if p.state in OPEN and p.due_at > now],
        "late": [_line(found, p) for p in promises if p.state in OPEN and p.due_at <= now],
        "not_done": [_line(found, p) for p in promises if p.state in BAD_NEWS and _is_last(p, promises)],
        "done": [
            _line(found, p) for p in promises if p.state == "completed" and p.ended_at and p.ended_at > now - DONE_FOR
        ],
    }


def _is_last(promise: Promise, promises: Iterable[Promise]) -> bool:
    """False once another promise has taken the place of this one."""
    return all(p.replaces_id != promise.pk for p in promises)


def _answers(
    found: Published, group: str | None, held: dict[str, Responsibility], now: datetime
) -> list[Answering]:  # fmt: skip
    """Who answers now, said once where both roles get the same answer."""
    answers = answering(found, {role: r.practitioner_code for role, r in held.items()}, group, now)
    return list({a.words: a for a in answers.values()}.values())


def _practice(found: Published, code: str | None) -> dict[str, str]:
    """Whom to ring to reach any of them: the person's practice, where its number is known."""
    return {"name": found.organisation_name(code), "phone": phone(code)} if code else {}


def _who(found: Published, held: dict[str, Responsibility]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "does": does,
            "name": found.practitioner_name(held[role].practitioner_code),
            "where": _where(found, held[role].practitioner_code),
            "since": held[role].start,
            "interim": held[role].basis == "interim",
        }
        for role, title, does in ROLES
        if role in held
    ]


def _where(found: Published, code: str) -> str:
    return found.organisation_name(found.practitioners.get(code, {}).get("organisation_code"))


def _matters_to_me(own: Own) -> str:
    return next((s.text for s in said_in(own) if "important" in s.heading.id and s.text.strip()), "")


def _line(found: Published, p: Promise) -> dict[str, Any]:
    owner = {"person": "you", "carer": "who cares for you"}.get(p.owner_kind, "")
    return {
        "id": p.pk,
        "version": p.version,
        "what": p.what,
        "who": owner or p.owner_name or found.practitioner_name(p.owner_code),
        "due": p.due_at,
        "answered": p.state not in ASKED,
        "reason": p.reason,
        "done_at": p.happened_at,
        "how": p.evidence,
        "again": p.replaces_id is not None,
    }
