"""Messages of hospitals in the store: whatever comes, in whatever order, somebody is told and contact is promised."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import hospital
from tests.at_once import at_once
from tests.unit.store.hospital_people import ADA, LEFT, NUMBER, enrol, event, feed, find, hear

from carestead.core.finding import UsageError
from carestead.sources.messages import read
from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Absence
from carestead.store.audit.models import AuditEvent
from carestead.store.care import follow_up, stays
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.feeds import feed_of, feeds, heard, renew_token
from carestead.store.care.log import untold
from carestead.store.care.models import Alarm, Feed, HospitalMessage, Notice, Promise, Stay
from carestead.store.care.promise_ends import cancel_promise, complete_promise, correct_promise, fail_promise
from carestead.store.care.promises import record_attempt
from carestead.store.care.sweep import sweep
from carestead.store.care.telling import see
from carestead.store.care.things import CareEvent
from carestead.store.find.models import Enrolment

CAME = LEFT - timedelta(days=5)
LEAD = Actor("lead", "The lead", Role.LEAD, "Y00001")


@pytest.fixture
def enrolled(db, gp) -> str:
    enrol(gp)
    return feed(gp)


def told() -> list[tuple[str, str, str]]:
    """Who was told what, but for the person's own letters about who looks after them."""
    return sorted(Notice.objects.exclude(to_kind="person").values_list("about", "to_kind", "to_code"))


def admit(hours: float = -120, **more):
    return event("admit", hours, **more)


def test_an_admission_tells_both_holders_and_flags_home_services(enrolled):
    assert hear(admit(), CAME).outcome == "taken"
    assert told() == [
        ("admission", "practitioner", "G1"),
        ("admission", "practitioner", "K1"),
        ("home-services", "practitioner", "K1"),
    ]
    assert Notice.objects.get(about="home-services").facts_told["services"] == ["Home care from Kettle & Co"]
    stay = Stay.objects.get()
    assert (stay.person_id, stay.state, stay.admitted_at, stay.ward) == (7, "in-progress", CAME, "Ward 4")
    assert not Promise.objects.exists()
    assert list(untold()) == []


def test_a_discharge_promises_contact_within_72_hours_in_the_same_transaction(enrolled):
    hear(admit(), CAME)
    receipt = hear(event())
    promise = Promise.objects.get()
    assert (promise.owner_kind, promise.owner_code, promise.requester_code) == ("practitioner", "K1", "G1")
    assert (promise.state, promise.due_at, promise.stay_id) == ("ready", LEFT + timedelta(hours=72), receipt.stay_id)
    assert promise.why == "Left Ward 4 on 25 November 2026 at 14:30"
    assert ("discharge", "practitioner", "G1") in told()
    assert list(untold()) == []


def test_when_the_promise_cannot_be_made_the_message_is_not_acknowledged(enrolled, monkeypatch):
    def broken(*_args) -> None:
        raise RuntimeError("the disk is full")

    before = (HospitalMessage.objects.count(), Notice.objects.count(), AuditEvent.objects.count())
    monkeypatch.setattr(follow_up, "promise", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        hear(event())
    assert (HospitalMessage.objects.count(), Notice.objects.count(), AuditEvent.objects.count()) == before
    assert not Stay.objects.exists()


def test_the_same_message_again_changes_nothing(enrolled):
    first = hear(event())
    again = hear(replace(event(), sent_at=LEFT + timedelta(hours=2), message_id="m2"))
    assert (again.outcome, again.message_id) == ("duplicate", first.message_id)
    assert (HospitalMessage.objects.count(), Promise.objects.count(), Stay.objects.get().version) == (1, 1, 2)


def test_the_same_event_told_otherwise_is_kept_and_the_last_word_stands(enrolled):
    hear(replace(event(), sent_at=LEFT, disposition="other"))
    assert hear(replace(event(), sent_at=LEFT + timedelta(hours=1), disposition="care-home")).outcome == "taken"
    assert HospitalMessage.objects.count() == 2
    assert Stay.objects.get().disposition == "care-home"
    assert Promise.objects.count() == 1


def test_a_discharge_before_its_admission_is_told_first(enrolled):
    hear(event())
    hear(admit())
    stay = Stay.objects.get()
    assert (stay.state, stay.admitted_at, stay.discharged_at) == ("finished", CAME, LEFT)
    assert Promise.objects.count() == 1


def test_a_discharge_dated_before_its_admission_still_promises_contact(enrolled):
    hear(admit(10), LEFT)
    hear(event())
    assert Stay.objects.get().state == "finished"
    assert Promise.objects.get().due_at == LEFT + timedelta(hours=72)


def test_a_message_about_nobody_we_know_waits_at_the_desk(enrolled):
    receipt = hear(event(nhs_number="9990000026"))
    [waiting] = stays.unmatched()
    assert (receipt.outcome, receipt.why, waiting.pk) == (
        "unmatched",
        "Nobody has this NHS number.",
        receipt.message_id,
    )
    assert waiting.matched_by == "Nobody has this NHS number."
    assert (told(), Promise.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"nhs_number": None}, "There is no valid NHS number."),
        ({"nhs_number": "9990000019"}, "There is no valid NHS number."),
        ({"birth_date": date(1950, 1, 1)}, "The NHS number is known, but with another date of birth."),
    ],
)
def test_nobody_is_matched_by_guess(enrolled, change, why):
    assert hear(replace(event(), **change)).why == why


