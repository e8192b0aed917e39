"""The lists people work from: whose they are, what they hold, and how few queries they take."""

from datetime import timedelta

import pytest
from tests.care_store import AT, GP_PARTY, NURSES, gave, night_nurse, nurse, person_actor, promise

from carestead.care.sides import Party
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Absence, DeskShift
from carestead.store.care.lists import asked_of, of_person, overdue, requests_of, see, waiting_on
from carestead.store.care.promise_ends import cancel_promise, complete_promise, decide_next, reject_promise
from carestead.store.care.promises import accept_promise, acknowledge_cancelled
from carestead.store.care.requests import make_request

COVER = Actor("rook", "Dr Ben Rook", Role.NAMED_GP, "Y00001", "G2")
DESK = Actor("dee", "Dee Desk", Role.CARE_COORDINATOR, "GRP1", "K9")


def now(thing, by, **more):
    return {"promise_id": thing.pk, "version": thing.version, "by": by, "at": AT, **more}


def absent(code, cover="", state="desk", **changed):
    facts = {"start": AT - timedelta(days=1), "end": AT + timedelta(days=5), "reason": "Leave", "planned_by": "x"}
    return Absence.objects.create(
        practitioner_code=code, cover_code=cover, cover_state=state, planned_at=AT, **{**facts, **changed}
    )


def on_desk():
    return DeskShift.objects.create(
        group_code="GRP1", start=AT - timedelta(hours=2), end=AT + timedelta(hours=2), staffed_by="K9",
        staff_name="Dee Desk", phone="01632 960000", planned_by="x", planned_at=AT,
    )  # fmt: skip


def pks(seen):
    return [s.promise.pk for s in seen]


def test_asked_of_a_team_by_due_time_with_what_can_be_done(db, gp):
    later = promise(by=gp)
    sooner = promise(by=gp, due_at=AT - timedelta(hours=1))
    promise(by=gp, owner=Party("organisation", "RX902"))
    promise(by=gp, draft=True)
    found = asked_of(nurse, AT)
    assert pks(found) == [sooner.pk, later.pk]
    assert [s.overdue for s in found] == [True, False]
    assert found[0].acts[:3] == ("open", "accept", "reject")
    assert pks(overdue(AT) and asked_of(night_nurse, AT)) != pks(found)


def test_what_is_no_longer_wanted_stays_until_acknowledged(db, gp):
    accepted = accept_promise(**now(promise(by=gp), nurse))
    cancelled = cancel_promise(reason="Moved", **now(accepted, gp))
    [seen] = asked_of(nurse, AT)
    assert (seen.promise.pk, seen.acts) == (cancelled.pk, ("acknowledge",))
    acknowledge_cancelled(**now(cancelled, nurse))
    assert asked_of(nurse, AT) == []


def test_waiting_on_others_leaves_out_ones_own_and_keeps_bad_news(db, gp):
    waiting = promise(by=gp)
    own = promise(by=gp, owner=GP_PARTY)
    refused = reject_promise(reason="No room", **now(promise(by=gp), nurse))
    kept = complete_promise(outcome="done", happened_at=AT, **now(accept_promise(**now(promise(by=gp), nurse)), nurse))
    found = pks(waiting_on(gp, AT))
    assert found == [waiting.pk, refused.pk]
    assert own.pk not in found
    assert kept.pk not in found
    decide_next(note="Not needed", **now(refused, gp))
    assert pks(waiting_on(gp, AT)) == [waiting.pk]


def test_cover_sees_and_does_what_the_absent_would(db, gp):
    mine = promise(by=gp, owner=GP_PARTY, requester=Party("organisation", "RX901"), draft=False)
    waiting = promise(by=gp)
    assert asked_of(COVER, AT) == []
    absent("G1", "G2", "asked")
    assert asked_of(COVER, AT) == []
    Absence.objects.update(cover_state="accepted")
    [seen] = asked_of(COVER, AT)
    assert (seen.promise.pk, seen.instead_of) == (mine.pk, "Dr Ada Quill")
    assert pks(waiting_on(COVER, AT)) == [waiting.pk]
    assert asked_of(COVER, AT + timedelta(days=5)) == []
    assert pks(asked_of(gp, AT)) == [mine.pk], "an absent holder is not shut out"


