"""Handing over in the store: what is written, what goes along, who is told, what is refused."""

from datetime import timedelta

import pytest
from tests.hand_over_store import BROWN, CLARK, DAY, HOUR, LEAD, NOW, QUILL, STAFF, TEAL, enrol, holder

from carestead.care.hand_over import HandOverRefusedError
from carestead.store.assign.hand_over import (
    accept_hand_over,
    acknowledge_interim,
    assign_interim,
    decline_hand_over,
    offer_hand_over,
    withdraw_hand_over,
)
from carestead.store.assign.models import HandOver, LedgerEntry, Responsibility
from carestead.store.assign.offers import lapse
from carestead.store.audit.models import AuditEvent
from carestead.store.care.log import Act, begin, untold
from carestead.store.care.models import Alarm, Message, Notice, Promise, Request

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db) -> int:
    return enrol()


def offer(to="G2", by=QUILL, at=NOW, **more):
    return offer_hand_over(
        person_id=7, role="named-gp", to_code=to, reason="I am moving house", by=by, staff=STAFF, at=at, **more
    )


def accept(made, by=BROWN, at=NOW + HOUR, **more):
    return accept_hand_over(hand_over_id=made.pk, version=made.version, by=by, staff=STAFF, at=at, **more)


def promised(**more):
    facts = {
        "person_id": 7, "state": "accepted", "what": "ring", "done_means": "spoken to", "owner_code": "G1",
        "owner_name": "Dr Ada Quill", "requester_code": "K1", "author_username": "teal", "asked_at": NOW,
        "due_at": NOW + DAY, "first_due_at": NOW + DAY,
    }  # fmt: skip
    return begin(Promise(**{**facts, **more}), Act("ask", TEAL, NOW, NOW))


def test_the_holder_stays_until_the_other_accepts(person):
    made = offer()
    assert holder() == "G1"
    assert made.answer_by.isoformat() == "2027-05-06T17:30:00+00:00", "two working days"
    entry = accept(made)
    before, now = Responsibility.objects.filter(person_id=7, role="named-gp").order_by("seq")
    assert (before.practitioner_code, before.end) == ("G1", NOW + HOUR)
    assert (now.practitioner_code, now.start, now.end, now.basis) == ("G2", NOW + HOUR, None, "accepted")
    assert entry.hand_over_id == made.pk
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"hand-over-offered", "hand-over-accepted"} <= actions


def test_everything_open_goes_along_and_what_has_ended_stays(person):
    mine, asked = promised(), promised(owner_code="K1", requester_code="G1")
    kept = promised(state="completed", outcome="done", happened_at=NOW)
    request = begin(
        Request(
            person_id=7, state="active", what="physio", why="falls", service="therapy", team_code="T", asker_code="G1",
            author_username="quill", asked_at=NOW, due_at=NOW + DAY,
        ),
        Act("ask", QUILL, NOW, NOW),
    )  # fmt: skip
    unread = begin(
        Message(person_id=7, state="sent", from_code="K1", to_code="G1", text="?", sent_at=NOW),
        Act("send", TEAL, NOW, NOW),
    )
    accept(offer())
    for thing in (mine, asked, kept, request, unread):
        thing.refresh_from_db()
    follows = Promise.objects.get(replaces_id=mine.pk)
    assert (follows.owner_code, follows.owner_name, follows.channel) == ("G2", "Dr Ben Brown", "hand-over")
    assert follows.due_at == mine.due_at
    assert (asked.owner_code, asked.requester_code) == ("K1", "G2")
    assert kept.owner_code == "G1"
    assert (request.asker_code, unread.to_code) == ("G2", "G2")
    assert list(untold()) == [], "each row is still what its events tell"


def test_the_person_and_whoever_it_concerns_are_told(person):
    accept(offer())
    told = Notice.objects.filter(about="holder-changed")
    assert set(told.values_list("to_code", flat=True)) == {"K1", "G1"}, "who remains and who left; not who did it"
    assert told.first().facts_told["words"] == "Dr Ben Brown is the named GP instead of Dr Ada Quill."
    assert Notice.objects.filter(to_kind="person", about="change").count() == 1


def test_declining_needs_a_reason_leaves_the_holder_and_asks_whom_next(person):
    made = offer()
    with pytest.raises(HandOverRefusedError, match="Say in a few words why"):
        decline_hand_over(hand_over_id=made.pk, version=1, reason=" ", by=BROWN, staff=STAFF, at=NOW)
    decline_hand_over(hand_over_id=made.pk, version=1, reason="My list is full", by=BROWN, staff=STAFF, at=NOW + HOUR)
    assert holder() == "G1"
    alarm = Alarm.objects.get()
    assert (alarm.milestone, alarm.to_code, alarm.interrupts) == ("choose-next", "G1", True)
    assert offer("G3", at=NOW + 2 * HOUR).state == "offered"


def test_an_offer_lapses_by_its_clock_once_and_then_another_can_be_made(person):
    made = offer()
    assert not lapse(made, at=NOW + DAY)
    assert lapse(made, at=NOW + 3 * DAY)
    assert not lapse(HandOver.objects.get(), at=NOW + 4 * DAY)
    assert (holder(), Alarm.objects.count()) == ("G1", 1)
    with pytest.raises(HandOverRefusedError, match="The offer has lapsed: ask for a new one"):
        accept(made, at=NOW + 4 * DAY)