def test_two_people_with_one_number_are_not_guessed_between(enrolled):
    receipt = hear(event(), who=lambda number: [ADA, replace(ADA, person_id=8)])
    assert (receipt.outcome, receipt.why) == ("unmatched", "Several people have this NHS number.")


def test_the_desk_says_whom_it_is_about_and_everything_follows(enrolled, coordinator):
    hear(event(nhs_number=None))
    hear(admit(nhs_number=None))
    stays.match_by_hand(message=stays.unmatched()[0], person=ADA, by=coordinator, at=LEFT + timedelta(hours=2))
    assert stays.unmatched() == []
    assert set(HospitalMessage.objects.values_list("person_id", "outcome")) == {(7, "taken")}
    assert Promise.objects.get().due_at == LEFT + timedelta(hours=72)
    assert {about for about, _, _ in told()} == {"admission", "discharge", "home-services"}


def test_a_later_message_of_the_visit_names_the_person_of_the_earlier_ones(enrolled):
    hear(admit(nhs_number=None), CAME)
    hear(event())
    assert stays.unmatched() == []
    assert ("admission", "practitioner", "G1") in told()


def test_somebody_registered_since_is_found_again(enrolled):
    hear(event(), who=lambda number: [])
    assert stays.match_again(find=lambda number: [], at=LEFT) == 0
    assert stays.match_again(find=find, at=LEFT + timedelta(hours=3)) == 1
    assert (stays.unmatched(), Promise.objects.count()) == ([], 1)


def test_a_visit_of_two_people_is_put_before_the_desk(enrolled):
    hear(admit(), CAME)
    receipt = hear(event(), who=lambda number: [replace(ADA, person_id=8)])
    assert receipt.outcome == "conflict"
    assert [m.pk for m in stays.unmatched()] == [receipt.message_id]
    assert Stay.objects.get().person_id == 7
    with pytest.raises(UsageError, match="already somebody else's"):
        stays.match_by_hand(message=stays.unmatched()[0], person=replace(ADA, person_id=8), by=stays.inbox.MATCHER)


def test_a_message_is_set_aside_once_and_with_a_reason(enrolled, coordinator):
    hear(event(nhs_number=None))
    [message] = stays.unmatched()
    with pytest.raises(UsageError, match="no reason"):
        stays.set_aside(message=message, reason=" ", by=coordinator)
    stays.set_aside(message=message, reason="A visitor from abroad", by=coordinator)
    assert (stays.unmatched(), HospitalMessage.objects.count()) == ([], 1)
    with pytest.raises(UsageError, match="dealt with"):
        stays.set_aside(message=message, reason="Again", by=coordinator)


def test_of_somebody_dead_people_are_told_and_no_clock_runs(enrolled):
    dead = replace(ADA, died_on=date(2026, 11, 24))
    assert hear(event(), who=lambda number: [dead]).outcome == "taken"
    assert {about for about, _, _ in told()} == {"message-after-death"}
    assert not Promise.objects.exists()
    assert stays.without_follow_up() == [Stay.objects.get()]  # the store alone cannot know of the death


