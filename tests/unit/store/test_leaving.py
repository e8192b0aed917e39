"""Leaving for good, and the explicit ends of an enrolment."""

import pytest
from tests.hand_over_store import BROWN, DAY, HOUR, LEAD, NOW, QUILL, STAFF, TEAL, enrol, holder

from carestead.care.hand_over import HandOverRefusedError
from carestead.store.assign.ending import EndRefusedError, Fate, end_enrolment, still_open
from carestead.store.assign.following import follow_leavers
from carestead.store.assign.hand_over import accept_hand_over, offer_hand_over
from carestead.store.assign.leaving import give_notice
from carestead.store.assign.models import HandOver, LedgerEntry, Responsibility
from carestead.store.care.log import Act, begin, untold
from carestead.store.care.models import Alarm, Notice, Plan, Promise, Request
from carestead.store.find.actions import accept_proposal
from carestead.store.find.models import Decision, Enrolment

pytestmark = pytest.mark.django_db


def leaves(code="G1", stand_in="G3", at=NOW, leaves_at=NOW + 10 * DAY, by=LEAD):
    return give_notice(
        practitioner_code=code, leaves_at=leaves_at, reason="Retires", stand_in_code=stand_in, by=by, staff=STAFF, at=at
    )


def offer(to="G2", at=NOW):
    return offer_hand_over(person_id=7, role="named-gp", to_code=to, reason="Retiring", by=QUILL, staff=STAFF, at=at)


def test_whom_a_leaver_still_holds_goes_to_the_stand_in_at_the_instant_of_leaving():
    enrol(7)
    enrol(8)
    leaves()
    made = offer(at=NOW + DAY)
    accept_hand_over(hand_over_id=made.pk, version=1, by=BROWN, staff=STAFF, at=NOW + 2 * DAY)
    assert follow_leavers(staff=STAFF, at=NOW + 9 * DAY) == 0
    assert follow_leavers(staff=STAFF, at=NOW + 10 * DAY + HOUR) == 1
    assert (holder(7), holder(8)) == ("G2", "G3")
    entry = LedgerEntry.objects.get(person_id=8, role="named-gp", seq=2)
    assert (entry.start, entry.basis) == (NOW + 10 * DAY, "interim"), "not when the clock looked"
    assert entry.reason == "Retires (named by Lee Moss)"
    assert follow_leavers(staff=STAFF, at=NOW + 11 * DAY) == 0


def test_somebody_gone_at_once_is_followed_at_once():
    enrol()
    leaves(leaves_at=NOW, at=NOW)
    assert holder() == "G3"


def test_an_offer_to_somebody_who_gives_notice_lapses_and_no_new_one_is_made():
    enrol()
    offer()
    leaves("G2", at=NOW + HOUR)
    assert (HandOver.objects.get().state, Alarm.objects.get().milestone) == ("lapsed", "choose-next")
    with pytest.raises(HandOverRefusedError, match="Dr Ben Brown is leaving"):
        offer(at=NOW + 2 * HOUR)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"stand_in": ""}, "Nobody stands in for whomever Dr Ada Quill still holds"),
        ({"stand_in": "G1"}, "cannot stand in"),
        ({"stand_in": "K1"}, "Kim Teal cannot hold 1 of the roles"),
        ({"stand_in": "G2"}, "Dr Ben Brown cannot stand in: they leave themselves"),
        ({"code": "G3", "stand_in": "G1"}, "Dr Cat Clark is to stand in for Dr Ben Brown"),
        ({"code": "G2", "stand_in": "G1"}, "has given notice already"),
        ({"by": TEAL}, "recorded by the practice lead"),
    ],
)
def test_a_leaving_that_would_leave_somebody_with_nobody_is_refused(how, says):
    enrol()
    leaves("G2", "G3")
    with pytest.raises(HandOverRefusedError, match=says):
        leaves(**how)


def test_whom_the_table_refuses_raises_an_alarm_and_keeps_the_others_moving():
    enrol(7)
    enrol(8, coordinator="G3")  # a practice where one holds both, for which nobody agreed a date
    leaves(leaves_at=NOW + DAY)
    assert follow_leavers(staff=STAFF, at=NOW + 2 * DAY) == 1
    assert (holder(7), holder(8)) == ("G3", "G1")
    assert Alarm.objects.get(milestone="not-followed").person_id == 8


