"""Where responsibilities stand, read from rows for the hand-over table of `carestead.care.hand_over`."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from carestead.care.hand_over import HandOverRefusedError
from carestead.care.standing import ROLES, Basis, Colleague, Offer, OfferState, Situation
from carestead.core.calendar import local_day
from carestead.reference.calendars import working_calendar
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Departure, HandOver, Responsibility, SharedRole
from carestead.store.assign.now import covers_at
from carestead.store.clocks import site_clocks
from carestead.store.find.models import Enrolment

Staff = Mapping[str, Colleague]
"""The colleagues of a group of practices by code: names, and the roles they can hold. Who is away or has left is read
here, from rows."""


def acting(by: Actor) -> str:
    """The code under which an actor acts: a practitioner's, else one made of the user name, which holds nothing."""
    return by.practitioner_code or f"user:{by.username}"


def situation(person_id: int, role: str, *, staff: Staff, by: Actor, at: datetime) -> Situation:
    """Where one role of one person stands. Raises HandOverRefusedError when nobody holds it."""
    found = situations([person_id], role, staff=staff, by=by, at=at).get(person_id)
    if found is None:
        raise HandOverRefusedError("Nobody is responsible for this person: they are not enrolled.", "Enrol them first.")
    return found


def situations(people: Collection[int], role: str, *, staff: Staff, by: Actor, at: datetime) -> dict[int, Situation]:
    """The same for many people, by person_id, in a fixed number of queries. Whom nobody holds is left out."""
    held = {(r.person_id, r.role): r for r in Responsibility.objects.filter(person_id__in=people, end__isnull=True)}
    offers = {h.person_id: h for h in HandOver.objects.filter(person_id__in=people, role=role).order_by("pk")}
    shared = _both_until(people, at)
    colleagues = present(staff, by, at)
    other = next(r for r in ROLES if r != role)
    return {
        person: _situation(
            held[person, role], held.get((person, other)), offers.get(person), shared.get(person), colleagues, at
        )
        for person in people
        if (person, role) in held
    }


def present(staff: Staff, by: Actor, at: datetime) -> dict[str, Colleague]:
    """The colleagues as they are at `at`: who is away and covered by whom, who is leaving, who has left, who leads."""
    found = dict(staff)
    me = acting(by)
    found[me] = replace(found.get(me, Colleague(me, by.name)), is_lead=by.role in (Role.LEAD, Role.SYSTEM))
    for code, cover in covers_at(at).items():
        _note(found, code, away=True, cover=cover)
    for code, leaves_at in Departure.objects.values_list("practitioner_code", "leaves_at"):
        _note(found, code, leaving=leaves_at > at, left=leaves_at <= at)
    return found


def acknowledge_by(start: datetime) -> datetime:
    """The clock of an interim holder who began at `start`."""
    return site_clocks()["interim-answer"].due(start, working_calendar())


def _note(found: dict[str, Colleague], code: str, **changes: object) -> None:
    found[code] = replace(found.get(code, Colleague(code)), **changes)  # type: ignore[arg-type]


def _situation(
    now: Responsibility, other: Responsibility | None, offer: HandOver | None, both_until: date | None,
    colleagues: dict[str, Colleague], at: datetime,
) -> Situation:  # fmt: skip
    for code in (now.practitioner_code, offer.arriving_code if offer else ""):
        if code and code not in colleagues:
            colleagues[code] = Colleague(code, roles=frozenset({now.role}))
    return Situation(
        at=at,
        role=now.role,
        holder=now.practitioner_code,
        since=now.start,
        colleagues=tuple(colleagues.values()),
        basis=Basis(now.basis),
        acknowledge_by=acknowledge_by(now.start) if now.basis == Basis.INTERIM else None,
        offer=_offer(offer) if offer else None,
        other_holder=other.practitioner_code if other else "",
        both_until=both_until,
    )


def _offer(row: HandOver) -> Offer:
    return Offer(row.arriving_code, row.offered_by_code, row.answer_by, OfferState(row.state))


def _both_until(people: Collection[int], at: datetime) -> dict[int, date]:
    """Until when the person's practice has agreed that one may hold both roles; the last day counts."""
    today = local_day(at)
    agreed = SharedRole.objects.filter(start__lte=today, end__gt=today).values_list("practice_code", "end")
    until = {practice: end - timedelta(days=1) for practice, end in agreed}
    if not until:
        return {}
    homes = Enrolment.objects.filter(person_id__in=people, practice_code__in=until)
    return {person: until[practice] for person, practice in homes.values_list("person_id", "practice_code")}