def test_somebody_who_died_in_hospital_needs_no_contact(enrolled):
    hear(replace(event(), disposition="died"))
    assert {about for about, _, _ in told()} == {"discharge"}
    assert not Promise.objects.exists()
    assert stays.without_follow_up() == []


def test_of_somebody_not_enrolled_the_stay_is_kept_and_nobody_is_bothered(db, gp):
    feed(gp)
    assert hear(event()).outcome == "not-enrolled"
    assert (Stay.objects.get().person_id, told(), Promise.objects.count()) == (7, [], 0)


def test_a_discharge_long_before_the_enrolment_asks_for_nothing(db, gp):
    feed(gp)
    enrol(gp, since=LEFT + timedelta(days=10))
    hear(event(), LEFT + timedelta(days=11))
    assert not Promise.objects.exists()
    assert stays.without_follow_up() == []


def test_a_message_that_cannot_be_read_is_kept_once_with_its_text(enrolled):
    [first] = stays.receive(body=b'{"resourceType"', source="teasel", find=find, at=LEFT)
    [again] = stays.receive(body=b'{"resourceType"', source="teasel", find=find, at=LEFT + timedelta(hours=1))
    [kept] = stays.refused()
    assert (first.outcome, again.outcome, again.message_id) == ("refused", "duplicate", first.message_id)
    assert (kept.body, kept.findings[0]["code"]) == ('{"resourceType"', "json.truncated")


def test_a_bundle_goes_all_the_way(enrolled):
    body = hospital.message(
        "notification-discharge", hospital.encounter("2026-11-20T10:00:00Z", "2026-11-25T14:30:00Z")
    )
    [receipt] = stays.receive(body=body, source="teasel", find=find, at=LEFT + timedelta(minutes=5))
    assert receipt.outcome == "taken"
    assert Promise.objects.get().due_at == LEFT + timedelta(hours=72)
    assert Stay.objects.get().admitted_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_an_unknown_feed_is_named(enrolled):
    with pytest.raises(UsageError, match=r"no feed nettle\. There are: teasel"):
        stays.receive(body=b"x", source="nettle", find=find, at=LEFT)


def test_the_hour_that_comes_twice_counts_from_the_first(db, gp):
    """01:30 on 25 October 2026 without a zone: due 72 hours after the first of the two, so never late."""
    enrol(gp)
    feed(gp)
    row = f"event,visit_id,happened_at,nhs_number\ndischarge,V1,2026-10-25 01:30,{NUMBER}\n"
    stays.receive(body=row.encode(), source="teasel", find=find, at=datetime(2026, 10, 25, 9, tzinfo=UTC))
    assert Promise.objects.get().due_at == datetime(2026, 10, 28, 0, 30, tzinfo=UTC)
    for zone in ("+01:00", "+00:00"):
        row = f"event,visit_id,happened_at,nhs_number\ndischarge,V{zone},2026-10-25T01:30:00{zone},{NUMBER}\n"
        stays.receive(body=row.encode(), source="teasel", find=find, at=datetime(2026, 10, 25, 9, tzinfo=UTC))
    dues = Promise.objects.order_by("due_at").values_list("due_at", flat=True)
    assert [d.hour for d in dues] == [0, 0, 1]


def test_a_clock_that_jumps_loses_nothing(enrolled):
    hear(admit(), LEFT + timedelta(days=400))
    hear(event(), LEFT - timedelta(days=1))
    assert Feed.objects.get().last_heard_at == LEFT + timedelta(days=400)
    assert (Stay.objects.get().state, Promise.objects.get().due_at) == ("finished", LEFT + timedelta(hours=72))


def away(code: str, **more) -> Absence:
    return Absence.objects.create(
        practitioner_code=code, start=CAME, end=LEFT + timedelta(days=9), reason="Leave", planned_by="x",
        planned_at=CAME, **more,
    )  # fmt: skip


