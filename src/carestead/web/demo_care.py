"""The demonstration's care: people enrolled, a plan, promises, a colleague away, the rota, somebody just home."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from carestead.api.known import finder, known_person
from carestead.care.sides import Party
from carestead.care.standing import Colleague
from carestead.care.templates import templates
from carestead.sources.messages.event import HospitalEvent, Kind, Reading
from carestead.store.accounts.actions import open_account
from carestead.store.accounts.models import User
from carestead.store.actor import Actor, Role
from carestead.store.assign.absence import answer_cover, plan_absence
from carestead.store.assign.desk import bare, plan_shift
from carestead.store.assign.hand_over import offer_hand_over
from carestead.store.care.feeds import open_feed
from carestead.store.care.goals import add_goal
from carestead.store.care.plans import set_details, start_plan
from carestead.store.care.promises import accept_promise, make_promise
from carestead.store.care.sections import Place, write_section
from carestead.store.care.sending import send_message
from carestead.store.care.sharing import choose_sharing
from carestead.store.care.signing import agree_plan
from carestead.store.care.stays import receive, receive_message
from carestead.store.find.actions import Shown, accept_proposal
from carestead.web.assign.staff import group_of, staff_of
from carestead.web.find.people import names
from carestead.web.published import Published, Row

MOST = 8
DESK_PHONE = "01632 960010"
"""Of the range that Ofcom keeps for made-up numbers."""

DESK = "desk"
"""The user name of whoever is at the duty desk."""

MATTERS = "My garden, my cat, and staying in my own home. I want to walk to the shop by myself again."
FEED = "demo-hospital"


@dataclass(frozen=True)
class Cast:
    """The personas the demonstration turns on, and the colleague of the GP."""

    gp: Actor
    coordinator: Actor
    lead: Actor
    colleague: Actor | None


def seed_care(found: Published, by: Actor) -> None:
    """Make what the pages of care show. Once: an area with somebody enrolled is left as it is."""
    cast = _cast(found)
    people = [row["person_id"] for row in _enrolled(found, cast)]
    now = timezone.now()
    _rota(found, cast, now)
    staff = staff_of(found, group_of(found, cast.gp.organisation_code))
    if cast.colleague:
        _away(cast, staff, now)
    if not people:
        return
    _own_pages(found, people[0], by)
    _plan(people[0], cast, now)
    _promises(people, cast, now)
    _came_home(found, people[-1], by, now)
    _not_matched(found, people[len(people) // 2], now)
    send_message(
        person_id=people[0], to=_party(cast.gp), text="May I tell the daughter about the new tablets?",
        by=cast.coordinator, answer_by_at=now + timedelta(days=1),
    )  # fmt: skip
    if cast.colleague and len(people) > 2:
        offer_hand_over(
            person_id=people[1], role="named-gp", to_code=cast.colleague.practitioner_code, by=cast.gp, staff=staff,
            reason="Known to the practice nurse you work with.", at=now - timedelta(minutes=5),
        )  # fmt: skip


def _cast(found: Published) -> Cast:
    gp, coordinator, lead = (User.objects.get(username=n).actor() for n in ("gp", "coordinator", "lead"))
    second = User.objects.filter(username="gp2").first()
    return Cast(gp, coordinator, lead, second.actor() if second else None)


def _enrolled(found: Published, cast: Cast) -> list[Row]:
    """A third of those proposed for the GP, at most so many: the others wait for whoever tries the pages."""
    rows = found.rows("find/register", also=[])
    mine = [r for r in rows if r["named_gp_code"] == cast.gp.practitioner_code and not r["death_date"]]
    chosen = mine[: min(MOST, -(-len(mine) // 3))]
    for row in chosen:
        accept_proposal(
            person_id=row["person_id"], version=0, practice_code=row["practice_code"] or "",
            named_gp_code=cast.gp.practitioner_code, coordinator_code=cast.coordinator.practitioner_code, by=cast.gp,
            shown=Shown(found.as_of, row["cohorts"] or "", row["reasons"] or ""),
        )  # fmt: skip
    return chosen


def _rota(found: Published, cast: Cast, now: datetime) -> None:
    """The desk is staffed the whole of today, and in all opening hours of the days about it but for one to come, which
    the pages of the rota and of gaps show bare."""
    group, today = group_of(found, cast.lead.organisation_code), timezone.localdate(now)
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    _shift(group, midnight, midnight + timedelta(days=1), cast)
    spans = bare(group, today - timedelta(days=7), today + timedelta(days=14))
    to_come = [span for span in spans if span.start > midnight + timedelta(days=1)]
    for span in spans:
        if span != to_come[1]:
            _shift(group, span.start, span.end, cast)


def _shift(group: str, start: datetime, end: datetime, cast: Cast) -> None:
    plan_shift(
        group_code=group, start=start, end=end, staffed_by=DESK, staff_name="Duty desk nurse", phone=DESK_PHONE,
        by=cast.lead,
    )  # fmt: skip


def _away(cast: Cast, staff: dict[str, Colleague], now: datetime) -> None:
    """The colleague goes on leave next week, and the GP has agreed to cover."""
    assert cast.colleague is not None
    away = plan_absence(
        practitioner_code=cast.colleague.practitioner_code, start=now + timedelta(days=7), end=now + timedelta(days=14),
        reason="Annual leave", by=cast.colleague, staff=staff, cover_code=cast.gp.practitioner_code,
    )  # fmt: skip
    answer_cover(absence_id=away.pk, version=away.version, accept=True, by=cast.gp, staff=staff)


def _own_pages(found: Published, person_id: int, by: Actor) -> None:
    named = names(found, [person_id]).get(person_id, {}).get("name", "Somebody")
    who = (("person", named, Role.PERSON), ("carer", f"Carer of {named}", Role.CARER))
    for username, name, role in who:
        open_account(username=username, name=name, roles=[role], person_id=person_id, is_demo=True, by=by)


def _plan(person_id: int, cast: Cast, now: datetime) -> None:
    """A plan that the coordinator wrote and agreed with the person, whose carer may see About me; the GP has to sign
    it."""
    plan = start_plan(person_id=person_id, by=cast.coordinator)
    place = Place("about-me", "what-is-most-important-to-me")
    write_section(plan_id=plan.pk, place=place, text=MATTERS, version=0, by=cast.coordinator)
    strengths = Place("plan", "strengths")
    write_section(
        plan_id=plan.pk, place=strengths, text="Neighbours look in every day.", version=0, by=cast.coordinator
    )
    add_goal(plan_id=plan.pk, words="To walk to the shop by myself again.", importance=9, by=cast.coordinator)
    today = timezone.localdate(now)
    choose_sharing(
        person_id=person_id, part=place.part, audience="carer", allowed=True, said_on=today, by=cast.coordinator
    )
    plan.refresh_from_db()
    said = set_details(
        plan_id=plan.pk, version=plan.version, by=cast.coordinator, review_on=today + timedelta(days=180),
        review_by_code=cast.coordinator.practitioner_code,
    )  # fmt: skip
    agree_plan(plan_id=plan.pk, version=said.version, by=cast.coordinator, agreed_with="The person", agreed_on=today)


def _party(actor: Actor) -> Party:
    return Party("practitioner", actor.practitioner_code, actor.name)


def _promises(people: list[int], cast: Cast, now: datetime) -> None:
    """What was asked of the GP, and of the coordinator; each person has one."""
    asks = _cycle(cast)
    for person_id in people:
        name, owner, requester, by = next(asks)
        form = templates()[name]
        made = make_promise(
            person_id=person_id, owner=_party(owner), requester=_party(requester), what=form.what,
            done_means=form.done_means, due_at=now + timedelta(days=1 + person_id % 9), template=name, by=by,
        )  # fmt: skip
        if owner is cast.coordinator:
            accept_promise(promise_id=made.pk, version=made.version, by=cast.coordinator)


def _cycle(cast: Cast) -> Iterator[tuple[str, Actor, Actor, Actor]]:
    while True:
        yield "medication-review", cast.gp, cast.coordinator, cast.coordinator
        yield "falls-assessment", cast.coordinator, cast.gp, cast.gp


def _not_matched(found: Published, person_id: int, now: datetime) -> None:
    """Two messages for the duty desk: of somebody home today, two digits of whose number the hospital has swapped; and
    one that says nothing of what happened."""
    row, find = names(found, [person_id]).get(person_id, {}), finder(settings.AREA, timezone.localdate(now))
    known = known_person(settings.AREA, person_id, timezone.localdate(now))
    number, when = str(row.get("nhs_number") or ""), (now - timedelta(hours=3)).isoformat(timespec="minutes")
    called, born = f"{row.get('given_name') or ''} {row.get('family_name') or ''}", known and known.birth_date
    sent = (
        "event,visit_id,happened_at,nhs_number,name,birth_date,ward,destination,reason\n"
        f"discharge,demo-2,{when},{_slip(number)},{called},{born or ''},Ward 3,19,Chest infection\n"
        f"born,demo-3,{when},,,,Ward 5,,\n"
    )
    receive(body=sent.encode(), source=FEED, find=find, at=now - timedelta(hours=2))


def _slip(number: str) -> str:
    """The number as somebody mistypes it: the last two digits that differ are swapped."""
    place = next((i for i in range(len(number) - 2, 0, -1) if number[i] != number[i + 1]), None)
    return number if place is None else f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"


def _came_home(found: Published, person_id: int, by: Actor, now: datetime) -> None:
    """A hospital's two messages, as they come through the door for messages: in a week ago, home yesterday."""
    hospital = next((c for c, o in found.organisations.items() if o["kind"] == "acute-trust"), "")
    open_feed(
        source=FEED, name=found.organisation_name(hospital) if hospital else "The hospital", by=by,
        expected_every_minutes=24 * 60, organisation_code=hospital,
    )  # fmt: skip
    number = names(found, [person_id]).get(person_id, {}).get("nhs_number")
    find = finder(settings.AREA, timezone.localdate(now))
    for kind, when in ((Kind.ADMIT, now - timedelta(days=6)), (Kind.DISCHARGE, now - timedelta(hours=20))):
        event = HospitalEvent(
            source=FEED, visit_id="demo-1", kind=kind, happened_at=when, sent_at=when, nhs_number=number,
            organisation_code=hospital, ward="Ward 7", reason="Fall at home",
        )  # fmt: skip
        receive_message(reading=Reading(event, (), f"made-up {kind}"), source=FEED, find=find)
