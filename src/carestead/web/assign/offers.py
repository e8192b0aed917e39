"""Pages of hand-overs: what is on offer, one offer with its brief, and offering somebody."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carestead.care.hand_over import refusal
from carestead.care.standing import ROLES, Move
from carestead.core.finding import CaresteadError
from carestead.store.access import Action, Verdict, may
from carestead.store.actor import Actor, Role
from carestead.store.assign.hand_over import (
    accept_hand_over,
    assign_interim,
    decline_hand_over,
    offer_hand_over,
    withdraw_hand_over,
)
from carestead.store.assign.models import HandOver
from carestead.store.assign.offers import answer_due
from carestead.store.assign.situation import acting, situation
from carestead.store.clocks import site_clocks
from carestead.web.assign.brief import as_json, brief
from carestead.web.assign.listing import offers_page
from carestead.web.assign.staff import about, choices
from carestead.web.find.people import Known, lookup, one
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell import once
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.formats import moment
from carestead.web.shell.typed import Typed

WHO = (Role.NAMED_GP, Role.CARE_COORDINATOR, Role.LEAD)


@require_GET
@door(*WHO, discloses="people", action="see-hand-overs")
def hand_overs(request: HttpRequest, actor: Actor) -> Page:
    """What is on offer to the actor, and what they offered or hold that somebody else must answer."""
    context = offers_page(published(), actor, timezone.now())
    return Page("assign/hand_overs.jinja", context, people=context["people"])


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="see-hand-over")
def hand_over(request: HttpRequest, actor: Actor, hand_over_id: int) -> Page | HttpResponse:
    """One offer with its brief: accept, decline, withdraw, or record what was said by telephone."""
    found = published()
    offer, known = _readable(found, actor, hand_over_id)
    if request.method == "GET":
        return _offer_page(found, actor, offer, known, {}, {})
    if seen := once.again(request, actor):
        return seen
    try:
        return once.first(request, actor, lambda: _answer(request.POST, found, offer, known, actor))
    except CaresteadError as refused:
        field = f"{request.POST.get('act')}_reason" if refused.field == "reason" else "answer"
        return _offer_page(found, actor, offer, known, request.POST, {field: str(refused)})


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="offer-hand-over")
def offer(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """Ask somebody to take over a role for one person, or, for the lead, name who stands in."""
    found = published()
    known = one(found, actor, person_id)
    role = _role(request, actor, known)
    waiting = HandOver.objects.filter(person_id=person_id, role=role, state="offered").first()
    if request.method == "GET" and waiting and waiting.answer_by > timezone.now():
        return redirect("hand-over", hand_over_id=waiting.pk)
    if request.method == "GET":
        return _form(found, actor, known, role, {}, {})
    if seen := once.again(request, actor):
        return seen
    if errors := _missing(request.POST):
        return _form(found, actor, known, role, request.POST, errors)
    try:
        return once.first(request, actor, lambda: _offer(request.POST, found, known, role, actor))
    except CaresteadError as refused:
        return _form(found, actor, known, role, request.POST, {"to": str(refused)})


def _readable(found: Published, actor: Actor, hand_over_id: int) -> tuple[HandOver, Known]:
    """The offer and its person, for whom it was made to and for whoever may see the person."""
    offer = HandOver.objects.filter(pk=hand_over_id).first()
    known = lookup(found, actor, offer.person_id) if offer else None
    if offer is None or known is None:
        raise Refused("There is no such offer, or you have no part in it.")
    asked = offer.state == "offered" and offer.arriving_code == actor.practitioner_code
    verdict = Verdict(True, "asked to take over") if asked else may(actor, Action.SEE, known.facts)
    if not verdict.allowed:
        raise Refused("There is no such offer, or you have no part in it.", [offer.person_id])
    return offer, known


def _answer(typed: Mapping[str, str], found: Published, offer: HandOver, known: Known, actor: Actor) -> once.Outcome:
    common: dict[str, Any] = {
        "hand_over_id": offer.pk,
        "version": Typed(typed).whole("version"),
        "by": actor,
        "staff": about(found, known),
    }
    act, name = typed.get("act", ""), found.practitioner_name(offer.arriving_code)
    role = ROLES[offer.role]
    if act in ("accept", "phone"):
        accept_hand_over(**common, channel="phone" if act == "phone" else "screen")
        who = "You are" if act == "accept" else f"{name} is"
        said = f"{who} the {role} from now. What was open has come along, and the person's letter is under Letters."
        return once.Outcome(reverse("responsibility", args=[offer.person_id]), said)
    act_on = decline_hand_over if act == "decline" else withdraw_hand_over
    act_on(**common, reason=typed.get(f"{act}_reason", ""))
    stays = found.practitioner_name(offer.leaving_code)
    done = "Declined" if act == "decline" else "Taken back"
    return once.Outcome(reverse("hand-overs"), f"{done}. {stays} stays the {role}, and chooses whom to ask next.")


def _offer_page(
    found: Published, actor: Actor, offer: HandOver, known: Known, typed: Mapping[str, str], errors: dict[str, str]
) -> Page:
    now = timezone.now()
    stands = situation(offer.person_id, offer.role, staff=about(found, known), by=actor, at=now)
    mine = offer.state == "offered" and refusal(stands, Move("accept", acting(actor))) is None
    withdrawing = refusal(stands, Move("withdraw", acting(actor), reason="-"))
    context = {
        "title": "A hand-over",
        "as_of": found.as_of,
        "banner": banner(found, known),
        "offer": offer,
        "role": ROLES[offer.role],
        "leaving": found.practitioner_name(offer.leaving_code),
        "arriving": found.practitioner_name(offer.arriving_code),
        "lines": offer.brief.get("lines") or brief(found, known, now).lines(),
        "may_answer": mine,
        "may_withdraw": offer.state == "offered" and withdrawing is None,
        "over": refusal(stands, Move("accept", offer.arriving_code)) if offer.state == "offered" else None,
        "data": typed,
        "errors": errors,
    }
    return Page("assign/hand_over.jinja", context, people=[offer.person_id], status=400 if errors else 200)


def _role(request: HttpRequest, actor: Actor, known: Known) -> str:
    """The role asked for; else the actor's own, else the named GP's."""
    asked = request.POST.get("role") or request.GET.get("role") or ""
    own = next((role for role, code in known.holders.items() if code == actor.practitioner_code), "named-gp")
    return asked if asked in ROLES else own


def _missing(typed: Mapping[str, str]) -> dict[str, str]:
    errors = {} if typed.get("to") else {"to": "Choose who is to take over."}
    return errors if typed.get("reason", "").strip() else {**errors, "reason": "Say in a few words why."}


def _offer(typed: Mapping[str, str], found: Published, known: Known, role: str, actor: Actor) -> once.Outcome:
    common: dict[str, Any] = {
        "person_id": known.person_id, "role": role, "to_code": typed["to"], "reason": typed["reason"], "by": actor,
        "staff": about(found, known),
    }  # fmt: skip
    name = found.practitioner_name(typed["to"])
    if typed.get("act") == "interim":
        assign_interim(**common)
        said = f"{name} stands in as {ROLES[role]} from now, and has been asked to acknowledge it."
        return once.Outcome(reverse("responsibility", args=[known.person_id]), said)
    made = offer_hand_over(**common, brief=as_json(brief(found, known, timezone.now(), typed.get("note", ""))))
    said = f"Offered to {name}, who answers by {moment(made.answer_by)}. Until they accept nothing changes."
    return once.Outcome(reverse("hand-overs"), said)


def _form(
    found: Published, actor: Actor, known: Known, role: str, typed: Mapping[str, str], errors: dict[str, str]
) -> Page:
    now = timezone.now()
    holder = known.holders.get(role, "")
    context = {
        "title": "Hand over",
        "as_of": found.as_of,
        "banner": banner(found, known),
        "known": known,
        "role": role,
        "role_name": ROLES[role],
        "roles": [(r, ROLES[r][0].upper() + ROLES[r][1:]) for r in ROLES],
        "holder": found.practitioner_name(holder) if holder else "",
        "choices": choices(found, about(found, known), role, without=holder),
        "lines": brief(found, known, now).lines(),
        "until": answer_due(now),
        "interim": site_clocks()["interim-answer"].words,
        "data": typed,
        "errors": errors,
    }
    return Page("assign/offer.jinja", context, people=[known.person_id], status=400 if errors else 200)
