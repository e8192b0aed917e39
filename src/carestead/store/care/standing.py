"""Where somebody who is signed in stands towards promises and requests, by what the store knows now."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from carestead.care.break_glass import REVIEW
from carestead.care.sides import Matter, Party, Standpoint, answered_for, of_promise, of_request
from carestead.store.actor import DIRECT_CARE, OWN_PAGE, Actor, Role
from carestead.store.assign.models import DeskShift
from carestead.store.assign.now import presence_at
from carestead.store.care.models import Promise, Request


def party_of(actor: Actor) -> Party:
    """The party an actor is by themselves: a practitioner, else the person or carer, else their organisation."""
    if actor.role in OWN_PAGE:
        return Party(actor.role.value, str(actor.person_id), actor.name)
    if actor.practitioner_code:
        return Party("practitioner", actor.practitioner_code, actor.name)
    return Party("organisation", actor.organisation_code, actor.name)


def standpoint(actor: Actor, at: datetime) -> Standpoint:
    """The actor as the rules see them at `at`: whom they answer for, by absences and by the desk's rota. Three
    queries for somebody in direct care, none for others; those who plan, and carestead itself, stand nowhere."""
    if actor.role in OWN_PAGE:
        return Standpoint(actor.username, person_id=actor.person_id, carer=actor.role is Role.CARER)
    if actor.role not in DIRECT_CARE:
        return Standpoint("")
    codes = frozenset(filter(None, [actor.practitioner_code]))
    shifts = DeskShift.objects.filter(start__lte=at, end__gt=at, cancelled_at__isnull=True)
    desks = frozenset(shifts.filter(staffed_by__in=codes | {actor.username}).values_list("group_code", flat=True))
    return Standpoint(
        actor.username,
        codes=codes,
        answers_for=answered_for(codes, bool(desks), presence_at(at)),
        teams=frozenset(filter(None, [actor.organisation_code])),
        desks=desks,
        lead=actor.role is Role.LEAD,
    )


def owner_of(promise: Promise) -> Party:
    """Who does it."""
    return Party(promise.owner_kind, promise.owner_code, promise.owner_name)


def requester_of(promise: Promise) -> Party:
    """Who asked for it."""
    return Party(promise.requester_kind, promise.requester_code, promise.requester_name)


def promise_sides(who: Standpoint, promise: Promise, held: dict[str, str]) -> frozenset[str]:
    """The sides of a promise on which `who` stands; `held` is who holds the roles for its person. Whoever broke the
    glass wrote down that it is reviewed, and has no part in the review."""
    if promise.template == REVIEW and who.username == promise.author_username:
        return frozenset()
    return of_promise(
        who, Matter(promise.person_id, owner_of(promise), requester_of(promise), promise.author_username, held)
    )


def request_sides(who: Standpoint, request: Request, held: dict[str, str]) -> frozenset[str]:
    """The sides of a request on which `who` stands."""
    team = Party("organisation", request.team_code, request.team_name)
    asker = Party("practitioner", request.asker_code, request.asker_name)
    return of_request(who, Matter(request.person_id, team, asker, request.author_username, held))


def theirs(who: Standpoint, prefix: str) -> Q:
    """Rows whose party in `<prefix>_kind` and `<prefix>_code` is `who`, or somebody they answer for now."""

    def of(kind: str, codes: Iterable[str]) -> Q:
        return Q(**{f"{prefix}_kind": kind, f"{prefix}_code__in": list(codes)})

    found = of("practitioner", who.codes | who.answers_for)
    found |= of("organisation", who.teams) | of("desk", who.desks)
    if who.person_id is not None:
        found |= of("person", [str(who.person_id)])
        found |= of("carer", [str(who.person_id)] if who.carer else [])
    return found