def end(kind="moved", version=1, by=QUILL, fates=None, receiver="Dr Elm, Leeds", at=NOW, reason="To Leeds"):
    return end_enrolment(
        person_id=7, version=version, kind=kind, reason=reason, by=by, fates=fates or {}, receiver=receiver, at=at
    )


def promised():
    return begin(
        Promise(
            person_id=7, state="accepted", what="ring", done_means="spoken to", owner_code="G1", requester_code="K1",
            author_username="teal", asked_at=NOW, due_at=NOW + DAY, first_due_at=NOW + DAY,
        ),
        Act("ask", TEAL, NOW, NOW),
    )  # fmt: skip


def test_an_end_asks_for_the_fate_of_everything_open_and_until_then_changes_nothing():
    enrol()
    promise = promised()
    with pytest.raises(EndRefusedError, match="1 promises or requests are open") as refused:
        end()
    assert refused.value.open == [promise] == still_open(7)
    with pytest.raises(EndRefusedError, match="are open"):
        end(fates={("promise", promise.pk): Fate()})
    assert (holder(), Enrolment.objects.get().state) == ("G1", "accepted")


def test_an_end_ends_both_roles_the_plan_and_every_clock_at_one_instant():
    enrol()
    promise = promised()
    request = begin(
        Request(
            person_id=7, state="active", what="physio", why="falls", service="therapy", team_code="T", asker_code="G1",
            author_username="quill", asked_at=NOW, due_at=NOW + DAY,
        ),
        Act("ask", QUILL, NOW, NOW),
    )  # fmt: skip
    plan = begin(Plan(person_id=7, state="draft", written_at=NOW), Act("write", QUILL, NOW, NOW))
    waiting = offer()
    fates = {
        ("promise", promise.pk): Fate(new_home="Leeds district nurses"),
        ("request", request.pk): Fate("Not needed"),
    }
    end(fates=fates, at=NOW + HOUR)
    for thing in (promise, request, plan, waiting):
        thing.refresh_from_db()
    assert (promise.state, promise.reason) == ("cancelled", "Passed on to Leeds district nurses.")
    assert (request.state, plan.state, waiting.state) == ("revoked", "revoked", "withdrawn")
    assert not Responsibility.objects.filter(person_id=7, end__isnull=True).exists()
    assert set(Responsibility.objects.filter(person_id=7).values_list("end", flat=True)) == {NOW + HOUR}
    enrolment = Enrolment.objects.get()
    assert (enrolment.state, enrolment.end_kind, enrolment.receiver) == ("ended", "moved", "Dr Elm, Leeds")
    assert Decision.objects.get(version=2).end_kind == "moved"
    assert list(untold()) == []


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"receiver": " "}, "Nobody is named who takes over"),
        ({"reason": ""}, "no reason"),
        ({"kind": "tired"}, "No end is chosen"),
        ({"version": 3}, "changed since you read it"),
        ({"by": BROWN}, "Only the named GP or the practice lead"),
    ],
)
def test_an_end_that_is_not_whole_is_refused(how, says):
    enrol()
    with pytest.raises(EndRefusedError, match=says):
        end(**how)
    assert holder() == "G1"


def test_after_a_death_nobody_writes_to_the_person():
    enrol()
    assert Notice.objects.filter(to_kind="person", state="queued").exists()
    end("died", receiver="", reason="Died at home", by=LEAD)
    assert not Notice.objects.filter(to_kind="person", state="queued").exists()
    assert Notice.objects.filter(state="not-needed", reason="The person has died.").exists()


def test_somebody_who_comes_back_has_both_holders_again():
    enrol()
    end(at=None)
    accept_proposal(person_id=7, version=2, practice_code="Y00001", named_gp_code="G2", coordinator_code="K2", by=QUILL)
    assert (holder(), holder(role="coordinator")) == ("G2", "K2")
    with pytest.raises(EndRefusedError, match="not enrolled"):
        end_enrolment(person_id=9, version=1, kind="died", reason="x", by=LEAD, fates={}, at=NOW)
