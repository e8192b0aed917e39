"""What the person agreed that others see of their plan. Each answer is a row of its own; the newest counts at once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from carestead.care.headings import PARTS
from carestead.care.machine import Refusal
from carestead.care.sharing import ALL_PARTS, AUDIENCES, Choice, may_see
from carestead.store.actor import Actor, Role
from carestead.store.audit.actions import record_write
from carestead.store.care.models import ShareChoice
from carestead.store.care.plans import is_named_gp
from carestead.store.care.refusing import come, hold_to


@transaction.atomic
def choose_sharing(
    *, person_id: int, part: str, audience: str, allowed: bool, said_on: date, by: Actor, at: datetime | None = None
) -> ShareChoice:
    """Record what the person said: whether `audience` may see `part` (`*` for all) of their plan."""
    now = at or timezone.now()
    hold_to(_part_refusal(part), _audience_refusal(audience), come(said_on, now))
    detail = {"part": part, "audience": audience, "allowed": allowed}
    record_write(by=by, action="share-choice", people=[person_id], detail=detail)
    return ShareChoice.objects.create(
        person_id=person_id,
        part=part,
        audience=audience,
        allowed=allowed,
        said_on=said_on,
        recorded_by=by.name,
        recorded_at=now,
    )


def _part_refusal(part: str) -> Refusal | None:
    known = [ALL_PARTS, *(p.id for p in PARTS)]
    return None if part in known else Refusal(f"A plan has no part {part}.", f"Choose one of: {', '.join(known)}.")


def _audience_refusal(audience: str) -> Refusal | None:
    if audience in AUDIENCES:
        return None
    return Refusal(f"Nobody is called {audience}.", f"Choose one of: {', '.join(AUDIENCES)}.")


def choices(person_id: int) -> list[Choice]:
    """Every answer of the person about their plan."""
    rows = ShareChoice.objects.filter(person_id=person_id).order_by("pk")
    return [Choice(r.part, r.audience, r.allowed, r.recorded_at) for r in rows]


HOLDER, OWN = "holder", "person"
"""Audiences to whom the whole plan is open whatever was said: the person's own named GP, and the person."""


def audience_of(actor: Actor, person_id: int, organisation_kind: str) -> str:
    """As whom the actor sees the person's plan. `organisation_kind` is that of who they work for."""
    if actor.role is Role.PERSON and actor.person_id == person_id:
        return OWN
    if actor.role is Role.NAMED_GP and is_named_gp(actor, person_id):
        return HOLDER
    return organisation_kind if actor.role is Role.PARTNER else str(actor.role)


def parts_seen(actor: Actor, person_id: int, organisation_kind: str, parts: Iterable[str]) -> frozenset[str]:
    """The `parts` that the actor may see now. `organisation_kind` is that of who they work for; the person sees all."""
    audience = audience_of(actor, person_id, organisation_kind)
    said = choices(person_id)
    return frozenset(p for p in parts if may_see(p, audience, said, holder=audience in (HOLDER, OWN)))
