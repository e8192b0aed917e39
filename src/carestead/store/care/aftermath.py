"""What follows when somebody enrolled comes into hospital or leaves it: people are told, home services are flagged, and
contact is promised."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from carestead.core.calendar import local_day
from carestead.store.actor import Actor
from carestead.store.care import follow_up
from carestead.store.care.models import Promise, Stay
from carestead.store.care.people import Known
from carestead.store.care.telling import BOTH, tell
from carestead.store.care.visits import events_of
from carestead.store.commission.models import Purchase
from carestead.store.find.models import Enrolment


def follow(stay: Stay, person: Known, by: Actor, at: datetime) -> bool:
    """Do what a stay as it stands now asks for and has not been done. False when the person is not enrolled."""
    enrolment = Enrolment.objects.filter(person_id=person.person_id, state="accepted").first()
    if enrolment is None:
        return False
    desk = person.group_code or person.practice_code or enrolment.practice_code
    if person.died_on is not None:
        _say(stay, "message-after-death", desk, by, at, died_on=person.died_on.isoformat())
        return True
    told = events_of(stay)
    if any(e.kind in ("admit", "transfer") for e in told):
        _say(stay, "admission", desk, by, at)
        _flag_home_services(stay, person, desk, by, at)
    if stay.state == "finished":
        _say(stay, "discharge", desk, by, at)
        follow_up.promise(stay, desk, by, at)
    for event in told:
        if event.kind.startswith("cancel-"):
            _say(stay, "taken-back", desk, by, at, again=event.digest, what=event.kind.removeprefix("cancel-"))
    return True


def without_follow_up() -> Sequence[Stay]:
    """Finished stays of enrolled people that ask for a contact which was never promised."""
    enrolled = Enrolment.objects.filter(state="accepted").values("person_id")
    promised = Promise.objects.filter(stay_id__isnull=False).values("stay_id")
    stays = Stay.objects.filter(state="finished", person_id__in=enrolled).exclude(pk__in=promised)
    return [s for s in stays.order_by("discharged_at", "pk") if follow_up.is_due(s)]


def _say(stay: Stay, about: str, desk: str, by: Actor, at: datetime, again: str = "", **more: Any) -> None:
    facts = {
        "state": stay.state, "admitted_at": _iso(stay.admitted_at), "discharged_at": _iso(stay.discharged_at),
        "organisation": stay.organisation_code, "ward": stay.ward, "disposition": stay.disposition, **more,
    }  # fmt: skip
    tell(
        person_id=int(stay.person_id or 0), about=about, stay=stay, desk=desk, roles=BOTH, by=by, facts=facts, at=at,
        again=again,
    )  # fmt: skip


def _flag_home_services(stay: Stay, person: Known, desk: str, by: Actor, at: datetime) -> None:
    """The coordinator is asked to look at each service that comes to the person's home; none is stopped."""
    services = [*person.home_services, *_bought(person.person_id, local_day(at))]
    if services:
        tell(
            person_id=person.person_id, about="home-services", stay=stay, desk=desk, roles=("coordinator",), by=by,
            facts={"services": services}, at=at,
        )  # fmt: skip


def _bought(person_id: int, on: date) -> list[str]:
    """Home care bought from the fund that runs on a day, in words."""
    running = [
        p for p in Purchase.objects.filter(person_id=person_id, start_date__lte=on).order_by("pk")
        if on < p.start_date + timedelta(weeks=p.weeks)
    ]  # fmt: skip
    return [f"{p.kind.replace('-', ' ').capitalize()} from {p.provider_name}" for p in running]


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
