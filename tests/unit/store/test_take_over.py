"""An offer to take over what is long late: a yes ends the old promise, nothing else of it changes anything."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from tests.at_once import at_once
from tests.care_store import AT, GP_PARTY, NURSES, OTHER, night_nurse, nurse, promise, said
from tests.hand_over_store import TEAL, enrol

from carestead.care.sides import Party
from carestead.core.area import create_area
from carestead.core.finding import CaresteadError
from carestead.store.care import asks, follow_up, lessons
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.delivery import distributions
from carestead.store.care.gap_check import checked
from carestead.store.care.lists import asked_of
from carestead.store.care.log import Act, begin, untold
from carestead.store.care.messages import answer_message, turn_unanswered_into_promises
from carestead.store.care.models import Message, Promise, Request, Stay
from carestead.store.care.promise_ends import (
    ask_another,
    cancel_promise,
    complete_promise,
    correct_promise,
    fail_promise,
    reject_promise,
)
from carestead.store.care.promises import accept_promise, hold_promise, open_promise, record_attempt
from carestead.store.care.request_outcomes import close_request, review_outcome, tell_outcome
from carestead.store.care.requests import live_promise, make_request, revoke_request
from carestead.store.care.reroute import reroute_promises
from carestead.store.care.sending import send_message
from carestead.store.care.sweep import sweep

LATE = AT + timedelta(days=14)


@pytest.fixture
def told(enrolled):
    """Whatever a test did, the events tell every row."""
    yield
    assert list(untold()) == []


def by(actor, thing, **more):
    return {"promise_id": thing.pk, "version": thing.version, "by": actor, "at": LATE, **more}


def offer_of(old: Promise, at=LATE) -> Promise:
    sweep(at=at)
    return Promise.objects.get(template="take-over", replaces_id=old.pk)


def again(thing: Promise) -> Promise:
    return Promise.objects.get(pk=thing.pk)


def gaps_of(tmp_path, *invariants: str, at=LATE) -> dict[str, list[str]]:
    with checked(create_area(tmp_path / "area", name="Small"), at=at + timedelta(minutes=1)) as found:
        every = {i: [row["words"] for row in found.offenders(i) if row["so_now"]] for i in invariants}
    return {i: words for i, words in every.items() if words}


def test_whoever_accepts_ends_the_old_promise_and_owes_it_from_then_on(told, gp, lead):
    old = accept_promise(**by(nurse, promise(by=gp, why="It weeps"), at=AT))
    offer = offer_of(old)
    assert again(old).state == "accepted"  # an offer moves nothing
    taken = accept_promise(**by(lead, offer))
    ended = again(old)
    assert (ended.state, ended.reason, ended.ended_at) == ("cancelled", "Taken over by Lee Lead.", LATE)
    assert (ended.owner_code, taken.owner_code) == ("RX901", "Y00001")  # nobody's promise was edited into another's
    assert (taken.pk, taken.state, taken.accepted_by, taken.replaces_id) == (offer.pk, "accepted", "Lee Lead", old.pk)
    same = ("what", "done_means", "why", "template", "plan_id", "goal_id", "request_id", "stay_id", "requester_code")
    assert [getattr(taken, name) for name in same] == [getattr(old, name) for name in same]
    assert (taken.due_at, taken.first_due_at) == (offer.due_at, offer.due_at)
    assert [e.type for e in said(taken)] == ["ask", "accept", "take-over"]
    assert said(ended)[-1].username == "lee"
    [message] = Message.objects.all()
    assert (message.to_code, message.about_id) == ("RX901", old.pk)
    assert message.text == "No longer wanted of you: Dress the leg. Taken over by Lee Lead."
    assert [s.promise.pk for s in asked_of(nurse, LATE)] == [old.pk]  # to be acknowledged
    assert [s.promise.pk for s in asked_of(lead, LATE)] == [taken.pk]
    assert sweep(at=LATE + timedelta(days=60)).offers == 0  # it is the lead's own: nobody is asked once more


def test_delivery_tells_what_was_taken_over_from_what_nobody_wants(told, gp, lead):
    """What is asked anew in place of a cancelled promise replaces it too, and is not taken over."""
    old = promise(by=gp)
    taken = accept_promise(**by(lead, offer_of(old)))
    unwanted = cancel_promise(reason="Healed", **by(gp, promise(by=gp)))
    begin(Promise(**{**unwanted.facts(), "state": "requested", "replaces_id": unwanted.pk}), Act("ask", gp))
    [fell_due, *_] = distributions(LATE + timedelta(hours=1), {})
    assert {end: n for end, n in fell_due.counts if n} == {
        "taken over by somebody else": 1, "no longer wanted": 1, "open, overdue": 1,
    }  # fmt: skip
    later = max(taken.due_at, LATE) + timedelta(hours=1)
    assert dict(distributions(later, {})[0].counts)["open, overdue"] == 2  # whoever took it over owes it by then


def test_what_was_accepted_twice_by_one_key_is_taken_over_once(told, gp, lead):
    offer = offer_of(promise(by=gp))
    for _ in range(2):
        taken = accept_promise(**by(lead, offer, key="form-1"))
    assert (taken.version, Message.objects.count()) == (3, 1)


def test_a_yes_by_telephone_takes_it_over_in_the_name_of_who_said_it(told, gp, lead):
    old = promise(by=gp)
    accept_promise(**by(gp, offer_of(old), channel="phone", accepted_by="Lee Lead"))
    assert again(old).reason == "Taken over by Lee Lead."


def test_the_old_owner_is_told_also_of_what_they_had_asked_of_themselves(told, gp, lead):
    old = promise(by=gp, owner=GP_PARTY)
    assert old.state == "ready"
    taken = accept_promise(**by(lead, offer_of(old)))
    assert (again(old).state, taken.state) == ("cancelled", "accepted")
    assert [m.to_code for m in Message.objects.all()] == ["G1"]


def test_an_offer_to_whoever_asked_waits_for_their_yes_all_the_same(told, gp, lead):
    """The lead had asked for it, so the offer is asked of its own requester."""
    old = promise(by=lead, requester=Party("organisation", "Y00001", "Elm Practice"))
    offer = offer_of(old)
    assert (offer.state, offer.owner_code, offer.requester_code) == ("requested", "Y00001", "Y00001")
    accept_promise(**by(lead, offer))
    assert again(old).state == "cancelled"


@pytest.mark.parametrize("answer", ["reject", "nothing"])
def test_a_no_and_no_answer_leave_the_old_promise_as_it_is(told, gp, lead, answer):
    old = promise(by=gp)
    offer = open_promise(**by(lead, offer_of(old)))
    if answer == "reject":
        reject_promise(reason="No room", **by(lead, offer))
    sweep(at=LATE + timedelta(days=90))
    assert (again(old).state, again(old).version) == ("requested", 1)
    assert accept_promise(**by(nurse, again(old))).state == "accepted"


ENDS: dict[str, Callable[..., Promise]] = {
    "it is done": partial(complete_promise, outcome="done", happened_at=AT),
    "it was refused. No room": partial(reject_promise, reason="No room"),
    "it was not possible. Locked out": partial(fail_promise, reason="Locked out"),
}


@pytest.mark.parametrize("why", ENDS)
def test_once_the_old_one_has_ended_nothing_is_left_to_take_over(told, gp, lead, why):
    old = accept_promise(**by(nurse, promise(by=gp), at=AT))
    offer = offer_of(old)
    ENDS[why](**by(nurse, old))
    ended = again(offer)
    assert ended.state == "cancelled"
    assert ended.reason.removesuffix(".") == f"There is nothing left to take over: {why}"
    assert said(ended)[-1].username == "nia"
    assert "nothing left to take over" in Message.objects.get(to_code="Y00001").text
    with pytest.raises(NotPossibleError, match="is cancelled"):
        accept_promise(**by(lead, ended))


def test_a_cancelled_or_mistaken_or_handed_over_promise_takes_its_offer_with_it(told, gp, lead, coordinator):
    first, second = promise(by=gp), promise(by=gp)
    third = promise(by=coordinator, owner=GP_PARTY, requester=Party("practitioner", "K1"))
    offers = [offer_of(p) for p in (first, second, third)]
    cancel_promise(reason="Healed", **by(gp, first))
    correct_promise(reason="Another person", **by(gp, second))
    reroute_promises(person_id=7, role="named-gp", leaving="G1", arriving="G2", by=lead, at=LATE)
    assert [again(o).state for o in offers] == ["cancelled"] * 3
    assert "Handed over to G2" in again(offers[2]).reason


def test_what_ended_while_the_offer_was_made_is_refused_in_words(told, gp, lead):
    old = accept_promise(**by(nurse, promise(by=gp), at=AT))
    offer = offer_of(old)
    Promise.objects.filter(pk=offer.pk).update(state="cancelled", reason="put aside")  # so that the end passes it by
    complete_promise(outcome="done", happened_at=AT, **by(nurse, old))
    Promise.objects.filter(pk=offer.pk).update(state="requested", reason="")
    with pytest.raises(NotPossibleError, match="nothing left to take over: it is done") as refused:
        accept_promise(**by(lead, offer))
    assert refused.value.do
    assert (again(offer).state, again(old).state) == ("requested", "completed")


def test_an_offer_passed_on_offers_the_same(told, gp, lead):
    """The lead declines; whoever asked asks somebody else to take it over."""
    old = promise(by=gp)
    refused = reject_promise(reason="No room", **by(lead, offer_of(old)))
    passed = ask_another(owner=OTHER, due_at=LATE + timedelta(days=2), **by(gp, refused))
    taken = accept_promise(**by(night_nurse, passed))
    assert (again(old).state, taken.replaces_id, taken.what) == ("cancelled", old.pk, old.what)


def test_an_offer_of_what_has_ended_is_not_passed_on(told, gp, lead):
    old = promise(by=gp)
    refused = reject_promise(reason="No room", **by(lead, offer_of(old)))
    cancel_promise(reason="Healed", **by(gp, old))
    with pytest.raises(NotPossibleError, match="nothing left to take over"):
        ask_another(owner=OTHER, due_at=LATE + timedelta(days=2), **by(gp, refused))


def test_no_second_offer_is_made_while_one_waits(told, gp):
    old = promise(by=gp)
    offer_of(old)
    Promise.objects.filter(pk=old.pk).update(due_at=LATE)  # another date was agreed, and passed as well
    assert sweep(at=LATE + timedelta(days=90)).offers == 0
    Promise.objects.filter(pk=old.pk).update(due_at=old.due_at)


def test_an_offer_on_hold_is_taken_over_too(told, gp, lead):
    held = accept_promise(**by(nurse, promise(by=gp), at=AT))
    held = hold_promise(reason="Away", resume_on=(AT + timedelta(days=5)).date(), **by(nurse, held, at=AT))
    taken = accept_promise(**by(lead, offer_of(held)))
    assert (again(held).state, again(held).resume_on, taken.state, taken.resume_on) == (
        "cancelled", held.resume_on, "accepted", None,
    )  # fmt: skip


def asked_team(gp) -> Request:
    return make_request(
        person_id=7, what="Physiotherapy", why="Falls", service="physio", team=NURSES, asker=GP_PARTY,
        done_means="Assessed", due_at=AT + timedelta(days=3), by=gp, at=AT,
    )  # fmt: skip


def on(request: Request, by_, **more):
    found = Request.objects.get(pk=request.pk)
    return {"request_id": found.pk, "version": found.version, "by": by_, "at": LATE, **more}


def test_what_a_team_was_asked_for_closes_its_loop_with_whoever_took_it_over(told, gp, lead, tmp_path):
    request = asked_team(gp)
    old = live_promise(request)
    offer = offer_of(old)
    assert live_promise(request).pk == old.pk
    taken = accept_promise(**by(lead, offer))
    assert live_promise(request).pk == taken.pk
    assert gaps_of(tmp_path, "R6", "R7", "R8", "R9") == {}
    complete_promise(outcome="done", happened_at=LATE, evidence="Assessed, a frame", **by(lead, taken))
    review_outcome(note="Order the frame", **on(request, gp))
    tell_outcome(told_how="by telephone", **on(request, gp))
    close_request(**on(request, gp))
    assert not Promise.objects.filter(state__in=("requested", "ready", "accepted")).exists()
    assert gaps_of(tmp_path, "R6", "R7", "R8", "R9", "R21", "R22") == {}


def test_an_offer_stands_in_the_way_of_no_end_of_a_request(told, gp, lead):
    first, second = asked_team(gp), asked_team(gp)
    offer, other = offer_of(live_promise(first)), offer_of(live_promise(second))
    revoke_request(reason="Better", **on(first, gp))
    assert (again(offer).state, live_promise(first)) == ("cancelled", None)
    complete_promise(outcome="done", happened_at=AT, **by(nurse, accept_promise(**by(nurse, live_promise(second)))))
    assert (again(other).state, live_promise(second).template) == ("cancelled", "review-outcome")


def test_a_contact_after_discharge_counts_when_somebody_took_it_over(told, gp, lead, tmp_path):
    left = timezone.now() + timedelta(hours=1)  # after the enrolment, or nobody would look
    late = left + timedelta(days=14)
    stay = begin(
        Stay(person_id=7, state="finished", source="teasel", visit_id="V1", discharged_at=left, admitted_at=left,
             first_heard_at=left, discharge_heard_at=left),
        Act("hear", gp, recorded_at=left),
    )  # fmt: skip
    old = follow_up.promise(stay, "Y00001", gp, left)
    old = record_attempt(happened_at=left, note="No answer", **by(TEAL, old, at=late))
    taken = accept_promise(**by(lead, offer_of(old, late), at=late))
    assert (taken.template, taken.stay_id, taken.attempts) == ("after-discharge-contact", stay.pk, 1)
    assert gaps_of(tmp_path, "R7", "R10", at=late) == {}
    for outcome, words in (("done", "no end of a contact"), ("readmitted", "No hospital says")):
        with pytest.raises(NotPossibleError, match=words):
            complete_promise(outcome=outcome, happened_at=late, evidence="x", **by(lead, taken, at=late))
    with pytest.raises(NotPossibleError, match="Only 1 of 3 attempts"):
        fail_promise(reason="No answer", **by(lead, taken, at=late))
    Promise.objects.filter(pk=taken.pk).update(state="failed", reason="x", ended_at=late)
    assert set(gaps_of(tmp_path, "R10", at=late)) == {"R10"}  # it is looked at
    Promise.objects.filter(pk=taken.pk).update(state="accepted", reason="", ended_at=None)
    complete_promise(outcome="contact-made", happened_at=late, evidence="Ida: is well", **by(lead, taken, at=late))
    assert gaps_of(tmp_path, "R7", "R10", "R22", at=late) == {}


def test_a_decision_that_is_taken_over_still_decides(told, gp, lead):
    refused = reject_promise(reason="No room", **by(nurse, promise(by=gp), at=AT))
    what_next = Promise.objects.get(replaces_id=refused.pk)
    taken = accept_promise(**by(lead, offer_of(what_next)))
    assert taken.template == "what-next"
    complete_promise(outcome="dropped", happened_at=LATE, evidence="She does it herself", **by(lead, taken))
    assert again(refused).decided_next


def test_a_message_answered_after_all_keeps_the_promise_that_was_taken_over(told, gp, lead):
    sent = send_message(
        to=GP_PARTY, text="Is she to start it?", by=nurse, person_id=7, answer_by_at=AT + timedelta(hours=4), at=AT
    )
    [promised] = turn_unanswered_into_promises(at=AT + timedelta(hours=5))
    taken = accept_promise(**by(lead, offer_of(promised)))
    sent.refresh_from_db()
    answer_message(message_id=sent.pk, version=sent.version, by=gp, text="Yes", at=LATE)
    assert (again(taken).state, again(taken).evidence) == ("completed", "Yes")


def test_a_lesson_whose_promise_was_taken_over_closes_with_it(told, gp, lead):
    lesson = lessons.record_lesson(person_id=7, what="Nobody rang", cause="not-told", by=gp, at=AT)
    lesson, old = lessons.promise_for_lesson(
        lesson_id=lesson.pk, version=lesson.version, by=gp, at=AT,
        ask=asks.Ask("Ring the same day", "Rung", AT + timedelta(days=3), "RX901", owner_kind="organisation"),
    )  # fmt: skip
    taken = accept_promise(**by(lead, offer_of(old)))
    complete_promise(outcome="done", happened_at=LATE, **by(lead, taken))
    measured = lessons.measure_effect(
        lesson_id=lesson.pk, version=lesson.version, effect="None missed", measured_on=LATE.date(), by=gp, at=LATE
    )
    closed = lessons.close_lesson(lesson_id=lesson.pk, version=measured.version, by=gp, at=LATE)
    assert closed.state == "closed"


def tried(*acts: Callable[[], object]) -> list[str]:
    def one(act: Callable[[], object]) -> str:
        try:
            act()
        except CaresteadError as refused:
            return str(refused)
        return "done"

    return at_once([partial(one, act) for act in acts])


def test_taken_over_and_kept_at_once_it_is_one_of_the_two(committed, gp, lead):
    enrol()
    old = accept_promise(**by(nurse, promise(by=gp), at=AT))
    offer = offer_of(old)
    done = tried(
        lambda: accept_promise(**by(lead, offer)),
        lambda: complete_promise(outcome="done", happened_at=AT, **by(nurse, old)),
    )
    assert done.count("done") == 1, done
    states = (again(old).state, again(offer).state)
    assert states in (("cancelled", "accepted"), ("completed", "cancelled"))
    assert list(untold()) == []


def test_of_two_who_take_over_at_once_one_does(committed, gp, lead):
    enrol()
    old = promise(by=gp)
    refused = reject_promise(reason="No room", **by(lead, offer_of(old)))
    passed = ask_another(owner=OTHER, due_at=LATE + timedelta(days=2), **by(gp, refused))
    done = tried(*[lambda: accept_promise(**by(night_nurse, passed))] * 3)
    assert done.count("done") == 1, done
    assert Promise.objects.filter(state="accepted").count() == 1
    assert again(old).state == "cancelled"