def test_cover_is_told_and_owns_the_promise_while_the_holder_is_away(enrolled):
    away("K1", cover_code="K2", cover_state="accepted")
    away("G1", cover_code="G2", cover_state="declined")
    hear(event())
    assert told() == [("discharge", "desk", "GRP1"), ("discharge", "practitioner", "K2")]
    assert (Promise.objects.get().owner_code, Promise.objects.get().requester_code) == ("K2", "G1")


def test_covers_in_a_circle_leave_it_to_the_desk(enrolled):
    away("K1", cover_code="K2", cover_state="accepted")
    away("K2", cover_code="K1", cover_state="accepted")
    hear(event())
    assert (Promise.objects.get().owner_kind, Promise.objects.get().owner_code) == ("desk", "GRP1")


def test_one_party_with_both_roles_is_told_once(enrolled):
    away("K1")
    away("G1")
    hear(event())
    [notice] = Notice.objects.filter(about="discharge")
    assert (notice.to_kind, notice.facts_told["roles"]) == ("desk", ["named-gp", "coordinator"])
    hear(admit())
    assert Notice.objects.filter(about="discharge").count() == 1
    assert list(untold()) == []


def test_what_nobody_saw_is_escalated_by_the_sweep(enrolled, gp):
    hear(event())
    mine, theirs = Notice.objects.filter(about="discharge").order_by("to_code")
    see(notice=mine, by=gp, at=LEFT + timedelta(hours=2))
    sweep(at=LEFT + timedelta(days=2))
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == ("seen", "escalated")
    told_of = Alarm.objects.filter(subject_kind="notice").values_list("subject_id", flat=True)
    assert theirs.pk in told_of
    assert mine.pk not in told_of
    assert list(untold()) == []


def test_a_notice_that_nobody_saw_is_escalated_once_and_stays_to_be_seen(enrolled, gp):
    hear(event())
    notice, late = Notice.objects.get(about="discharge", to_code="G1"), LEFT + timedelta(days=2)
    for _ in range(2):
        sweep(at=late)
    notice.refresh_from_db()
    assert (notice.state, notice.escalated_at) == ("escalated", late)
    assert CareEvent.objects.filter(kind="notice", subject_id=notice.pk, type="escalate").count() == 1
    assert see(notice=notice, by=gp, at=late).state == "seen"
    assert see(notice=notice, by=gp, at=late + timedelta(days=1)).seen_at == late
    assert list(untold()) == []


def promise_of(enrolled) -> Promise:
    hear(event())
    return Promise.objects.get()


def acting(promise: Promise, by, hours: float = 24) -> dict:
    """The promise as it stands, and an act upon it so many hours after the discharge."""
    promise.refresh_from_db()
    return {"promise_id": promise.pk, "version": promise.version, "by": by, "at": LEFT + timedelta(hours=hours)}


def ended(promise: Promise, by, outcome: str, hours: float = 5, evidence: str = "", at: float = 24) -> Promise:
    return complete_promise(
        outcome=outcome, happened_at=LEFT + timedelta(hours=hours), evidence=evidence, **acting(promise, by, at)
    )


def test_only_real_contact_keeps_the_promise(enrolled, coordinator):
    promise = promise_of(enrolled)
    with pytest.raises(NotPossibleError, match="an attempt is no contact"):
        ended(promise, coordinator, "contact-made")
    with pytest.raises(NotPossibleError, match="before the person left"):
        ended(promise, coordinator, "contact-made", hours=-5, evidence="Ada is well")
    with pytest.raises(NotPossibleError, match="later than now"):
        ended(promise, coordinator, "contact-made", hours=48, evidence="Ada is well")
    with pytest.raises(NotPossibleError, match="contact-made"):
        ended(promise, coordinator, "done", evidence="Ada is well")
    made = ended(promise, coordinator, "contact-made", evidence="Ada is well")
    assert (made.state, made.outcome, made.happened_at) == ("completed", "contact-made", LEFT + timedelta(hours=5))
    assert list(untold()) == []


def test_what_ends_it_must_be_so(enrolled, coordinator):
    promise = promise_of(enrolled)
    with pytest.raises(NotPossibleError, match="not say that the person died"):
        ended(promise, coordinator, "died")
    with pytest.raises(NotPossibleError, match="No hospital says"):
        ended(promise, coordinator, "readmitted")
    with pytest.raises(NotPossibleError, match="who was spoken to"):
        ended(promise, coordinator, "person-declined")
    assert ended(promise, coordinator, "person-declined", evidence="Ada wants no visits").outcome == "person-declined"


