"""What waits at the duty desk: counted, settled once, and told to the leads when it waits too long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from tests.at_once import at_once
from tests.unit.store.hospital_people import ADA, LEFT, enrol, event, feed, find, hear

from carestead.core.finding import UsageError
from carestead.store.access import may_settle_messages
from carestead.store.actor import Actor, Role
from carestead.store.audit.models import AuditEvent
from carestead.store.care import at_desk, stays
from carestead.store.care.models import Alarm, HospitalMessage, Notice, Promise, Stay
from carestead.store.care.sweep import sweep
from carestead.store.jobs.registry import scheduled

HEARD = datetime(2026, 11, 25, 15, 30, tzinfo=UTC)
"""A Wednesday: four working hours later is Thursday, 09:00."""
LATE = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def waiting(db, gp) -> HospitalMessage:
    """A discharge of Ada, who is enrolled, with a slip in her NHS number."""
    enrol(gp)
    feed(gp)
    receipt = hear(replace(event(nhs_number="9990000081"), name="Ada Wren"), HEARD)
    return HospitalMessage.objects.get(pk=receipt.message_id)


def broken(at: datetime = HEARD) -> HospitalMessage:
    [receipt] = stays.receive(body=b'{"resourceType"', source="teasel", find=find, at=at)
    return HospitalMessage.objects.get(pk=receipt.message_id)


def raised() -> list[Alarm]:
    return list(Alarm.objects.filter(subject_kind="hospital-message"))


def test_what_waits_is_counted_by_feed_and_reason(waiting):
    assert at_desk.waits() == at_desk.Waits(1, 0, HEARD, {"teasel": 1})
    unread = broken(HEARD - timedelta(hours=1))
    assert at_desk.waits() == at_desk.Waits(1, 1, HEARD - timedelta(hours=1), {"teasel": 2})
    assert at_desk.waiting() == [waiting, unread]


def test_where_nothing_waits_there_is_no_oldest(db):
    assert at_desk.waits() == at_desk.Waits()


def test_a_message_is_told_as_it_came_whatever_later_ones_say(waiting):
    hear(event("transfer", -10, nhs_number=None, ward="Ward 9"), HEARD)
    assert (at_desk.told(waiting)["ward"], Stay.objects.get().ward) == ("Ward 4", "Ward 9")
    [other] = at_desk.of_the_same_visit(waiting)
    assert (other.event, at_desk.told(other)["ward"]) == ("transfer", "Ward 9")
    assert at_desk.of_the_same_visit(broken()) == []
    assert at_desk.told(broken()) == {}


def test_the_leads_are_told_once_of_what_waits_too_long(waiting):
    sweep(at=LATE - timedelta(minutes=1))
    assert raised() == []
    for _ in range(2):
        sweep(at=LATE)
    sweep(at=LATE + timedelta(days=9))
    [alarm] = raised()
    assert (alarm.to_code, alarm.raised_at, alarm.person_id, alarm.interrupts) == ("leads", LATE, None, True)
    assert alarm.subject_id == waiting.pk


def test_of_a_feed_gone_wrong_each_message_is_told_and_the_list_has_an_end(db, gp):
    feed(gp)
    rows = "\n".join(f"born,V{n},2026-11-20,9990000018" for n in range(1_100))
    stays.receive(body=f"event,visit_id,happened_at,nhs_number\n{rows}".encode(), source="teasel", find=find, at=HEARD)
    for _ in range(2):
        sweep(at=LATE)
    assert len(raised()) == 1_100
    assert len(at_desk.waiting(most=100)) == 100
    assert at_desk.waits().refused == 1_100


def test_the_site_says_how_long_a_message_may_wait(waiting, settings, tmp_path):
    (tmp_path / "clocks.yaml").write_text("hospital-message: {limit: 1}\n")
    settings.AREA = tmp_path
    sweep(at=HEARD + timedelta(hours=1))
    assert [a.raised_at for a in raised()] == [HEARD + timedelta(hours=1)]


def test_what_was_settled_in_time_alarms_nobody(waiting, coordinator):
    stays.match_by_hand(message=waiting, person=ADA, by=coordinator, at=HEARD + timedelta(hours=1))
    stays.set_aside(message=broken(), reason="Asked to send it again", by=coordinator)
    sweep(at=LATE + timedelta(days=1))
    assert raised() == []


def test_whoever_settles_it_has_acted_on_its_alarm(waiting, coordinator):
    unread = broken()
    sweep(at=LATE)
    stays.match_by_hand(message=waiting, person=ADA, by=coordinator, at=LATE + timedelta(hours=1))
    stays.set_aside(message=unread, reason="Asked to send it again", by=coordinator, at=LATE + timedelta(hours=2))
    acted = {a.subject_id: a.acted_at for a in raised()}
    assert acted == {waiting.pk: LATE + timedelta(hours=1), unread.pk: LATE + timedelta(hours=2)}


def test_what_was_settled_is_not_settled_again(waiting, coordinator, lead):
    stays.match_by_hand(message=waiting, person=ADA, by=coordinator, at=LATE)
    with pytest.raises(UsageError, match="dealt with this message already"):
        stays.match_by_hand(message=waiting, person=ADA, by=lead)
    waiting.refresh_from_db()
    assert waiting.matched_by == "by hand: Kim Teal"
    assert Promise.objects.count() == 1


def test_what_was_set_aside_is_about_nobody_until_it_is_taken_up_again(waiting, coordinator, lead):
    stays.set_aside(message=waiting, reason="A visitor from abroad", by=coordinator, at=LATE)
    with pytest.raises(UsageError, match="dealt with this message already"):
        stays.match_by_hand(message=waiting, person=ADA, by=lead)
    assert at_desk.lately_set_aside(LATE + timedelta(days=6)) == [waiting]
    assert at_desk.lately_set_aside(LATE + timedelta(days=8)) == []
    stays.take_up_again(message=waiting, by=lead)
    assert (waiting.outcome, waiting.matched_by, waiting.matched_at) == ("unmatched", "taken up again: Lee Lead", None)
    with pytest.raises(UsageError, match="not set aside any more"):
        stays.take_up_again(message=waiting, by=lead)
    stays.match_by_hand(message=waiting, person=ADA, by=lead)
    assert Promise.objects.count() == 1
    assert AuditEvent.objects.filter(action="message-taken-up-again").count() == 1


def test_it_waits_again_for_what_it_waited_for(waiting, coordinator):
    unread = broken()
    stays.match_by_hand(message=waiting, person=ADA, by=coordinator)
    disputed = hear(event("transfer", -2), HEARD, who=lambda number: [replace(ADA, person_id=8)])
    for pk, outcome in ((unread.pk, "refused"), (disputed.message_id, "conflict")):
        message = HospitalMessage.objects.get(pk=pk)
        stays.set_aside(message=message, reason="By mistake", by=coordinator)
        assert stays.take_up_again(message=message, by=coordinator).outcome == outcome


def test_the_named_gp_and_the_coordinator_are_told_when_it_is_settled(waiting, coordinator):
    assert not Notice.objects.filter(about="discharge").exists()
    stays.match_by_hand(message=waiting, person=ADA, by=coordinator, at=LATE)
    assert set(Notice.objects.filter(about="discharge").values_list("to_code", flat=True)) == {"G1", "K1"}
    assert Promise.objects.get().due_at == LEFT + timedelta(hours=72)


@pytest.fixture
def committed_waiting(committed, gp) -> HospitalMessage:
    enrol(gp)
    feed(gp)
    return HospitalMessage.objects.get(pk=hear(event(nhs_number="9990000081"), HEARD).message_id)


@pytest.mark.parametrize("second", ["the same", "another", "set aside"])
def test_two_at_the_desk_settle_one_message_at_once(committed_waiting, coordinator, lead, second):
    """The one who comes second is told so, and changes nothing: on PostgreSQL as well."""
    message, grace = committed_waiting, replace(ADA, person_id=8)
    settle = partial(stays.match_by_hand, message=message, person=ADA, by=coordinator)
    other = {
        "the same": partial(stays.match_by_hand, message=message, person=ADA, by=lead),
        "another": partial(stays.match_by_hand, message=message, person=grace, by=lead),
        "set aside": partial(stays.set_aside, message=message, reason="Not ours", by=lead),
    }[second]
    said = at_once([settle, other])
    refused = [s for s in said if isinstance(s, str)]
    assert len(refused) == 1, said
    assert "dealt with this message already" in refused[0]
    message.refresh_from_db()
    assert message.outcome in ("taken", "not-enrolled", "set-aside")
    assert Promise.objects.count() == (message.outcome == "taken")
    assert AuditEvent.objects.filter(action__in=("message-matched", "message-set-aside")).count() == 1


def test_a_message_settled_by_hand_while_it_is_tried_again_is_settled_once(committed_waiting, coordinator):
    """Both lock the stay first: neither waits for the other for ever."""
    message = committed_waiting
    at_once([
        partial(stays.match_by_hand, message=message, person=ADA, by=coordinator),
        partial(stays.match_again, find=lambda number: [ADA]),
    ])  # fmt: skip
    message.refresh_from_db()
    assert (message.outcome, message.person_id, Promise.objects.count()) == ("taken", ADA.person_id, 1)


def test_messages_that_wait_are_tried_again_every_hour():
    [known] = [r for r in scheduled() if r.name == "match-messages"]
    assert known.schedule.due(HEARD) == HEARD.replace(minute=0)


AT_DESK = [
    (Role.CARE_COORDINATOR, False, True),
    (Role.LEAD, False, True),
    (Role.NAMED_GP, True, True),
    (Role.NAMED_GP, False, False),
    *[(role, True, False) for role in Role if role not in (Role.CARE_COORDINATOR, Role.LEAD, Role.NAMED_GP)],
]


@pytest.mark.parametrize(("role", "on_rota", "allowed"), AT_DESK)
def test_who_settles_what_waits_at_the_desk(role, on_rota, allowed):
    assert may_settle_messages(Actor("x", "X", role), at_desk=on_rota).allowed is allowed
