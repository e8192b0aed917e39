"""Handing over many people at once: preview, receipt, each receiver's acceptance, the way back."""

import pytest
from tests.hand_over_store import BROWN, CLARK, DAY, HOUR, LEAD, NOW, QUILL, STAFF, enrol, holder

from carestead.care.hand_over import HandOverRefusedError
from carestead.store.assign.bulk import accept_bulk, offer_bulk, open_people, preview_bulk, preview_undo, undo_bulk
from carestead.store.assign.hand_over import accept_hand_over, offer_hand_over
from carestead.store.assign.models import BulkHandOver, HandOver, LedgerEntry
from carestead.store.care.models import Message

pytestmark = pytest.mark.django_db
PEOPLE = range(1, 7)


@pytest.fixture
def people(db):
    for person in PEOPLE:
        enrol(person)
    return {person: "G2" if person <= 4 else "G3" for person in PEOPLE}


def bulk(receivers, by=QUILL, at=NOW, reason="I leave in June"):
    return offer_bulk(role="named-gp", leaving_code="G1", receivers=receivers, reason=reason, by=by, staff=STAFF, at=at)


def take(made, by=BROWN, at=NOW + HOUR, **more):
    return accept_bulk(bulk_id=made.pk, by=by, staff=STAFF, at=at, **more)


def back(made, by=LEAD, at=NOW + 2 * HOUR):
    return undo_bulk(bulk_id=made.pk, reason="By mistake", by=by, staff=STAFF, at=at)


def would(made, by=LEAD, at=NOW + 2 * HOUR):
    return preview_undo(bulk_id=made.pk, by=by, staff=STAFF, at=at)


def holders():
    return [holder(person) for person in PEOPLE]


def test_a_preview_shows_loads_before_and_after_and_changes_nothing(people):
    offer_hand_over(person_id=6, role="named-gp", to_code="G2", reason="x", by=QUILL, staff=STAFF, at=NOW)
    found = preview_bulk(role="named-gp", receivers={**people, 99: "G2"}, by=QUILL, staff=STAFF, at=NOW + HOUR)
    assert found.before == {"G1": 6, "G2": 0, "G3": 0}
    assert found.after == {"G1": 1, "G2": 4, "G3": 1}
    assert found.refused.keys() == {6, 99}
    assert "on offer to Dr Ben Brown already" in found.refused[6]
    assert HandOver.objects.count() == 1


def test_each_receiver_accepts_in_one_act_and_the_receipt_names_everybody(people):
    made = bulk({**people, 99: "G2"})
    assert made.receipt == {"offered": {"G2": [1, 2, 3, 4], "G3": [5, 6]}, "refused": {}, "left_out": [99]}
    assert holders() == ["G1"] * 6, "nobody is given people unasked"
    take(made)
    assert holders() == ["G2"] * 4 + ["G1"] * 2
    take(made, by=CLARK)
    assert holders() == ["G2"] * 4 + ["G3"] * 2
    with pytest.raises(HandOverRefusedError, match="Nothing of this is on offer to you"):
        take(made)


def test_who_is_left_out_stays_on_offer(people):
    made = bulk(people)
    take(made, leave_out=[2])
    assert holders() == ["G2", "G1", "G2", "G2", "G1", "G1"]
    assert HandOver.objects.get(person_id=2).state == "offered"


def test_whoever_remains_gets_one_message_not_one_a_person(people):
    take(bulk(people))
    message = Message.objects.get()
    assert (message.to_code, message.person_id) == ("K1", None)
    assert message.text == "Dr Ben Brown is the named GP of 4 people instead of Dr Ada Quill. 4 of them are yours too."


def test_when_one_cannot_be_accepted_none_is(people):
    made = bulk(people)
    with pytest.raises(HandOverRefusedError, match="This offer has lapsed"):
        take(made, at=NOW + 9 * DAY)
    assert holders() == ["G1"] * 6


def test_the_way_back_withdraws_what_waits_and_offers_back_what_is_untouched(people):
    made = bulk(people)
    take(made)
    later = offer_hand_over(
        person_id=1, role="named-gp", to_code="G3", reason="x", by=BROWN, staff=STAFF, at=NOW + HOUR
    )
    accept_hand_over(hand_over_id=later.pk, version=1, by=CLARK, staff=STAFF, at=NOW + HOUR + HOUR / 2)
    look = would(made)
    assert (look.withdrawn, look.offered, look.touched, look.refused) == ([5, 6], {2: "G1", 3: "G1", 4: "G1"}, [1], {})
    assert look.accountable == {2: "G2", 3: "G2", 4: "G2"}
    assert not BulkHandOver.objects.filter(undoes_id=made.pk).exists()
    undone = back(made)
    assert undone.receipt["withdrawn"] == [5, 6]
    assert undone.receipt["offered"] == {"G1": [2, 3, 4]}
    assert undone.receipt["left_out"] == [1], "touched since"
    assert holders() == ["G3", "G2", "G2", "G2", "G1", "G1"], "they, too, are asked first"
    take(undone, by=QUILL, at=NOW + 3 * HOUR)
    assert holders() == ["G3", "G1", "G1", "G1", "G1", "G1"]
    with pytest.raises(HandOverRefusedError, match="undone already"):
        back(made, at=NOW + 4 * HOUR)


def test_offers_whose_time_is_over_are_not_counted_as_withdrawn(people):
    made = bulk(people)
    assert would(made).withdrawn == list(PEOPLE)
    later = NOW + 9 * DAY
    assert not would(made, at=later).does_anything
    assert back(made, at=later).receipt["withdrawn"] == []


def test_who_gave_everybody_away_is_told_that_the_holder_offers_them_back(people):
    made = bulk({1: "G2"})
    take(made)
    look = would(made, by=QUILL)
    assert (look.offered, list(look.refused)) == ({}, [1])
    assert "Only" in look.refused[1]


def test_a_way_back_says_why(people):
    made = bulk(people)
    with pytest.raises(HandOverRefusedError, match="does not say why") as told:
        undo_bulk(bulk_id=made.pk, reason=" ", by=LEAD, staff=STAFF, at=NOW + HOUR)
    assert told.value.field == "reason"
    assert HandOver.objects.filter(state="offered").count() == len(PEOPLE)


def test_only_who_holds_or_leads_may_take_it_back(people):
    made = bulk(people)
    take(made)
    with pytest.raises(HandOverRefusedError, match="Only"):
        back(made, by=CLARK)
    assert BulkHandOver.objects.count() == 1


@pytest.mark.parametrize(
    ("receivers", "says"), [({99: "G2"}, "None of these people is theirs"), ({1: "G1"}, "holds it already")]
)
def test_a_bulk_that_offers_nothing_is_refused(people, receivers, says):
    with pytest.raises(HandOverRefusedError, match=says):
        bulk(receivers)
    with pytest.raises(HandOverRefusedError, match="no reason"):
        bulk(people, reason=" ")
    assert not BulkHandOver.objects.exists()


def test_open_people_are_those_held_now(people):
    take(bulk(people))
    assert open_people("G1") == {"named-gp": [5, 6]}
    assert LedgerEntry.objects.filter(role="named-gp").count() == 6 + 4