def test_after_a_death_it_can_end(enrolled, coordinator):
    promise = promise_of(enrolled)
    Enrolment.objects.update(end_kind="died")
    assert ended(promise, coordinator, "died").outcome == "died"


@pytest.mark.parametrize("end", [fail_promise, cancel_promise])
def test_it_is_not_given_up_before_enough_attempts_and_before_the_gp_has_seen_it(enrolled, coordinator, gp, end):
    promise, by = promise_of(enrolled), coordinator if end is fail_promise else gp
    with pytest.raises(NotPossibleError, match="Only 0 of 3 attempts"):
        end(reason="No answer", **acting(promise, by))
    for n in range(3):
        assert not Alarm.objects.exists()
        record_attempt(note="No answer", happened_at=LEFT + timedelta(hours=n), **acting(promise, coordinator))
    with pytest.raises(NotPossibleError, match="has not seen yet"):
        end(reason="No answer", **acting(promise, by))
    alarm = Alarm.objects.get()
    assert (alarm.to_code, alarm.milestone, alarm.interrupts) == ("G1", "not-reached", True)
    Alarm.objects.update(seen_at=LEFT + timedelta(hours=8))
    assert end(reason="No answer", **acting(promise, by)).state in ("failed", "cancelled")
    assert list(untold()) == []


def test_it_is_no_mistake_while_the_hospital_says_that_the_person_left(enrolled, gp):
    promise = promise_of(enrolled)
    with pytest.raises(NotPossibleError, match="still says that the person left"):
        correct_promise(reason="Never", **acting(promise, LEAD))
    hear(event("cancel-discharge", 1), LEFT + timedelta(hours=1))
    assert correct_promise(reason="Taken back", **acting(promise, LEAD)).state == "entered-in-error"


def test_back_in_hospital_ends_it_and_the_next_discharge_promises_anew(enrolled, coordinator):
    promise = promise_of(enrolled)
    hear(replace(admit(10), visit_id="V2"), LEFT + timedelta(hours=11))
    ended(promise, coordinator, "readmitted", hours=11, at=12)
    hear(replace(event(hours=30), visit_id="V2"), LEFT + timedelta(hours=31))
    assert [p.due_at for p in Promise.objects.filter(state="ready")] == [LEFT + timedelta(hours=102)]


def test_a_discharge_taken_back_tells_people_and_the_next_one_promises_anew(enrolled, coordinator):
    hear(admit(), CAME)
    promise = promise_of(enrolled)
    hear(event("cancel-discharge", 1), LEFT + timedelta(hours=1))
    assert (Stay.objects.get().state, Promise.objects.get().state) == ("in-progress", "ready")
    assert ("taken-back", "practitioner", "K1") in told()
    ended(promise, coordinator, "readmitted", hours=1, at=2)
    hear(event(hours=20), LEFT + timedelta(hours=21))
    assert [(p.due_at, p.replaces_id) for p in Promise.objects.filter(state="ready")] == [
        (LEFT + timedelta(hours=92), promise.pk)
    ]


def test_a_corrected_time_of_discharge_moves_the_clock(enrolled):
    hear(event())
    hear(event(hours=-4))
    hear(replace(event(hours=-6), sent_at=LEFT + timedelta(hours=2)))
    assert Promise.objects.get().due_at == LEFT + timedelta(hours=66)
    assert list(untold()) == []


def test_after_contact_a_corrected_time_asks_for_nothing_more(enrolled, coordinator):
    promise = promise_of(enrolled)
    ended(promise, coordinator, "contact-made", evidence="Ada is well", at=6)
    hear(replace(event(hours=-1), sent_at=LEFT + timedelta(hours=8)), LEFT + timedelta(hours=8))
    assert Promise.objects.count() == 1


def test_an_enrolled_person_who_was_never_promised_contact_is_found(enrolled):
    hear(event())
    Promise.objects.update(stay_id=None)
    assert [s.visit_id for s in stays.without_follow_up()] == ["V1"]


