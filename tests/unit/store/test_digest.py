"""Who hears of what at once, what waits for the morning, and which alarms were acted on."""

from datetime import datetime, timedelta

import pytest

from carestead.core.calendar import LONDON
from carestead.store.actor import SYSTEM
from carestead.store.audit.models import AuditEvent
from carestead.store.care.digest import digest, note_acted, see_alarms
from carestead.store.care.log import Act, begin, change
from carestead.store.care.models import Alarm, Promise

FRIDAY = datetime(2026, 3, 27, 11, tzinfo=LONDON)
MONDAY = datetime(2026, 3, 30, 8, tzinfo=LONDON)


def alarm(key: str, **more) -> Alarm:
    facts = {"person_id": 7, "subject_kind": "promise", "subject_id": 1, "milestone": "overdue", "rung": "owner",
             "effect": "informs", "to_code": "G1", "raised_at": FRIDAY}  # fmt: skip
    return Alarm.objects.create(key=key, **{**facts, **more})


@pytest.fixture
def two(db):
    return alarm("now", interrupts=True), alarm("later")


def test_what_interrupts_is_heard_at_once_and_the_rest_on_the_next_working_morning(two):
    at_once, later = two
    found = digest([("practitioner", "G1")], at=FRIDAY)
    assert (found.at_once, found.in_digest) == ((at_once,), ())
    assert digest([("practitioner", "G1")], at=MONDAY - timedelta(minutes=1)).in_digest == ()
    assert digest([("practitioner", "G1")], at=MONDAY).in_digest == (later,)
    assert digest([("organisation", "G1")], at=MONDAY).at_once == ()


def test_who_is_no_party_hears_of_nothing(two):
    assert digest([], at=MONDAY).every == ()


def test_what_was_seen_is_not_told_again_and_leaves_an_audit_row(two, gp):
    assert see_alarms(alarm_ids=[a.pk for a in two], by=gp, at=MONDAY) == 2
    assert see_alarms(alarm_ids=[a.pk for a in two], by=gp, at=MONDAY) == 0
    assert digest([("practitioner", "G1")], at=MONDAY).in_digest == ()
    assert AuditEvent.objects.filter(action="see-alarms").first().people == [7]


def promise(gp) -> Promise:
    facts = {"person_id": 7, "state": "requested", "what": "Ring", "done_means": "Spoke", "owner_code": "N1",
             "requester_code": "G1", "author_username": "x", "asked_at": FRIDAY, "due_at": FRIDAY,
             "first_due_at": FRIDAY}  # fmt: skip
    return begin(Promise(**facts), Act("ask", gp, recorded_at=FRIDAY - timedelta(days=1)))


def test_an_alarm_was_acted_on_when_somebody_did_something_to_its_thing(db, gp):
    made = promise(gp)
    alarm("a", subject_id=made.pk)
    alarm("b", subject_id=made.pk, milestone="hold-overdue")
    change(made, Act("escalate", SYSTEM, recorded_at=MONDAY), version=1, why="by the clock")
    assert note_acted() == 0
    change(made, Act("open", gp, recorded_at=MONDAY), version=2, state="received")
    change(made, Act("note", gp, recorded_at=MONDAY + timedelta(days=1)), version=3, why="More")
    assert note_acted() == 2
    assert set(Alarm.objects.values_list("acted_at", flat=True)) == {MONDAY}
    assert note_acted() == 0
