"""Meetings: agenda from what is open; nobody is talked about and left with nothing (invariant R18)."""

from datetime import timedelta

import pytest
from tests.unit.store.planning import LEAD, NOW, PARTNER, TODAY, ask, enrol, signed

from carestead.care.meeting import Line, Matter, agenda
from carestead.store.actor import Actor, Role
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.asks import make
from carestead.store.care.log import Act, ChangedMeanwhileError, begin, change, untold
from carestead.store.care.matters import open_matters
from carestead.store.care.meeting_items import leave_with_promise, leave_without_action, note, withdraw
from carestead.store.care.meetings import (
    OpenItemsError,
    add_item,
    cancel_meeting,
    close_meeting,
    hold_meeting,
    items,
    plan_meeting,
)  # fmt: skip
from carestead.store.care.models import Meeting, MeetingItem, Plan, Promise, Stay

WHY = (Matter(7, "overdue", "Overdue since 1 November: Ring", NOW),)


def refused(words):
    return pytest.raises(NotPossibleError, match=words)


def planned(by, people=(7, 8)):
    return plan_meeting(
        organisation_code="GRP1", held_at=NOW + timedelta(days=1), place="Library", by=by, at=NOW,
        lines=[Line(p, WHY) for p in people],
    )  # fmt: skip


@pytest.fixture
def held(db, coordinator):
    meeting = planned(coordinator)
    return hold_meeting(meeting_id=meeting.pk, version=1, by=coordinator, attending=["Kim", " ", "Ada "], at=NOW)


def item_of(person_id) -> MeetingItem:
    return MeetingItem.objects.get(person_id=person_id)


def test_everybody_leaves_with_something_and_then_it_closes(held, coordinator):
    assert held.attending == ["Kim", "Ada"]
    item, promise = leave_with_promise(item_id=item_of(7).pk, version=1, by=coordinator, ask=ask(), at=NOW)
    assert (promise.meeting_item_id, promise.person_id, item.state, item.outcome) == (item.pk, 7, "closed", "promise")
    leave_without_action(item_id=item_of(8).pk, version=1, by=coordinator, because="All is in place", at=NOW)
    closed = close_meeting(meeting_id=held.pk, version=held.version, by=coordinator, at=NOW)
    assert (closed.state, closed.closed_at) == ("closed", NOW)
    assert list(untold()) == []


def test_a_meeting_with_an_open_item_says_whose(held, coordinator):
    leave_without_action(item_id=item_of(7).pk, version=1, by=coordinator, because="Well", at=NOW)
    with pytest.raises(OpenItemsError, match="COTTLE, Edith leaves the meeting with nothing") as told:
        close_meeting(meeting_id=held.pk, version=2, by=coordinator, names={8: "COTTLE, Edith"})
    assert told.value.people == (8,)
    with pytest.raises(OpenItemsError, match="person 8 leaves"):
        close_meeting(meeting_id=held.pk, version=2, by=coordinator)
    assert Meeting.objects.get().state == "held"


def test_no_action_has_a_reason(held, coordinator):
    with refused("no no action because"):
        leave_without_action(item_id=item_of(7).pk, version=1, by=coordinator, because="  ")
    assert item_of(7).state == "open"


def test_a_promise_without_terms_leaves_the_item_open(held, coordinator):
    with pytest.raises(Exception, match="no owner"):
        leave_with_promise(item_id=item_of(7).pk, version=1, by=coordinator, ask=ask(owner_code=""))
    assert item_of(7).state == "open"
    assert not Promise.objects.exists()


def test_two_promises_and_second_thoughts(held, coordinator):
    leave_without_action(item_id=item_of(7).pk, version=1, by=coordinator, because="Well", at=NOW)
    with refused("only one that is not discussed yet"):
        leave_without_action(item_id=item_of(7).pk, version=2, by=coordinator, because="Well")
    leave_with_promise(item_id=item_of(7).pk, version=2, by=coordinator, ask=ask(), at=NOW)
    leave_with_promise(item_id=item_of(7).pk, version=3, by=LEAD, ask=ask(what="Order a bed"), at=NOW)
    assert (item_of(7).outcome, item_of(7).no_action_because) == ("promise", "")
    assert Promise.objects.filter(meeting_item_id=item_of(7).pk).count() == 2
    assert list(untold()) == []


def test_stale_versions(held, coordinator):
    note(item_id=item_of(7).pk, version=1, by=PARTNER, said="Fell twice", at=NOW)
    with pytest.raises(ChangedMeanwhileError) as told:
        leave_with_promise(item_id=item_of(7).pk, version=1, by=coordinator, ask=ask())
    assert told.value.now.said == "Fell twice"
    assert not Promise.objects.exists()
    leave_without_action(item_id=item_of(7).pk, version=2, by=coordinator, because="x")
    leave_without_action(item_id=item_of(8).pk, version=1, by=coordinator, because="x")
    with pytest.raises(ChangedMeanwhileError):
        close_meeting(meeting_id=held.pk, version=held.version - 1, by=coordinator)