@pytest.mark.parametrize("state", ["desk", "asked", "declined", "away", "ring"])
def test_the_desk_answers_when_no_cover_does(db, gp, state):
    promise(by=gp, owner=GP_PARTY)
    absent("G1", "" if state == "desk" else "G2", {"away": "accepted", "ring": "accepted"}.get(state, state))
    if state == "away":
        absent("G2")
    if state == "ring":
        absent("G2", "G1", "accepted")
    assert asked_of(DESK, AT) == []
    on_desk()
    assert [s.instead_of for s in asked_of(DESK, AT)] == ["Dr Ada Quill"]
    assert asked_of(DESK, AT + timedelta(hours=3)) == []


def test_the_desk_leaves_alone_what_a_cover_answers(db, gp):
    promise(by=gp, owner=GP_PARTY)
    absent("G1", "G2", "accepted")
    on_desk()
    assert asked_of(DESK, AT) == []


def test_a_cancelled_absence_changes_nothing(db, gp):
    promise(by=gp, owner=GP_PARTY)
    absent("G1", "G2", "accepted", cancelled_at=AT)
    assert asked_of(COVER, AT) == []


def test_the_person_and_carer_see_their_own_to_do(db, gp):
    own = promise(by=gp, owner=Party("person", "7"))
    carers = promise(by=gp, owner=Party("carer", "7"))
    assert pks(asked_of(person_actor, AT)) == [own.pk]
    assert pks(asked_of(gave(person_actor), AT)) == [own.pk, carers.pk]
    assert asked_of(gave(person_actor, person_id=8), AT) == []
    assert see(own, person_actor, AT).acts == ("complete", "fail", "attempt", "note")


def test_planners_have_no_lists(db, gp, commissioner):
    promise(by=gp)
    assert asked_of(commissioner, AT) == []
    assert waiting_on(commissioner, AT) == []


def test_of_a_person_open_ones_come_first(db, gp, enrolled):
    ended = reject_promise(reason="No", **now(promise(by=gp), nurse))
    opened = promise(by=gp, due_at=AT + timedelta(days=30))
    follow_up = next(s for s in of_person(7, gp, AT) if s.promise.template == "what-next")
    found = of_person(7, gp, AT)
    assert pks(found) == [follow_up.promise.pk, opened.pk, ended.pk]
    assert [s.open for s in found] == [True, True, False]
    assert "decide-next" in found[2].acts


def test_requests_say_what_can_be_done(db, gp):
    make_request(person_id=7, what="Sit", why="Falls", service="s", team=NURSES, asker=GP_PARTY, done_means="Sat",
                 due_at=AT, by=gp, at=AT)  # fmt: skip
    [(_, acts)] = requests_of(7, gp, AT)
    assert acts == ("hold", "next-team", "outcome", "review", "tell", "close", "revoke", "correct")
    [(_, acts)] = requests_of(7, nurse, AT)
    assert acts == ("outcome", "tell")


def test_lists_take_the_same_few_queries_however_long(db, gp, enrolled, django_assert_max_num_queries):
    for n in range(3):
        promise(by=gp, person_id=7 + n)
    with django_assert_max_num_queries(5):
        asked_of(nurse, AT)
    for n in range(20):
        promise(by=gp, person_id=30 + n)
    with django_assert_max_num_queries(5):
        assert len(asked_of(nurse, AT)) == 23
    with django_assert_max_num_queries(5):
        waiting_on(gp, AT)
    with django_assert_max_num_queries(6):
        of_person(7, gp, AT)
