"""The page on which a clinician accepts, defers or declines a proposal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from carestead.core.finding import CaresteadError
from carestead.store.access import Action
from carestead.store.actor import Actor, Role
from carestead.store.find import actions
from carestead.store.find.models import Enrolment
from carestead.web.find.people import Known, one, require
from carestead.web.find.presenters import standing
from carestead.web.find.reasons import glances
from carestead.web.published import Published, published
from carestead.web.record.banner import banner
from carestead.web.shell import once
from carestead.web.shell.dates import split_date
from carestead.web.shell.doors import Page, door
from carestead.web.shell.typed import Typed

WEEKS_TO_REVIEW = 12


@dataclass
class DecisionForm:
    """What was typed, and what is wrong with it."""

    data: Mapping[str, str]
    today: date
    errors: dict[str, str] = field(default_factory=dict)
    review_on: date | None = None

    def check(self) -> bool:
        """True when it can be done; else `errors` says what to type where."""
        decision = self.data.get("decision")
        if decision not in ("accept", "defer", "decline"):
            self.errors["decision"] = "Choose whether to accept, defer or decline."
        if decision in ("defer", "decline") and not self.data.get(f"{decision}_reason", "").strip():
            self.errors[f"{decision}_reason"] = f"Say in a few words why you {decision}."
        if decision == "defer":
            self.review_on = Typed(self.data, self.errors).day("review")
            if self.review_on and self.review_on <= self.today:
                self.errors["review-day"] = f"The day to look again must be after {self.today:%-d %B %Y}."
        if decision == "accept":
            for name, who in (("named_gp", "named GP"), ("coordinator", "coordinator")):
                if not self.data.get(name):
                    self.errors[name] = f"Choose a {who}: an enrolled person always has one."
        return not self.errors


@require_http_methods(["GET", "POST"])
@door(Role.NAMED_GP, discloses="people", action="decide-proposal")
def decide(request: HttpRequest, actor: Actor, person_id: int) -> Page | HttpResponse:
    """Why the person is proposed, who is proposed to look after them, and the three decisions."""
    found = published()
    known = one(found, actor, person_id)
    require(actor, Action.DECIDE, known)
    if seen := once.again(request, actor):
        return seen
    if known.status == "Enrolled":
        return redirect("person", person_id=person_id)
    if request.method == "GET":
        return _page(found, known, {}, {})
    form = DecisionForm(request.POST, found.as_of)
    if not form.check():
        return _page(found, known, request.POST, form.errors)
    try:
        return once.first(request, actor, lambda: _outcome(_act(form, found, known, actor), found, form.data))
    except CaresteadError as refused:
        return _page(found, known, request.POST, {"decision": str(refused)})


def _outcome(done: Enrolment, found: Published, data: Mapping[str, str]) -> once.Outcome:
    return once.Outcome(reverse("person", args=[done.person_id]), _afterwards(done, found, data))


def _act(form: DecisionForm, found: Published, known: Known, actor: Actor) -> Enrolment:
    data = form.data
    common: dict[str, Any] = {
        "person_id": known.person_id,
        "version": Typed(data).whole("version"),
        "practice_code": known.facts.practice_code or "",
        "by": actor,
        "shown": actions.Shown(found.as_of, known.row.get("cohorts") or "", known.row.get("reasons") or ""),
    }
    if data["decision"] == "accept":
        holders = {
            "named_gp_code": _offered(data["named_gp"], _gps(found, known)),
            "coordinator_code": _offered(data["coordinator"], _coordinators(found, known)),
        }
        return actions.accept_proposal(**common, **holders)
    if data["decision"] == "defer":
        assert form.review_on is not None
        return actions.defer_proposal(**common, reason=data["defer_reason"], review_on=form.review_on)
    return actions.decline_proposal(**common, reason=data["decline_reason"])


def _offered(code: str, choices: list[tuple[str, str]]) -> str:
    return code if code in dict(choices) else ""


def _afterwards(done: Enrolment, found: Published, data: Mapping[str, str]) -> str:
    if done.state == "accepted":
        gp, coordinator = (found.practitioner_name(data[n]) for n in ("named_gp", "coordinator"))
        return (
            f"Enrolled. {gp} is the named GP and {coordinator} the care coordinator from now. "
            f"Next: {coordinator} finds the person under People and can arrange home care."
        )
    if done.state == "deferred":
        return (
            f"Deferred. Nothing changes for the person; the proposal comes back to you on {done.review_on:%-d %B %Y}."
        )
    return "Declined. Nothing changes for the person. They stay searchable, and you can still accept them later."


def _first(found: Published, known: Known) -> dict[str, str]:
    review = split_date("review", found.as_of + timedelta(weeks=WEEKS_TO_REVIEW))
    return {"named_gp": known.named_gp_code or "", "coordinator": known.coordinator_code or "", **review}


def _page(found: Published, known: Known, typed: Mapping[str, str], errors: dict[str, str]) -> Page:
    # Each decision is a form of its own; what the others held before is filled in again.
    data = {**_first(found, known), **dict(typed.items())}
    context = {
        "title": "Decide on a proposed person",
        "as_of": found.as_of,
        "silent": found.silent,
        "banner": banner(found, known),
        "known": known,
        "standing": standing(known),
        "glance": glances(found, [known])[known.person_id],
        "gps": _gps(found, known),
        "coordinators": _coordinators(found, known),
        "data": data,
        "errors": errors,
        "version": known.enrolment.version if known.enrolment else 0,
    }
    return Page("find/decide.jinja", context, people=[known.person_id], status=400 if errors else 200)


def _gps(found: Published, known: Known) -> list[tuple[str, str]]:
    return _choices(found, "gp", {known.facts.practice_code}, known.row.get("named_gp_code"))


def _coordinators(found: Published, known: Known) -> list[tuple[str, str]]:
    homes = {known.facts.practice_code, known.facts.group_code}
    return _choices(found, "care-coordinator", homes, known.row.get("coordinator_code"))


def _choices(found: Published, role: str, homes: set[str | None], proposed: str | None) -> list[tuple[str, str]]:
    room = {(w["practitioner_code"], w["role"]): w for w in found.workload}
    people = [p for p in found.practitioners.values() if p["role"] == role]
    near = [p for p in people if p["organisation_code"] in homes or p["practitioner_code"] == proposed]
    return [(p["practitioner_code"], _label(p, room, role, proposed)) for p in near or people]


def _label(person: dict[str, Any], room: Mapping[tuple[str, str], Any], role: str, proposed: str | None) -> str:
    code = person["practitioner_code"]
    load = room.get((code, role))
    said = f"has {load['people']} of {load['capacity']}" if load else "capacity not known"
    return f"{person['name'] or code} ({said}{', proposed' if code == proposed else ''})"
