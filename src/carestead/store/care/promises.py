"""Making promises, and moving them until they end. Nothing here edits an owner, and no clock ends anything."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db.models import QuerySet
from django.utils import timezone

from carestead.care.break_glass import review_refusal
from carestead.care.machine import Refusal
from carestead.care.promise import PROMISE, Terms, refusal, terms_refusal
from carestead.care.sides import Party
from carestead.care.templates import TAKE_OVER, runs_on
from carestead.store.actor import DIRECT_CARE, OWN_PAGE, SYSTEM, Actor, Role
from carestead.store.assign.now import holders
from carestead.store.care import follow_up, take_over
from carestead.store.care.acting import How, Kind, NotPossibleError, act, aware, once, refuse, step
from carestead.store.care.log import Act, begin
from carestead.store.care.models import PARTIES, Promise
from carestead.store.care.standing import party_of, promise_sides, standpoint
from carestead.store.find.models import Enrolment

CHANNELS = {"screen": "here", "phone": "by telephone", "letter": "by letter", "hand-over": "with the hand-over"}


class Links(TypedDict, total=False):
    """What a promise is part of, by id: its plan, goal, request, stay, item of a meeting; the promise it replaces."""

    plan_id: int | None
    goal_id: int | None
    request_id: int | None
    stay_id: int | None
    meeting_item_id: int | None
    replaces_id: int | None


def sides_of(promise: Promise, by: Actor, at: datetime) -> frozenset[str]:
    """On which sides of a promise an actor stands at `at`. Three queries."""
    return promise_sides(standpoint(by, at), promise, holders([promise.person_id])[promise.person_id])


def _guard(promise: Promise, act: str, given: Mapping[str, Any], at: datetime) -> Refusal | None:
    return review_refusal(promise.template, act, given) or follow_up.guard(promise, act, given, at)


KIND = Kind(Promise, PROMISE, sides_of, refusal, take_over.lock, _guard, take_over.follow)


def make_promise(
    *, person_id: int, owner: Party, requester: Party, what: str, done_means: str, due_at: datetime | None, by: Actor,
    why: str = "", template: str = "", draft: bool = False, consent_allows: bool = True, key: str | None = None,
    at: datetime | None = None, **links: Unpack[Links],
) -> Promise:  # fmt: skip
    """Ask for a promise. It waits for its owner's answer; one's own, the person's and a carer's are `ready`, and what
    somebody takes on for another is accepted at once. A `draft` waits until its requester sends it, an offer to take
    over for a yes.

    Raises NotPossibleError when owner, requester, due, what or 'done means' is missing, when the person has not agreed
    that this owner is told, and when the actor may not ask.
    """
    refuse(terms_refusal(Terms(owner.code, requester.code, due_at, what, done_means, consent_allows)))
    refuse(_maker_refusal(by, person_id, owner, requester) or _gone_refusal(person_id, template))
    aware(due_at, "The due time")
    asked = template == TAKE_OVER or not _own(owner, requester)  # nobody takes over without a yes
    state = "draft" if draft else "requested" if asked else "ready"

    def do() -> Promise:
        now = at or timezone.now()
        made = begin(
            Promise(
                person_id=person_id, state=state, what=what.strip(), done_means=done_means.strip(), why=why.strip(),
                template=template, owner_kind=owner.kind, owner_code=owner.code, owner_name=owner.name,
                requester_kind=requester.kind, requester_code=requester.code, requester_name=requester.name,
                author_username=by.username, asked_at=now, due_at=due_at, first_due_at=due_at, **links,
            ),
            Act("ask", by, recorded_at=now, key=key),
        )  # fmt: skip
        if state == "requested" and by.role is not Role.SYSTEM and owner.is_same(party_of(by)):
            step(KIND, made, "accept", by=by, now=now, accepted_by=by.name, channel="screen", accepted_at=now)
        return made

    return once(key, Promise, do, type="ask", by=by)


def send_promise(*, promise_id: int, **how: Unpack[How]) -> Promise:
    """Ask for what was drafted, for instance from a letter: whoever asks confirms it."""
    given = {"owner": "as drafted", "due": "as drafted", "done_means": "as drafted"}
    return act(KIND, promise_id, "ask", how, given=given, sets=lambda p, now: {"asked_at": now})


def open_promise(*, promise_id: int, **how: Unpack[How]) -> Promise:
    """A person of the owner's side has opened it: not that a machine received it."""
    return act(KIND, promise_id, "open", how)


def accept_promise(
    *, promise_id: int, channel: str = "screen", accepted_by: str = "", new_due: datetime | None = None,
    **how: Unpack[How],
) -> Promise:  # fmt: skip
    """Take it on, here or, written down by another, by phone or letter with the name of who said yes. `new_due` is
    offered to the requester, who agrees to it or keeps the old one."""
    if channel not in CHANNELS:
        raise NotPossibleError(f"There is no channel {channel}.", f"Give one of: {', '.join(CHANNELS)}.")
    aware(new_due, "The new due time")
    name = accepted_by.strip() or (how["by"].name if channel == "screen" else "")
    given = {"accepted_by": name, "channel": channel, "new_due": new_due}

    def sets(promise: Promise, now: datetime) -> dict[str, Any]:
        offered = {"offered_due_at": new_due} if new_due else {}
        return {"accepted_by": name, "channel": channel, "accepted_at": now, **offered}

    return act(KIND, promise_id, "accept", how, given=given, sets=sets)


