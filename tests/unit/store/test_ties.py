"""Cover and desk see the people they answer for while they answer; teams, those they were asked for."""

from datetime import timedelta

import pytest
from tests.care_store import AT, NURSES, OTHER, nurse, promise

from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Absence, DeskShift
from carestead.store.care.promise_ends import cancel_promise, complete_promise, reject_promise
from carestead.store.care.promises import accept_promise, acknowledge_cancelled
from carestead.store.care.ties import ties

COVER = Actor("rook", "Dr Ben Rook", Role.NAMED_GP, "Y00002", "G2")
DESK = Actor("dee", "Dee Desk", Role.CARE_COORDINATOR, "GRP1", "")
HOLDERS = ("G1", "K1")


@pytest.fixture
def away(db):
    return Absence.objects.create(
        practitioner_code="G1", start=AT, end=AT + timedelta(days=5), reason="Leave", cover_code="G2",
        cover_state="accepted", planned_by="x", planned_at=AT,
    )  # fmt: skip


@pytest.fixture
def shift(db):
    return DeskShift.objects.create(
        group_code="GRP1", start=AT, end=AT + timedelta(hours=8), staffed_by="dee", staff_name="Dee", phone="01632",
        planned_by="x", planned_at=AT,
    )  # fmt: skip


def test_a_cover_answers_from_the_first_to_the_last_instant(away):
    assert not ties(COVER, AT - timedelta(seconds=1)).answers_for(HOLDERS, "GRP1")
    assert ties(COVER, AT).answers_for(HOLDERS, "GRP9")
    assert not ties(COVER, AT + timedelta(days=5)).answers_for(HOLDERS, "GRP1")
    assert not ties(COVER, AT).answers_for(("G7",), "GRP1")


def test_the_desk_answers_for_its_group_when_no_cover_does(away, shift):
    assert not ties(DESK, AT).answers_for(HOLDERS, "GRP1")
    Absence.objects.update(cover_state="declined")
    assert ties(DESK, AT).answers_for(HOLDERS, "GRP1")
    assert not ties(DESK, AT).answers_for(HOLDERS, "GRP2")
    assert not ties(DESK, AT).answers_for(HOLDERS, None)
    assert not ties(DESK, AT + timedelta(hours=8)).answers_for(HOLDERS, "GRP1")


def now(thing, by, **more):
    return {"promise_id": thing.pk, "version": thing.version, "by": by, "at": AT, **more}


def test_a_team_sees_a_person_while_it_is_asked(db, gp):
    asked = promise(by=gp)
    assert ties(nurse, AT).promised == {7}
    accepted = accept_promise(**now(asked, nurse))
    assert ties(nurse, AT).promised == {7}
    complete_promise(outcome="done", happened_at=AT, **now(accepted, nurse))
    assert ties(nurse, AT).promised == frozenset()
    assert reject_promise(reason="No", **now(promise(by=gp), nurse)).state == "rejected"
    assert ties(nurse, AT).promised == frozenset()


def test_a_team_that_has_to_acknowledge_still_sees(db, gp):
    cancelled = cancel_promise(reason="No", **now(accept_promise(**now(promise(by=gp), nurse)), gp))
    assert ties(nurse, AT).promised == {7}
    acknowledge_cancelled(**now(cancelled, nurse))
    assert ties(nurse, AT).promised == frozenset()


def test_who_plans_has_no_ties(db, gp, commissioner):
    promise(by=gp, owner=OTHER, requester=NURSES)
    assert not ties(commissioner, AT).promised
