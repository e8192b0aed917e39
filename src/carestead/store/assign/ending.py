"""The explicit end of an enrolment: died, moved away, opted out, no longer needs it. Nothing open is left behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from carestead.care.break_glass import REVIEW
from carestead.care.hand_over import make
from carestead.care.promise import OPEN
from carestead.care.request import LIVE
from carestead.care.standing import ROLES, Move
from carestead.care.templates import AFTER_DEATH
from carestead.core.finding import CaresteadError
from carestead.store.actor import Actor, Role
from carestead.store.assign.actions import append_entry, last_entry
from carestead.store.assign.models import HandOver, Responsibility
from carestead.store.assign.offers import close
from carestead.store.assign.situation import acting, situation
from carestead.store.audit.actions import record_write
from carestead.store.care.log import Act, change
from carestead.store.care.models import Notice, Plan, Promise, Request
from carestead.store.care.things import Thing
from carestead.store.find.models import Decision, Enrolment

NEEDS_RECEIVER = ("moved",)
"""Ends after which somebody else must be named who takes over."""


class EndRefusedError(CaresteadError):
    """The enrolment cannot end yet; `open` are the promises and requests whose fate nobody has said."""

    def __init__(self, what: str, do: str, still_open: list[Thing] | None = None, *, field: str = "") -> None:
        super().__init__(what, do, field=field)
        self.open = still_open or []


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one open promise or request: its `new_home` (who carries it on outside this register), or, where
    that is empty, why it is no longer wanted."""

    reason: str = ""
    new_home: str = ""

    @property
    def words(self) -> str:
        """The reason as it is written down."""
        return f"Passed on to {self.new_home}. {self.reason}".strip() if self.new_home else self.reason.strip()


Fates = Mapping[tuple[str, int], Fate]
"""The fate of each open thing, by its kind (`promise`, `request`) and id."""


def still_open(person_id: int, kind: str = "") -> list[Thing]:
    """The promises and requests of a person whose fate must be said before the enrolment can end. What was promised for
    after a death goes on after one; the review of a record opened in an emergency goes on after any end."""
    promises = Promise.objects.filter(person_id=person_id, state__in=OPEN).order_by("due_at", "pk")
    promises = promises.exclude(template=REVIEW)
    if kind == "died":
        promises = promises.exclude(template__startswith=AFTER_DEATH)
    requests = Request.objects.filter(person_id=person_id, state__in=LIVE | {"draft"}).order_by("due_at", "pk")
    return [*promises, *requests]


@transaction.atomic
def end_enrolment(
    *, person_id: int, version: int, kind: str, reason: str, by: Actor, fates: Fates, receiver: str = "",
    at: datetime | None = None,
) -> Enrolment:  # fmt: skip
    """End an enrolment: both responsibilities end at one instant, what is open meets the fate said, the plan is ended,
    and no clock runs on. `receiver` is who takes over from somebody who has moved. Raises EndRefusedError."""
    now = at or timezone.now()
    enrolment = _enrolled(person_id, version, by)
    _refuse_unless_whole(kind, reason, receiver)
    things = still_open(person_id, kind)
    _refuse_unless_settled(things, fates)
    sets = {"state": "ended", "reason": reason.strip(), "end_kind": kind, "receiver": receiver.strip()}
    _decide(enrolment, sets, by, now)
    for role in ROLES:
        _end_role(person_id, role, kind, by, now)
    for thing in things:
        _settle(thing, fates[thing.KIND, thing.pk], by, now)
    for plan in Plan.objects.filter(person_id=person_id, state__in=("draft", *LIVE)):
        change(
            plan,
            Act("revoke", by, now, now),
            version=plan.version,
            state="revoked",
            reason=sets["reason"],
            ended_at=now,
        )
    if kind == "died":
        _nobody_is_written_to(person_id, by, now)
    record_write(by=by, action="enrolment-ended", people=[person_id], detail={"kind": kind, "receiver": receiver})
    enrolment.refresh_from_db()
    return enrolment


def _enrolled(person_id: int, version: int, by: Actor) -> Enrolment:
    enrolment = Enrolment.objects.filter(person_id=person_id, state="accepted").first()
    if enrolment is None:
        raise EndRefusedError("The person is not enrolled.", "There is nothing to end.")
    if enrolment.version != version:
        raise EndRefusedError("The enrolment has changed since you read it.", "Read the page again.")
    named_gp = Responsibility.objects.filter(person_id=person_id, role="named-gp", end__isnull=True).first()
    theirs = named_gp is not None and named_gp.practitioner_code == by.practitioner_code
    if not theirs and by.role is not Role.LEAD:
        raise EndRefusedError("Only the named GP or the practice lead ends an enrolment.", "Tell one of them.")
    return enrolment


def _refuse_unless_whole(kind: str, reason: str, receiver: str) -> None:
    kinds = dict(Enrolment.ENDS)
    if kind not in kinds:
        raise EndRefusedError("No end is chosen.", f"Choose one: {', '.join(kinds.values())}.", field="kind")
    if not reason.strip():
        raise EndRefusedError("The end has no reason.", "Say in a few words why.", field="reason")
    if kind in NEEDS_RECEIVER and not receiver.strip():
        do = "Name the practice or team that receives the person."
        raise EndRefusedError("Nobody is named who takes over.", do, field="receiver")


def _refuse_unless_settled(things: list[Thing], fates: Fates) -> None:
    unsaid = [t for t in things if not (said := fates.get((t.KIND, t.pk))) or not said.words]
    if unsaid:
        raise EndRefusedError(
            f"{len(unsaid)} promises or requests are open.",
            "Say of each who carries it on, or why it is no longer wanted.",
            unsaid,
        )


def _decide(enrolment: Enrolment, sets: dict[str, Any], by: Actor, at: datetime) -> None:
    """The decision first: the ledger lets nobody follow only once the person is no longer enrolled."""
    sets = {**sets, "decided_by": by.name, "decided_at": at, "review_on": None}
    still = Enrolment.objects.filter(pk=enrolment.pk, version=enrolment.version, state="accepted")
    if not still.update(**sets, version=enrolment.version + 1):
        raise EndRefusedError("Somebody decided at the same moment.", "Read the page again.")
    Decision.objects.create(person_id=enrolment.person_id, version=enrolment.version + 1, **sets)


def _end_role(person_id: int, role: str, kind: str, by: Actor, at: datetime) -> None:
    after = make(situation(person_id, role, staff={}, by=by, at=at), Move("end", acting(by), reason=kind))
    for offer in HandOver.objects.filter(person_id=person_id, role=role, state="offered"):
        close([offer], "withdrawn", by, at, reason="The enrolment ended.")
    last = last_entry(person_id, role)
    append_entry(
        person_id=person_id, role=role, holder_code="", basis=str(after.basis), reason=kind, by=by, last=last, at=at
    )


def _settle(thing: Thing, fate: Fate, by: Actor, at: datetime) -> None:
    state, act = ("cancelled", "cancel") if thing.KIND == Promise.KIND else ("revoked", "revoke")
    given = {"reason": fate.words, "new_home": fate.new_home}
    change(thing, Act(act, by, at, at, given), version=thing.version, state=state, reason=fate.words, ended_at=at)


def _nobody_is_written_to(person_id: int, by: Actor, at: datetime) -> None:
    """No letter goes to somebody who has died."""
    for notice in Notice.objects.filter(person_id=person_id, state="queued", to_kind="person"):
        act = Act("put-aside", by, at, at)
        change(notice, act, version=notice.version, state="not-needed", reason="The person has died.")