def begin_promise(*, promise_id: int, happened_at: datetime, note: str = "", **how: Unpack[How]) -> Promise:
    """The first real contact with the person was made at `happened_at`. An attempt is not a contact."""
    given = {"happened_at": happened_at, "note": note}
    return act(KIND, promise_id, "begin", how, given=given, sets=lambda p, now: {"begun_at": happened_at})


def record_attempt(*, promise_id: int, happened_at: datetime, note: str, **how: Unpack[How]) -> Promise:
    """Somebody tried in vain: it is counted, and the promise stands as it stood. After enough attempts at a contact
    after discharge the named GP is asked."""
    given = {"happened_at": happened_at, "note": note}
    return act(
        KIND, promise_id, "attempt", how, given=given, sets=lambda p, now: {"attempts": p.attempts + 1},
        then=follow_up.ask_gp,
    )  # fmt: skip


def hold_promise(*, promise_id: int, reason: str, resume_on: date, **how: Unpack[How]) -> Promise:
    """Put it on hold, with the day on which somebody looks again."""

    def sets(promise: Promise, now: datetime) -> dict[str, Any]:
        refuse(resume_refusal(resume_on, now))
        return {"reason": reason.strip(), "resume_on": resume_on}

    return act(KIND, promise_id, "hold", how, given={"reason": reason, "resume_on": resume_on}, sets=sets)


def resume_promise(*, promise_id: int, **how: Unpack[How]) -> Promise:
    """Go on with it."""
    return act(KIND, promise_id, "resume", how, sets=lambda p, now: {"reason": "", "resume_on": None})


def note_on_promise(*, promise_id: int, note: str, **how: Unpack[How]) -> Promise:
    """Write something down beside it. It changes neither its state nor how long it has waited."""
    return act(KIND, promise_id, "note", how, given={"note": note})


def offer_date(*, promise_id: int, new_due: datetime, reason: str, **how: Unpack[How]) -> Promise:
    """The owner asks for another due time. The old one counts until the requester agrees."""
    aware(new_due, "The new due time")
    given = {"new_due": new_due, "reason": reason}
    return act(KIND, promise_id, "offer-date", how, given=given, sets=lambda p, now: {"offered_due_at": new_due})


def agree_date(*, promise_id: int, **how: Unpack[How]) -> Promise:
    """The requester agrees to the time that was offered. The first due time stays written down."""
    return act(KIND, promise_id, "agree-date", how, sets=lambda p, now: {"due_at": _offered(p), "offered_due_at": None})


def keep_date(*, promise_id: int, **how: Unpack[How]) -> Promise:
    """The requester does not agree: the due time stays."""
    return act(KIND, promise_id, "keep-date", how, sets=lambda p, now: {"offered_due_at": _offered(p) and None})


def acknowledge_cancelled(*, promise_id: int, **how: Unpack[How]) -> Promise:
    """The owner has seen that it is no longer wanted."""
    return act(KIND, promise_id, "acknowledge", how, sets=lambda p, now: {"acknowledged_at": now})


def resume_refusal(resume_on: date | None, now: datetime) -> Refusal | None:
    """Why that is no day to look again."""
    if resume_on is not None and resume_on <= timezone.localdate(now):
        return Refusal("The day to go on is not after today.", "Give a later day.")
    return None


def _offered(promise: Promise) -> datetime:
    if promise.offered_due_at is None:
        raise NotPossibleError("No new date was offered.", "Read it again before you go on.")
    return promise.offered_due_at


def _maker_refusal(by: Actor, person_id: int, owner: Party, requester: Party) -> Refusal | None:
    kinds = [kind for kind, _ in PARTIES]
    if unknown := [p.kind for p in (owner, requester) if p.kind not in kinds]:
        return Refusal(f"There is no kind of party {unknown[0]}.", f"Give one of: {', '.join(kinds)}.")
    if by.role in DIRECT_CARE or by.role is SYSTEM.role or (by.role in OWN_PAGE and by.person_id == person_id):
        return None
    return Refusal(
        "Only those who care for the person, the person and their carers ask for promises.", "Ask the coordinator."
    )


def gone() -> QuerySet[Enrolment]:
    """The enrolments of those who have died, moved away or opted out: no new clock starts for them (invariant R20)."""
    return Enrolment.objects.filter(state="ended", end_kind__in=("died", "moved", "opted-out"))


def _gone_refusal(person_id: int, template: str) -> Refusal | None:
    left = None if runs_on(template) else gone().filter(person_id=person_id).first()
    if left is None:
        return None
    return Refusal(f"{left.get_end_kind_display()}.", "Write to who looks after them now, or enrol the person again.")


def _own(owner: Party, requester: Party) -> bool:
    return owner.is_same(requester) or owner.kind in ("person", "carer")
