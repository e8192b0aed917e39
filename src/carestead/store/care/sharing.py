"""What the person agreed that others see of their plan. Each answer is a row of its own; the newest counts at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from carestead.care.headings import PARTS
from carestead.care.machine import Refusal
from carestead.care.sharing import ALL_PARTS, AUDIENCES, Choice, answered, may_see
from carestead.store.actor import Actor, Role
from carestead.store.audit.actions import record_write
from carestead.store.care.log import ChangedMeanwhileError
from carestead.store.care.models import ShareChoice
from carestead.store.care.own_page import tell_of_own_page
from carestead.store.care.plans import is_named_gp
from carestead.store.care.refusing import come, hold_to
from carestead.store.find.models import Enrolment

HOLDER = "holder"
"""Reads whatever was said: the person, and the GP who is accountable for them."""

RECORDERS = frozenset({Role.NAMED_GP, Role.CARE_COORDINATOR, Role.LEAD})
"""Who writes down what the person said. A partner or a carer does not open for themselves what is closed to them."""


@transaction.atomic
def choose_sharing(
    *, person_id: int, part: str, audience: str, allowed: bool, said_on: date, by: Actor, at: datetime | None = None
) -> ShareChoice:
    """Record what the person said: whether `audience` may see `part` (`*` for all) of their plan. The person does so
    themselves, or somebody who looks after them every day."""
    now = at or timezone.now()
    made = _chosen(person_id, part, audience, allowed, said_on, by, now)
    tell_of_own_page(person_id=person_id, did="sharing", by=by, at=now)
    return made


def _chosen(
    person_id: int, part: str, audience: str, allowed: bool, said_on: date, by: Actor, now: datetime
) -> ShareChoice:
    hold_to(_recorder_refusal(by, person_id), _part_refusal(part), _audience_refusal(audience), come(said_on, now))
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


@transaction.atomic
def answer_for(
    *, person_id: int, audience: str, answers: Mapping[str, bool], seen: int, said_on: date, by: Actor,
    at: datetime | None = None,
) -> list[ShareChoice]:  # fmt: skip
    """Record what the person says of one audience, part by part: `answers` holds the parts that were answered. Only
    what differs from what was said before is written down. `seen` is the `newest` answer when the page was read.

    Raises ChangedMeanwhileError when something was answered since.
    """
    # whoever answers at the same time waits here, and is then told
    list(Enrolment.objects.select_for_update().filter(person_id=person_id))
    if newest(person_id) != seen:
        raise ChangedMeanwhileError(None)
    before = said_of(audience, choices(person_id))
    changed = {part: yes for part, yes in answers.items() if before.get(part) is not yes}
    now = at or timezone.now()
    made = [_chosen(person_id, part, audience, yes, said_on, by, now) for part, yes in changed.items()]
    if made:
        tell_of_own_page(person_id=person_id, did="sharing", by=by, at=now)
    return made


def newest(person_id: int) -> int:
    """The number of the person's newest answer; 0 before the first."""
    return ShareChoice.objects.filter(person_id=person_id).order_by("-pk").values_list("pk", flat=True).first() or 0


def said_of(audience: str, said: Sequence[Choice]) -> dict[str, bool]:
    """What the person said last of an audience, by part; a part of which they said nothing is left out."""
    return {p.id: answer for p in PARTS if (answer := answered(p.id, audience, said)) is not None}


def _recorder_refusal(by: Actor, person_id: int) -> Refusal | None:
    if by.role in RECORDERS or (by.role is Role.PERSON and by.person_id == person_id):
        return None
    return Refusal(
        "Only the person, their practice or their care coordinator says who may see the plan.",
        "Ask the person to tell one of them.",
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


def parts_seen(actor: Actor, person_id: int, organisation_kind: str, parts: Iterable[str]) -> frozenset[str]:
    """The `parts` that the actor may see now. `organisation_kind` is that of who they work for; the person sees all."""
    audience, said = audience_of(actor, person_id, organisation_kind), choices(person_id)
    return frozenset(p for p in parts if may_see(p, audience, said, holder=audience == HOLDER))


def audience_of(actor: Actor, person_id: int, organisation_kind: str) -> str:
    """As whom the actor reads: the `holder` (the person themselves, or their named GP), a role, or the kind of the
    organisation that a partner works for."""
    own = actor.role is Role.PERSON and actor.person_id == person_id
    if own or (actor.role is Role.NAMED_GP and is_named_gp(actor, person_id)):
        return HOLDER
    return organisation_kind if actor.role is Role.PARTNER else str(actor.role)
