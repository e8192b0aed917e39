"""A hand-over carries all open promises; no owner is edited, no due time moves, no history is lost."""

from datetime import date, timedelta

import pytest
from tests.care_store import AT, GP_PARTY, NURSES, night_nurse, nurse, promise, said

from carestead.care.sides import Party
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Responsibility
from carestead.store.care.log import untold
from carestead.store.care.models import Message, Promise
from carestead.store.care.promise_ends import complete_promise
from carestead.store.care.promises import accept_promise, begin_promise, hold_promise, offer_date, record_attempt
from carestead.store.care.requests import live_promise, make_request
from carestead.store.care.reroute import reroute_promises
from carestead.store.care.sending import send_message

ROOK = Actor("rook", "Dr Ben Rook", Role.NAMED_GP, "Y00001", "G2")
LATER = AT + timedelta(hours=2)


@pytest.fixture(autouse=True)
def told(db):
    yield
    assert list(untold()) == []


def hand_over(**changed):
    facts = {"person_id": 7, "role": "named-gp", "leaving": "G1", "arriving": "G2", "arriving_name": "Dr Ben Rook",
             "by": ROOK, "at": LATER}  # fmt: skip
    return reroute_promises(**{**facts, **changed})


def now(thing, by, **more):
    return {"promise_id": thing.pk, "version": thing.version, "by": by, "at": AT, **more}


def owned(gp, **changed):
    return promise(by=gp, owner=GP_PARTY, requester=Party("practitioner", "K1", "Kim Teal"), **changed)


def test_a_successor_carries_on_with_the_same_due_time(gp):
    old = owned(gp)
    begun = begin_promise(happened_at=AT, **now(old, gp))
    moved = offer_date(new_due=AT + timedelta(days=9), reason="Snow", **now(begun, gp))
    tried = record_attempt(happened_at=AT, note="No answer", **now(moved, gp))
    [new] = hand_over()
    old.refresh_from_db()
    assert (old.owner_code, old.state, old.outcome) == ("G1", "cancelled", "handed-over")
    assert (new.owner_code, new.state, new.channel, new.replaces_id) == ("G2", "accepted", "hand-over", old.pk)
    assert (new.due_at, new.first_due_at, new.asked_at) == (old.due_at, old.first_due_at, old.asked_at)
    assert (new.attempts, new.begun_at, new.offered_due_at) == (1, AT, tried.offered_due_at)
    assert [e.type for e in said(new)] == ["ask", "accept"]
    assert said(new)[0].given == {"handed_over_from": old.pk}


@pytest.mark.parametrize("state", ["draft", "ready", "requested", "on-hold"])
def test_each_state_stays_what_it_was(coordinator, gp, state):
    if state == "draft":
        made = owned(coordinator, draft=True)
    elif state == "ready":
        made = promise(by=gp, owner=GP_PARTY)
    else:
        made = owned(coordinator)
    if state == "on-hold":
        made = hold_promise(reason="Away", resume_on=date(2026, 12, 9), **now(accept_promise(**now(made, gp)), gp))
    [new] = hand_over()
    assert (new.state, new.reason, new.resume_on) == (state, made.reason, made.resume_on)
    assert new.requester_code == ("G2" if state == "ready" else "K1")


def test_ended_promises_and_those_of_others_stay(gp):
    kept = complete_promise(outcome="done", happened_at=AT, **now(owned(gp), gp))
    team = promise(by=gp)
    other = promise(by=gp, person_id=8, owner=GP_PARTY)
    assert hand_over() == []
    for thing, owner in ((kept, "G1"), (team, "RX901"), (other, "G1")):
        thing.refresh_from_db()
        assert thing.owner_code == owner
    assert not Promise.objects.filter(outcome="handed-over").exists()


def test_what_the_leaver_asked_of_others_now_answers_to_the_arriving(gp):
    asked = make_request(person_id=7, what="Sit", why="Falls", service="sitting", team=NURSES, asker=GP_PARTY,
                         done_means="Sat", due_at=AT, by=gp, at=AT)  # fmt: skip
    message = send_message(to=GP_PARTY, text="When?", by=nurse, person_id=7, at=AT)
    hand_over()
    asked.refresh_from_db()
    message.refresh_from_db()
    promised = live_promise(asked)
    assert (asked.asker_code, promised.requester_code, promised.owner_code) == ("G2", "G2", "RX901")
    assert (promised.state, promised.due_at) == ("requested", AT)
    assert message.to_code == "G2"
    assert Message.objects.count() == 1


def test_sent_again_nothing_is_left_to_do(gp):
    owned(gp)
    assert len(hand_over()) == 1
    assert hand_over() == []


def test_of_two_roles_only_those_of_the_role_go(gp):
    for role in ("named-gp", "coordinator"):
        from carestead.store.assign.actions import open_responsibility

        open_responsibility(person_id=7, role=role, practitioner_code="G1", by=gp)
    assert Responsibility.objects.filter(end__isnull=True).count() == 2
    clinical = owned(gp, template="medication-review")
    contact = owned(gp, template="after-discharge-contact")
    plain = owned(gp)
    [new] = hand_over()
    assert new.template == "medication-review"
    assert new.replaces_id == clinical.pk
    for stays in (contact, plain):
        stays.refresh_from_db()
        assert stays.state == "accepted"


def test_another_organisation_is_untouched(gp):
    promise(by=night_nurse, owner=NURSES, requester=Party("organisation", "RX902"))
    assert hand_over() == []
