"""Pages of a hand-over of many people: choose, look at what it would do, offer; accept all but some; the way back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from carestead.care.standing import ROLES, Colleague
from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor, Role
from carestead.store.assign.bulk import (
    Preview,
    WayBack,
    accept_bulk,
    offer_bulk,
    open_people,
    preview_bulk,
    preview_undo,
    undo_bulk,
)
from carestead.store.assign.models import BulkHandOver, HandOver
from carestead.web.assign.staff import choices, mine, visible
from carestead.web.find.people import names
from carestead.web.published import Published, published
from carestead.web.shell import once
from carestead.web.shell.doors import Page, Refused, door
from carestead.web.shell.formats import count

WHO = (Role.NAMED_GP, Role.CARE_COORDINATOR, Role.LEAD)
ELSEWHERE = "Somebody of another practice"

MOST_NAMED = 500
"""How many people are listed by name on one page; more go over all the same and are counted."""


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="hand-over-many")
def many(request: HttpRequest, actor: Actor) -> Page | HttpResponse:
    """Choose a holder, a receiver and exceptions; then see loads before and after; then offer."""
    found = published()
    if request.method == "POST" and (seen := once.again(request, actor)):
        return seen
    typed = request.POST if request.method == "POST" else request.GET
    form = _Form(found, actor, typed)
    if request.method == "GET" or form.errors:
        return form.page(None)
    look = preview_bulk(role=form.role, receivers=form.receivers, by=actor, staff=form.staff)
    if typed.get("step") != "offer":
        return form.page(look)
    try:
        return once.first(request, actor, form.offer)
    except CaresteadError as refused:
        form.errors[refused.field or "to"] = str(refused)
        return form.page(None)


@require_http_methods(["GET", "POST"])
@door(*WHO, discloses="people", action="hand-over-many")
def bulk(request: HttpRequest, actor: Actor, bulk_id: int) -> Page | HttpResponse:
    """The receipt of one: who was offered to whom, who was left out and why; accept it, or take it back."""
    found = published()
    made = BulkHandOver.objects.filter(pk=bulk_id).first()
    offers = list(HandOver.objects.filter(bulk_id=bulk_id).order_by("person_id"))
    _require(found, actor, made, offers)
    if request.method == "GET":
        return _receipt(found, actor, made, offers, {}, {})
    if seen := once.again(request, actor):
        return seen
    try:
        return once.first(request, actor, lambda: _act(request.POST, found, actor, made))
    except CaresteadError as refused:
        return _receipt(found, actor, made, offers, request.POST, {refused.field or "answer": str(refused)})


class _Form:
    """What was chosen, what is wrong with it, and the people it is about."""

    def __init__(self, found: Published, actor: Actor, typed: QueryDict) -> None:
        self.found, self.actor, self.typed = found, actor, typed
        self.staff: dict[str, Colleague] = mine(found, actor)
        own = actor.practitioner_code
        self.leaving = typed.get("leaving") or ("" if actor.role is Role.LEAD else own)
        if actor.role is not Role.LEAD and self.leaving != own:
            raise Refused("You can hand over the people you hold; the practice lead can hand over anybody's.")
        roles = self.staff[self.leaving].roles if self.leaving in self.staff else frozenset()
        self.role = next(iter(sorted(roles)), "named-gp")
        held = open_people(self.leaving).get(self.role, []) if self.leaving in self.staff else []
        self.people = sorted(visible(found, actor, held))
        self.errors: dict[str, str] = self._check() if typed.get("step") else {}

    def _check(self) -> dict[str, str]:
        asked = (
            ("leaving", self.leaving, "Choose whose people are to go."),
            ("to", self.typed.get("to"), "Choose who is asked."),
            ("reason", self.typed.get("reason", "").strip(), "Say in a few words why."),
        )
        errors = {name: said for name, value, said in asked if not value}
        return (
            errors if errors or self.receivers else {"to": "There is nobody to hand over: nobody is left in the list."}
        )

    @property
    def receivers(self) -> dict[int, str]:
        """Everybody held but the exceptions, each to the one asked."""
        kept = {int(p) for p in self.typed.getlist("keep") if p.isdecimal()}
        return {p: self.typed["to"] for p in self.people if p not in kept}

    def offer(self) -> once.Outcome:
        """Make the offers; what they see then."""
        made = offer_bulk(
            role=self.role, leaving_code=self.leaving, receivers=self.receivers, reason=self.typed["reason"],
            by=self.actor, staff=self.staff,
        )  # fmt: skip
        people = sum(map(len, made.receipt["offered"].values()))
        said = f"{count(people, 'person', 'people')} offered to {self.found.practitioner_name(self.typed['to'])}. "
        return once.Outcome(reverse("hand-over-bulk", args=[made.pk]), f"{said}Until they accept nothing changes.")

    def page(self, look: Preview | None) -> Page:
        """The form, or with `look` what it would do."""
        shown = self.people[:MOST_NAMED]
        named = names(self.found, shown)
        context = {
            "title": "Hand over many people",
            "as_of": self.found.as_of,
            "holders": [*choices(self.found, self.staff, "named-gp"), *choices(self.found, self.staff, "coordinator")],
            "is_lead": self.actor.role is Role.LEAD,
            "leaving": self.leaving,
            "leaving_name": self.found.practitioner_name(self.leaving) if self.leaving else "",
            "role": ROLES[self.role],
            "choices": choices(self.found, self.staff, self.role, without=self.leaving),
            "people": [(p, named.get(p, {}).get("name", "Name not known")) for p in shown],
            "more": len(self.people) - len(shown),
            "kept": self.typed.getlist("keep"),
            "data": self.typed,
            "errors": self.errors,
            "look": look,
            "loads": self._loads(look) if look else [],
            "refused": [(named.get(p, {}).get("name", "Name not known"), why) for p, why in look.refused.items()]
            if look
            else [],
        }
        return Page("assign/many.jinja", context, people=shown, status=400 if self.errors else 200)

    def _loads(self, look: Preview) -> list[tuple[str, int, int]]:
        return [(self.found.practitioner_name(code), n, look.after.get(code, n)) for code, n in look.before.items()]


def _require(found: Published, actor: Actor, made: BulkHandOver | None, offers: list[HandOver]) -> None:
    own = actor.practitioner_code or "-"
    theirs = made is not None and (own == made.leaving_code or any(o.arriving_code == own for o in offers))
    leads = made is not None and actor.role is Role.LEAD and made.leaving_code in mine(found, actor)
    if not theirs and not leads:
        raise Refused("There is no such hand-over, or you have no part in it.")


def _act(typed: QueryDict, found: Published, actor: Actor, made: BulkHandOver) -> once.Outcome:
    here = reverse("hand-over-bulk", args=[made.pk])
    if typed.get("act") == "accept":
        left_out = {int(p) for p in typed.getlist("keep") if p.isdecimal()}
        entries = accept_bulk(bulk_id=made.pk, by=actor, staff=mine(found, actor), leave_out=left_out)
        return once.Outcome(
            here, f"You are the {ROLES[made.role]} of {count(len(entries), 'person', 'people')} from now."
        )
    back = undo_bulk(bulk_id=made.pk, reason=typed.get("reason", ""), by=actor, staff=mine(found, actor))
    withdrawn = count(len(back.receipt["withdrawn"]), "offer")
    offered = count(sum(map(len, back.receipt["offered"].values())), "person", "people")
    said = f"Taken back. {withdrawn} withdrawn, {offered} offered back."
    return once.Outcome(reverse("hand-over-bulk", args=[back.pk]), said)


def _undo(found: Published, look: WayBack) -> dict[str, Any]:
    """What taking it back would do, in numbers and names."""
    return {"look": look, **_asked_back(found, look.offered.values(), look.accountable.values())}


def _asked_back(found: Published, arriving: Iterable[str], leaving: Iterable[str]) -> dict[str, Any]:
    """Who is asked to take people back, and who is accountable until they accept: names, and how many these are."""

    def called(codes: Iterable[str]) -> str:
        return " and ".join(sorted({found.practitioner_name(c) for c in codes}))

    accountable = set(leaving)
    return {"back_to": called(arriving), "accountable": called(accountable), "parts": len(accountable)}


def _receipt(
    found: Published, actor: Actor, made: BulkHandOver, offers: list[HandOver], typed: Mapping[str, str],
    errors: dict[str, str],
) -> Page:  # fmt: skip
    receipt = made.receipt
    refused = {int(p): why for p, why in receipt.get("refused", {}).items()}
    shown = [o.person_id for o in offers][:MOST_NAMED]
    others = [*refused, *receipt.get("left_out", []), *receipt.get("withdrawn", [])]
    undone = BulkHandOver.objects.filter(undoes_id=made.pk).first()
    leads = actor.role is Role.LEAD or any(o.leaving_code == actor.practitioner_code for o in offers)
    may_undo = leads and not undone and not made.undoes_id
    named = names(found, seen := visible(found, actor, {*shown, *others}))
    name = {p: named.get(p, {}).get("name", ELSEWHERE) for p in {*shown, *others}}
    context: dict[str, Any] = {
        "title": "A hand-over of many people",
        "as_of": found.as_of,
        "made": made,
        "role": ROLES[made.role],
        "leaving": found.practitioner_name(made.leaving_code),
        "rows": [(o, name[o.person_id], found.practitioner_name(o.arriving_code)) for o in offers[:MOST_NAMED]],
        "more": len(offers) - len(shown),
        "mine": [(o.person_id, name[o.person_id]) for o in offers if _waits_for(o, actor)][:MOST_NAMED],
        "refused": [(name[p], why) for p, why in refused.items()],
        "left_out": [name[p] for p in receipt.get("left_out", [])],
        "undone": undone,
        "undo": _undo(found, preview_undo(bulk_id=made.pk, by=actor, staff=mine(found, actor))) if may_undo else None,
        "way_back": _way_back(found, made, offers),
        "withdrawn": [name[p] for p in receipt.get("withdrawn", [])],
        "data": typed,
        "errors": errors,
    }
    return Page("assign/bulk.jinja", context, people=sorted(seen), status=400 if errors else 200)


def _way_back(found: Published, made: BulkHandOver, offers: list[HandOver]) -> dict[str, Any] | None:
    """Of a way back: who is still asked, and who is accountable until they accept."""
    if not made.undoes_id:
        return None
    waiting = [o for o in offers if o.state == "offered"]
    asked = _asked_back(found, (o.arriving_code for o in waiting), (o.leaving_code for o in waiting))
    return {"first": made.undoes_id, "waiting": len(waiting), **asked}


def _waits_for(offer: HandOver, actor: Actor) -> bool:
    return offer.state == "offered" and offer.arriving_code == actor.practitioner_code
