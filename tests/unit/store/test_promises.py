"""Promises: asked, accepted, kept or still open, and what must follow each end."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.care_store import AT, OTHER, gave, nurse, person_actor, promise, said, team_of

from carestead.care.sides import Party
from carestead.store.audit.models import AuditEvent
from carestead.store.care.acting import NotPossibleError, NotThereError, SentBeforeError
from carestead.store.care.log import ChangedMeanwhileError, untold
from carestead.store.care.models import Alarm, Message, Promise
from carestead.store.care.promise_ends import (
    ask_another,
    cancel_promise,
    complete_promise,
    correct_promise,
    decide_next,
    fail_promise,
    reject_promise,
    say_not_done,
)
from carestead.store.care.promises import (
    accept_promise,
    acknowledge_cancelled,
    agree_date,
    begin_promise,
    hold_promise,
    keep_date,
    note_on_promise,
    offer_date,
    open_promise,
    record_attempt,
    resume_promise,
    send_promise,
)
from carestead.store.care.things import CareEvent

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def told(db):
    """Whatever a test did, the events tell every row."""
    yield
    assert list(untold()) == []


def now(promise, by, **more):
    return {"promise_id": promise.pk, "version": promise.version, "by": by, "at": AT + HOUR, **more}


def test_a_team_is_asked_opens_accepts_begins_and_keeps_it(gp):
    asked = promise(by=gp)
    assert (asked.state, asked.version, asked.first_due_at) == ("requested", 1, asked.due_at)
    opened = open_promise(**now(asked, nurse))
    accepted = accept_promise(**now(opened, nurse))
    assert (accepted.state, accepted.accepted_by, accepted.channel) == ("accepted", "Nia Nurse", "screen")
    begun = begin_promise(happened_at=AT, **now(accepted, nurse))
    assert (begun.state, begun.begun_at) == ("in-progress", AT)
    kept = complete_promise(outcome="done", evidence="Seen at home", happened_at=AT, **now(begun, nurse))
    assert (kept.state, kept.outcome, kept.happened_at, kept.ended_at) == ("completed", "done", AT, AT + HOUR)
    assert [e.type for e in CareEvent.objects.order_by("pk")] == ["ask", "open", "accept", "begin", "complete"]
    assert AuditEvent.objects.filter(action__startswith="promise-").count() == 5


@pytest.mark.parametrize(
    ("owner", "requester", "state"),
    [("G1", "G1", "ready"), ("person", "G1", "ready"), ("carer", "G1", "ready"), ("K1", "G1", "requested")],
)
def test_ones_own_and_the_persons_promises_are_ready(gp, owner, requester, state):
    kind = owner if owner in ("person", "carer") else "practitioner"
    made = promise(
        by=gp, owner=Party(kind, "7" if kind == owner else owner), requester=Party("practitioner", requester)
    )
    assert made.state == state


def test_what_somebody_takes_on_for_another_is_accepted_at_once(coordinator):
    made = promise(by=coordinator, owner=Party("practitioner", "K1", "Kim Teal"))
    assert (made.state, made.accepted_by, made.version) == ("accepted", "Kim Teal", 2)


def test_one_tap_takes_the_yes_of_another_by_phone(gp, coordinator, enrolled):
    for by in (gp, coordinator):
        asked = promise(by=gp)
        with pytest.raises(NotPossibleError, match="phone or letter"):
            accept_promise(accepted_by="Joy at the desk", **now(asked, by))
        done = accept_promise(channel="phone", accepted_by="Joy at the desk", **now(asked, by))
        assert (done.state, done.accepted_by, done.channel) == ("accepted", "Joy at the desk", "phone")
    with pytest.raises(NotPossibleError, match="no accepted by"):
        accept_promise(channel="phone", **now(promise(by=gp), gp))
    with pytest.raises(NotPossibleError, match="no channel pigeon"):
        accept_promise(channel="pigeon", **now(promise(by=gp), nurse))


def test_a_new_date_counts_when_the_requester_agrees(gp):
    later = AT + timedelta(days=9)
    offered = accept_promise(new_due=later, **now(promise(by=gp), nurse))
    first = offered.due_at
    agreed = agree_date(**now(offered, gp))
    assert (agreed.due_at, agreed.first_due_at, agreed.offered_due_at) == (later, first, None)
    again = offer_date(new_due=later + HOUR, reason="Snow", **now(agreed, nurse))
    kept = keep_date(**now(again, gp))
    assert (kept.due_at, kept.offered_due_at) == (later, None)
    for refused in (agree_date, keep_date):
        with pytest.raises(NotPossibleError, match="No new date was offered"):
            refused(**now(kept, gp))


def test_an_attempt_does_not_begin_it(gp):
    accepted = accept_promise(**now(promise(by=gp), nurse))
    tried = record_attempt(happened_at=AT, note="No answer", **now(accepted, nurse))
    again = record_attempt(happened_at=AT, note="Still none", **now(tried, nurse))
    assert (again.state, again.attempts, again.begun_at) == ("accepted", 2, None)


def test_on_hold_always_has_a_day_to_go_on(gp):
    accepted = accept_promise(**now(promise(by=gp), nurse))
    with pytest.raises(NotPossibleError, match="not after today"):
        hold_promise(reason="Away", resume_on=timezone.localdate(AT), **now(accepted, nurse))
    held = hold_promise(reason="Away", resume_on=date(2026, 12, 1), **now(accepted, nurse))
    assert (held.state, held.resume_on) == ("on-hold", date(2026, 12, 1))
    assert resume_promise(**now(held, gp)).state == "in-progress"


def test_it_can_be_kept_long_after_it_was_due_with_its_true_day(gp):
    accepted = accept_promise(**now(promise(by=gp), nurse))
    late = now(accepted, nurse, at=accepted.due_at + timedelta(days=400))
    kept = complete_promise(outcome="done", happened_at=accepted.due_at - HOUR, **late)
    assert kept.happened_at < kept.due_at < kept.ended_at


def test_nothing_happens_in_the_future_or_without_a_zone(gp):
    accepted = accept_promise(**now(promise(by=gp), nurse))
    with pytest.raises(NotPossibleError, match="later than now"):
        begin_promise(happened_at=AT + 2 * HOUR, **now(accepted, nurse))
    with pytest.raises(NotPossibleError, match="time zone"):
        complete_promise(outcome="done", happened_at=AT.replace(tzinfo=None), **now(accepted, nurse))


def test_an_outcome_is_one_that_its_template_knows(gp):
    made = accept_promise(**now(promise(by=gp, template="after-discharge-contact"), nurse))
    with pytest.raises(NotPossibleError, match="contact-made"):
        complete_promise(outcome="done", happened_at=AT, **now(made, nurse))
    assert complete_promise(outcome="contact-made", happened_at=AT, **now(made, nurse)).state == "completed"


def test_a_refusal_asks_the_requester_what_next(gp):
    refused = reject_promise(reason="No room", **now(promise(by=gp), nurse))
    assert (refused.state, refused.reason, refused.decided_next) == ("rejected", "No room", False)
    [ask] = Promise.objects.filter(template="what-next")
    assert (ask.state, ask.owner_code, ask.replaces_id, ask.why) == ("ready", "G1", refused.pk, "No room")
    assert not Alarm.objects.exists()


def test_a_late_refusal_is_an_alarm_for_the_requester(gp):
    accepted = accept_promise(**now(promise(by=gp), nurse))
    reject_promise(reason="Staff off sick", **now(accepted, nurse))
    [alarm] = Alarm.objects.all()
    assert (alarm.to_code, alarm.interrupts, alarm.key) == ("G1", True, f"promise/{accepted.pk}/refused-late")


def test_what_next_goes_to_the_coordinator_when_the_person_asked(gp, coordinator, enrolled):
    asked = promise(by=person_actor, requester=Party("person", "7", "Ida Moss"))
    reject_promise(reason="No room", **now(asked, nurse))
    assert Promise.objects.get(template="what-next").owner_code == "K1"


def test_asking_another_replaces_it_and_keeps_the_follow_up(gp):
    refused = fail_promise(reason="Moved", **now(accept_promise(**now(promise(by=gp), nurse)), nurse))
    made = ask_another(owner=OTHER, due_at=AT + timedelta(days=5), **now(refused, gp))
    assert (made.replaces_id, made.owner_code, made.state) == (refused.pk, OTHER.code, "requested")
    assert Promise.objects.get(pk=refused.pk).decided_next
    assert Promise.objects.get(template="what-next").outcome == "asked-another"
    with pytest.raises(NotPossibleError, match="decided already"):
        ask_another(owner=OTHER, due_at=AT, **now(Promise.objects.get(pk=refused.pk), gp))


def test_deciding_against_it_says_why(gp):
    refused = reject_promise(reason="No room", **now(promise(by=gp), nurse))
    with pytest.raises(NotPossibleError, match="no note"):
        decide_next(note=" ", **now(refused, gp))
    decide_next(note="She no longer wants it", **now(refused, gp))
    follow = Promise.objects.get(template="what-next")
    assert (follow.state, follow.outcome, follow.evidence) == ("completed", "dropped", "She no longer wants it")


def test_keeping_the_follow_up_by_hand_decides_too(gp):
    refused = reject_promise(reason="No room", **now(promise(by=gp), nurse))
    follow = Promise.objects.get(template="what-next")
    failed = fail_promise(reason="Do not know", **now(follow, gp))
    [again] = Promise.objects.filter(replaces_id=failed.pk)
    assert again.what == follow.what
    complete_promise(outcome="dropped", evidence="Not wanted", happened_at=AT, **now(again, gp))
    assert Promise.objects.get(pk=refused.pk).decided_next


def test_cancelling_tells_the_owner_who_acknowledges_what_they_had_accepted(gp):
    accepted = accept_promise(**now(promise(by=gp), nurse))
    cancelled = cancel_promise(reason="In hospital", **now(accepted, gp))
    [message] = Message.objects.all()
    assert (message.to_code, message.about_id) == (team_of(nurse).code, accepted.pk)
    assert "In hospital" in message.text
    assert cancelled.acknowledged_at is None
    assert acknowledge_cancelled(**now(cancelled, nurse)).acknowledged_at == AT + HOUR
    assert not Promise.objects.filter(template="what-next").exists()


def test_who_refuses_cannot_correct_and_a_correction_is_seen(gp, lead):
    asked = promise(by=gp)
    with pytest.raises(NotPossibleError, match="author or lead"):
        correct_promise(reason="Oops", **now(asked, nurse))
    wrong = correct_promise(reason="Wrong person", **now(asked, lead))
    assert wrong.state == "entered-in-error"
    assert "Entered in error" in Message.objects.get().text
    with pytest.raises(NotPossibleError, match="corrected already"):
        correct_promise(reason="Again", **now(wrong, lead))


@pytest.mark.parametrize("who", ["person", "carer", "gp"])
def test_this_was_not_done_makes_a_new_promise_and_leaves_the_old(request, gp, who):
    by = {"person": person_actor, "carer": gave(person_actor), "gp": gp}[who]
    kept = complete_promise(outcome="done", happened_at=AT, **now(accept_promise(**now(promise(by=gp), nurse)), nurse))
    new = say_not_done(reason="Nobody came", **now(kept, by))
    old = Promise.objects.get(pk=kept.pk)
    assert (old.state, old.outcome, old.version) == ("completed", "done", kept.version + 1)
    assert (new.replaces_id, new.owner_code, new.why) == (kept.pk, kept.owner_code, "Nobody came")
    assert new.what.startswith("Was said to be done")
    with pytest.raises(NotPossibleError, match="says already"):
        say_not_done(reason="Still nobody", **now(old, gp))


def test_the_owner_cannot_say_that_it_was_not_done(gp):
    kept = complete_promise(outcome="done", happened_at=AT, **now(accept_promise(**now(promise(by=gp), nurse)), nurse))
    with pytest.raises(NotPossibleError, match="Only the"):
        say_not_done(reason="x", **now(kept, nurse))


def test_a_draft_waits_for_its_requester(gp):
    drafted = promise(by=gp, draft=True)
    with pytest.raises(NotPossibleError, match="not sent yet"):
        accept_promise(**now(drafted, nurse))
    assert send_promise(**now(drafted, gp)).state == "requested"


def test_a_note_changes_neither_state_nor_due(gp):
    asked = promise(by=gp)
    noted = note_on_promise(note="Rang, left word", **now(asked, nurse))
    assert (noted.state, noted.due_at, noted.version) == ("requested", asked.due_at, 2)
    assert said(noted)[-1].given == {"note": "Rang, left word"}


BAD = {
    "no owner": ({"owner": Party("organisation", "")}, "no owner"),
    "no requester": ({"requester": Party("practitioner", "")}, "no requester"),
    "no due": ({"due_at": None}, "no due time"),
    "naive due": ({"due_at": AT.replace(tzinfo=None)}, "time zone"),
    "nothing": ({"what": "  "}, "what is to be done"),
    "no end": ({"done_means": ""}, "how one will know"),
    "no consent": ({"consent_allows": False}, "has not agreed"),
    "strange party": ({"owner": Party("robot", "R2")}, "no kind of party robot"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_promise_needs_its_terms(gp, case):
    changed, words = BAD[case]
    with pytest.raises(NotPossibleError, match=words) as refused:
        promise(by=gp, **changed)
    assert refused.value.do
    assert not Promise.objects.exists()


def test_planners_and_strangers_ask_for_nothing(commissioner):
    for by in (commissioner, gave(person_actor, person_id=8)):
        with pytest.raises(NotPossibleError, match="Only those who care"):
            promise(by=by)


def test_a_stale_reader_is_shown_what_is_there(gp):
    asked = promise(by=gp)
    open_promise(**now(asked, nurse))
    with pytest.raises(ChangedMeanwhileError) as refused:
        accept_promise(promise_id=asked.pk, version=1, by=nurse)
    assert refused.value.now.state == "received"


def test_nobody_acts_on_what_is_not_there(gp):
    with pytest.raises(NotThereError, match="no promise 999"):
        open_promise(promise_id=999, version=1, by=gp)


def test_sent_twice_it_is_done_once(gp):
    first = promise(by=gp, key="form-1")
    assert promise(by=gp, key="form-1").pk == first.pk
    opened = open_promise(key="form-2", **now(first, nurse))
    again = open_promise(promise_id=first.pk, version=1, by=nurse, key="form-2")
    assert (again.version, again.state) == (opened.version, "received")
    with pytest.raises(SentBeforeError):
        accept_promise(key="form-2", **now(opened, nurse))
    with pytest.raises(SentBeforeError):
        promise(by=nurse, key="form-1")
    assert CareEvent.objects.count() == 2


def test_ended_promises_refuse_every_other_act(gp):
    cancelled = cancel_promise(reason="No", **now(promise(by=gp), gp))
    for do in (open_promise, accept_promise, resume_promise):
        with pytest.raises(NotPossibleError, match="is cancelled"):
            do(**now(cancelled, nurse))
    with pytest.raises(NotPossibleError, match="is cancelled"):
        complete_promise(outcome="done", happened_at=AT, **now(cancelled, nurse))


def test_a_promise_of_the_past_can_be_made(gp):
    assert promise(by=gp, due_at=AT - timedelta(days=3)).state == "requested"