def test_nobody_is_settled_before_the_meeting_nor_after(db, coordinator):
    meeting = planned(coordinator, [7])
    with refused("The meeting is being prepared"):
        leave_without_action(item_id=item_of(7).pk, version=1, by=coordinator, because="x")
    hold_meeting(meeting_id=meeting.pk, version=1, by=coordinator, attending=["Kim"], at=NOW)
    leave_without_action(item_id=item_of(7).pk, version=1, by=coordinator, because="x")
    close_meeting(meeting_id=meeting.pk, version=2, by=coordinator)
    with refused("The meeting is closed"):
        leave_with_promise(item_id=item_of(7).pk, version=2, by=coordinator, ask=ask())
    with refused("only one that is"):
        add_item(meeting_id=meeting.pk, person_id=9, why="Fell", by=coordinator)


def test_the_agenda_holds_a_person_once_and_says_why(held, coordinator):
    with refused("on this agenda already"):
        add_item(meeting_id=held.pk, person_id=7, why="Fell", by=coordinator)
    with refused("no why"):
        add_item(meeting_id=held.pk, person_id=9, why=" ", by=coordinator)
    add_item(meeting_id=held.pk, person_id=9, why="Fell", by=PARTNER)
    withdraw(item_id=item_of(9).pk, version=1, by=coordinator, reason="Is away", at=NOW)
    assert [i.person_id for i in items(held.pk)] == [7, 8]
    with refused("no reason"):
        withdraw(item_id=item_of(8).pk, version=1, by=coordinator, reason="")
    with refused("Only the chair"):
        withdraw(item_id=item_of(8).pk, version=1, by=PARTNER, reason="x")


@pytest.mark.parametrize("by", [PARTNER, Actor("x", "X", Role.ANALYST), Actor("g", "G", Role.NAMED_GP, "Y1", "G1")])
def test_who_runs_a_meeting(db, coordinator, by):
    with refused("run by a care coordinator or a lead"):
        planned(by)
    meeting = planned(coordinator)
    with refused("Only the chair"):
        hold_meeting(meeting_id=meeting.pk, version=1, by=by, attending=["x"])
    with refused("Only the chair"):
        cancel_meeting(meeting_id=meeting.pk, version=1, by=by, reason="x")


def test_a_meeting_has_a_day_that_comes_and_people_who_come(db, coordinator):
    with refused("is past"):
        plan_meeting(organisation_code="GRP1", held_at=NOW - timedelta(days=1), place="", by=coordinator, at=NOW)
    meeting = planned(coordinator)
    with refused("no attending"):
        hold_meeting(meeting_id=meeting.pk, version=1, by=coordinator, attending=[" "])
    with refused("no reason"):
        cancel_meeting(meeting_id=meeting.pk, version=1, by=coordinator, reason="")
    assert cancel_meeting(meeting_id=meeting.pk, version=1, by=LEAD, reason="Snow").state == "cancelled"
    assert list(untold()) == []


def test_the_agenda_comes_from_what_is_open(db, gp, coordinator):
    for person_id in (7, 8, 9, 10, 11):
        enrol(gp, person_id)
    early = NOW - timedelta(days=30)
    make(ask(due_at=NOW - timedelta(days=1)), person_id=7, by=coordinator, at=early)
    kept = make(ask(due_at=NOW - timedelta(days=1)), person_id=11, by=coordinator, at=early)
    change(kept, Act("cancel", gp), version=kept.version, state="cancelled", reason="x", ended_at=NOW)
    make(ask(what="Visit"), person_id=8, by=coordinator, at=NOW - timedelta(days=3))
    make(ask(what="Later"), person_id=11, by=coordinator, at=NOW - timedelta(days=1))
    plan = signed(gp, coordinator, 9)
    change(plan, Act("review", gp), version=plan.version, review_on=TODAY - timedelta(days=1))
    for person_id, days in ((10, 13), (11, 15)):
        left = NOW - timedelta(days=days)
        begin(
            Stay(person_id=person_id, state="finished", source="trust", visit_id=f"V{person_id}", discharged_at=left,
                 first_heard_at=left),
            Act("discharge", gp),
        )  # fmt: skip
    lines = agenda(open_matters(["Y00001"], at=NOW), most=20)
    assert [(line.person_id, line.why) for line in lines] == [
        (10, "Left hospital on 7 November"),
        (7, "Overdue since 19 November: Ring the daughter"),
        (8, "Not answered since 17 November: Visit"),
        (9, "The plan was to be reviewed on 19 November"),
    ]
    assert open_matters(["Y00002"], at=NOW) == []
    assert Plan.objects.get(pk=plan.pk).state == "active"