def test_a_feed_that_is_silent_is_shown_as_silent(enrolled):
    assert [s.silent for s in feeds(LEFT)] == [True]
    heard(source="teasel", at=LEFT)
    assert [s.silent for s in feeds(LEFT + timedelta(minutes=60))] == [False]
    assert [s.silent for s in feeds(LEFT + timedelta(minutes=61))] == [True]
    heard(source="teasel", at=LEFT - timedelta(days=1))
    assert Feed.objects.get().last_heard_at == LEFT


def test_a_token_opens_its_feed_and_is_kept_nowhere(enrolled, gp):
    assert feed_of(enrolled).source == "teasel"
    assert (feed_of("x"), feed_of("")) == (None, None)
    assert enrolled not in str(list(Feed.objects.values()))
    fresh = renew_token(source="teasel", by=gp)
    assert (feed_of(enrolled), feed_of(fresh).source) == (None, "teasel")
    with pytest.raises(UsageError, match="already a feed teasel"):
        feed(gp)


_TELLINGS = st.permutations([
    admit(), event("transfer", -100, ward="Ward 9"), event("discharge", -2), replace(event(), sent_at=LEFT),
    replace(admit(8), visit_id="V2"), replace(event(hours=40), visit_id="V2"),
])  # fmt: skip


@given(order=_TELLINGS, again=st.lists(st.integers(0, 5), max_size=4), gaps=st.lists(st.integers(-9, 90), min_size=10))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_duplicated_late_and_reordered_messages_end_alike(enrolled, order, again, gaps):
    """However they come, while our own clock jumps: the same stays, the same people told, one promise a discharge."""
    with transaction.atomic():
        for message, gap in zip([*order, *(order[n] for n in again)], gaps, strict=False):
            hear(message, LEFT + timedelta(hours=gap))
        ours = ("visit_id", "person_id", "state", "admitted_at", "discharged_at", "ward", "disposition")
        assert list(Stay.objects.order_by("visit_id").values_list(*ours)) == [
            ("V1", 7, "finished", CAME, LEFT, "Ward 9", ""),
            ("V2", 7, "finished", LEFT + timedelta(hours=8), LEFT + timedelta(hours=40), "Ward 4", ""),
        ]
        assert [p.due_at for p in Promise.objects.order_by("due_at")] == [
            LEFT + timedelta(hours=72), LEFT + timedelta(hours=112)
        ]  # fmt: skip
        whom = {"G1", "K1"}
        assert sorted(told()) == sorted(
            [(about, "practitioner", c) for about in ("admission", "discharge") for c in whom] * 2
            + [("home-services", "practitioner", "K1")] * 2
        )
        assert HospitalMessage.objects.count() == 6
        assert list(untold()) == []
        transaction.set_rollback(True)


def test_reading_and_receiving_agree_on_the_time_of_receipt(enrolled):
    """What is a future time is judged by the time the message came, not by the machine's clock."""
    row = f"event,visit_id,happened_at,nhs_number\nadmit,V1,{LEFT.isoformat()},{NUMBER}\n".encode()
    assert read(row, source="teasel", received_at=LEFT - timedelta(days=3))[0].codes() == {"time.future"}
    [receipt] = stays.receive(body=row, source="teasel", find=find, at=LEFT - timedelta(days=3))
    assert receipt.outcome == "refused"
    assert Enrolment.objects.count() == 1


def test_the_same_messages_from_many_at_once_are_taken_once(committed, gp):
    """Eight senders with the same three messages of one visit, each in another order: three are taken, the others are
    copies, and nothing is made twice."""
    enrol(gp)
    feed(gp)
    messages = [admit(), event("transfer", -100, ward="Ward 9"), event()]

    def one(first: int) -> list[str]:
        return [hear(messages[(first + n) % 3]).outcome for n in range(3)]

    heard = at_once([partial(one, n) for n in range(8)])
    assert all(isinstance(each, list) for each in heard), heard
    outcomes = [outcome for each in heard for outcome in each]
    assert sorted(outcomes) == ["duplicate"] * 21 + ["taken"] * 3
    assert (Promise.objects.count(), HospitalMessage.objects.count()) == (1, 3)
    assert Notice.objects.filter(about="discharge").count() == 2
    assert list(untold()) == []