def test_what_has_run_out_cannot_be_accepted_even_before_the_clock_looked(person):
    made = offer()
    with pytest.raises(HandOverRefusedError, match="had to be answered by 6 May 2027 at 18:30"):
        accept(made, at=NOW + 3 * DAY)
    assert offer("G3", at=NOW + 3 * DAY).arriving_code == "G3", "it is written down as lapsed on the way"
    assert sorted(HandOver.objects.values_list("state", flat=True)) == ["lapsed", "offered"]


def test_withdrawing_says_why(person):
    made = offer()
    with pytest.raises(HandOverRefusedError, match="Only Dr Ada Quill"):
        withdraw_hand_over(hand_over_id=made.pk, version=1, reason="x", by=CLARK, staff=STAFF, at=NOW)
    withdraw_hand_over(hand_over_id=made.pk, version=1, reason="I stay after all", by=QUILL, staff=STAFF, at=NOW)
    with pytest.raises(HandOverRefusedError, match="The offer was withdrawn: ask for a new one"):
        accept(made)


def test_an_acceptance_by_telephone_is_recorded_by_whoever_rang(person):
    made = offer(by=LEAD)
    with pytest.raises(HandOverRefusedError, match="Only Dr Ada Quill"):
        accept(made, by=CLARK, channel="phone")
    accept(made, by=LEAD, channel="phone")
    made.refresh_from_db()
    assert (made.answered_by, made.channel, holder()) == ("Dr Ben Brown", "phone", "G2")


@pytest.mark.parametrize(
    ("to", "by", "says"),
    [
        ("G1", QUILL, "Dr Ada Quill holds it already"),
        ("K1", QUILL, "Kim Teal cannot be a named GP"),
        ("G9", QUILL, "Nobody here is known as G9"),
        ("G2", CLARK, "Only Dr Ada Quill"),
    ],
)
def test_what_makes_no_sense_is_refused(person, to, by, says):
    with pytest.raises(HandOverRefusedError, match=says):
        offer(to, by=by)
    assert not HandOver.objects.exists()


def test_a_second_offer_is_refused_while_one_waits(person):
    offer()
    with pytest.raises(HandOverRefusedError, match="on offer to Dr Ben Brown already"):
        offer("G3")


def test_a_stale_page_changes_nothing(person):
    made = offer()
    with pytest.raises(HandOverRefusedError, match="changed since you read it"):
        accept_hand_over(hand_over_id=made.pk, version=7, by=BROWN, staff=STAFF, at=NOW + HOUR)
    assert holder() == "G1"


def test_a_clock_that_jumps_back_is_refused_with_words(person):
    made = offer()
    with pytest.raises(HandOverRefusedError, match="Look at the clock of the computer"):
        accept(made, at=NOW - timedelta(days=3650))
    assert holder() == "G1"


def test_on_a_leap_day_it_is_handed_over_as_on_any_other(person):
    leap = NOW.replace(year=2028, month=2, day=29)
    made = offer(at=leap)
    assert made.answer_by.date().isoformat() == "2028-03-02"
    assert accept(made, at=leap + HOUR).start == leap + HOUR


def test_the_lead_names_who_stands_in_only_when_nobody_takes_it(person):
    def interim(at):
        return assign_interim(
            person_id=7, role="named-gp", to_code="G3", reason="Dr Quill is ill", by=LEAD, staff=STAFF, at=at
        )

    with pytest.raises(HandOverRefusedError, match="offer it first"):
        interim(NOW)
    made = offer()
    decline_hand_over(hand_over_id=made.pk, version=1, reason="full", by=BROWN, staff=STAFF, at=NOW + HOUR)
    entry = interim(NOW + 2 * HOUR)
    assert (entry.basis, holder()) == ("interim", "G3")
    told = Notice.objects.get(to_code="G3", about="holder-changed")
    assert told.due_at.isoformat() == "2027-05-05T17:30:00+00:00", "to be acknowledged within a working day"
    with pytest.raises(HandOverRefusedError, match="Only Dr Cat Clark can acknowledge"):
        acknowledge_interim(person_id=7, role="named-gp", by=BROWN, staff=STAFF, at=NOW + 3 * HOUR)
    known = acknowledge_interim(person_id=7, role="named-gp", by=CLARK, staff=STAFF, at=NOW + 3 * HOUR)
    assert (known.basis, holder()) == ("accepted", "G3")
    bases = LedgerEntry.objects.filter(role="named-gp").order_by("seq").values_list("basis", flat=True)
    assert list(bases) == ["accepted", "interim", "accepted"]


def test_named_gp_and_coordinator_are_two_people_unless_the_practice_agreed_with_a_date(person):
    from carestead.care.standing import Colleague
    from carestead.store.assign.models import SharedRole

    both = {**STAFF, "K1": Colleague("K1", "Kim Teal", frozenset({"named-gp", "coordinator"}))}

    def to_the_coordinator():
        return offer_hand_over(person_id=7, role="named-gp", to_code="K1", reason="x", by=QUILL, staff=both, at=NOW)

    with pytest.raises(HandOverRefusedError, match="Kim Teal is the person's care coordinator, and the two are"):
        to_the_coordinator()
    SharedRole.objects.create(
        practice_code="Y00001", start=NOW.date(), end=NOW.date() + DAY, reason="single-handed", agreed_by="Lee Moss",
        agreed_at=NOW,
    )  # fmt: skip
    assert to_the_coordinator().state == "offered"
