"""Opening one person's record in an emergency, to read it, and closing it again."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carestead.care import break_glass as rules
from carestead.core import nhs_number as nhs
from carestead.store.actor import DIRECT_CARE, Actor
from carestead.store.audit.actions import record_refusal
from carestead.store.care.break_glass import break_glass, end_break_glass
from carestead.store.care.models import BreakGlass
from carestead.store.care.openings import lasting
from carestead.store.clocks import site_clocks
from carestead.web.accounts.confirm import has_password, password_fault
from carestead.web.find.people import Known, lookup, names
from carestead.web.published import Published, published
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.formats import moment
from carestead.web.shell.once import Outcome
from carestead.web.shell.typed import Typed

NOT_FOUND = "Nobody here has this NHS number and this date of birth. Check both with the person or in your own record."
SEVERAL = "More than one person has this NHS number. Ring the practice: opening the wrong record helps nobody."


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="break-glass")
def open_record(request: HttpRequest, actor: Actor) -> Page | HttpResponse:
    """Who it is (by NHS number and date of birth, never by name), why, what follows; and what is open to one now."""
    found, typed = published(), Typed(request.POST)
    if request.method == "POST":
        if has_password(request) and (fault := password_fault(request, actor, request.POST.get("password", ""))):
            typed.errors["password"] = fault
        if sent := typed.send(request, actor, "nhs_number", lambda: _open(found, actor, typed, has_password(request))):
            return sent
        _write_down_refusal(actor, typed)
    mine = list(lasting(timezone.now()).filter(username=actor.username))
    named = names(found, {b.person_id for b in mine}) if mine else {}
    context = {
        "title": "See a record in an emergency",
        "as_of": found.as_of,
        "errors": typed.errors,
        "data": request.POST,
        "reasons": list(rules.reasons().items()),
        "hours": int(rules.lasts().total_seconds() // 3600),
        "days": int(site_clocks()[rules.REVIEW].limit),
        "asks_password": has_password(request),
        "mine": [{"glass": b, "name": named.get(b.person_id, {}).get("name", "Name not known")} for b in mine],
    }
    return Page("glass/open.jinja", context, people=_people(mine), status=400 if typed.errors else 200)


@require_http_methods(["GET", "POST"])
@door(*DIRECT_CARE, discloses="people", action="see-opening")
def end_opening(request: HttpRequest, actor: Actor, opening_id: int) -> Page | HttpResponse:
    """Close a record one has opened, before its time, and say to whoever reviews it what one found."""
    glass = BreakGlass.objects.filter(pk=opening_id, username=actor.username).first()
    if glass is None:
        raise Refused("You have opened no such record.")
    found, typed = published(), Typed(request.POST)
    if request.method == "POST" and (sent := typed.send(request, actor, "words", lambda: _end(typed, actor, glass))):
        return sent
    context = {
        "title": "End it",
        "as_of": found.as_of,
        "glass": glass,
        "name": names(found, [glass.person_id]).get(glass.person_id, {}).get("name", "Name not known"),
        "lasts": glass.expires_at > timezone.now(),
        "errors": typed.errors,
        "data": request.POST,
    }
    return Page("glass/end.jinja", context, people=[glass.person_id], status=400 if typed.errors else 200)


def _write_down_refusal(actor: Actor, typed: Typed) -> None:
    """Who asked for whom in vain is in the audit log; a field left empty is not."""
    if why := typed.errors.get("nhs_number"):
        asked = nhs.normalise(typed.data.get("nhs_number", "")) or ""
        record_refusal(by=actor, action="break-glass", detail={"why": why, "asked": asked[:20]})


def _open(found: Published, actor: Actor, typed: Typed, by_password: bool) -> Outcome:
    number = nhs.normalise(typed.text("nhs_number", "Type the person's NHS number.")) or ""
    if number and not nhs.is_valid(number):
        typed.errors["nhs_number"] = "This is no NHS number: it has ten digits, such as 999 728 7652."
    born = typed.day("born")
    reason = typed.choice("reason", rules.reasons(), "Choose why you must see the record now.")
    words = typed.text("words", "Say in a few words what has happened.")
    knows = typed.data.get("knows") == "yes"
    if not knows:
        typed.errors["knows"] = "Tick that you know who is told, and that the person can see it."
    known = _who(found, actor, number, born, typed) if typed.good and born else None
    if known is None:
        return Outcome("", "")  # what is wrong is said at its field
    glass = break_glass(
        person=known.facts, reason=reason, words=words, knows=knows, by=actor,
        confirmed="password" if by_password else "ticked",
    )  # fmt: skip
    said = f"The record is open to you until {moment(glass.expires_at)}. Whoever looks after the person has been told."
    return Outcome(reverse("person", args=[glass.person_id]), said)


def _who(found: Published, actor: Actor, number: str, born: date, typed: Typed) -> Known | None:
    """The one person who has the number and was born that day; else None, and it is said at the field why."""
    people = [r["person_id"] for r in found.rows("glass/who", number=number, born=born)]
    known = lookup(found, actor, people[0]) if len(people) == 1 else None
    if known is None:
        typed.errors["nhs_number"] = SEVERAL if len(people) > 1 else NOT_FOUND
    return known


def _end(typed: Typed, actor: Actor, glass: BreakGlass) -> Outcome:
    words = typed.text("words")
    end_break_glass(opening_id=glass.pk, by=actor, words=words)
    said = "The record is closed to you again." + (" What you found has been sent." if words else "")
    return Outcome(reverse("break-glass"), said)


def _people(mine: Sequence[BreakGlass]) -> list[int]:
    return sorted({b.person_id for b in mine})
