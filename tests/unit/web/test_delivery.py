"""The page of delivery: what the store knows, counted; nobody's name, and no small number."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from carestead.store.actor import Actor, Role
from carestead.store.assign.models import Absence, DeskShift
from carestead.store.audit.models import AuditEvent
from carestead.store.care.delivery import Period, distributions
from carestead.store.care.log import Act, begin
from carestead.store.care.models import Alarm, Promise, Stay
from carestead.store.find.actions import accept_proposal

GP = Actor("gp", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")
GROUPS = {"Y00001": "GRP1"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def lived_in(pages, now):
    """Twelve people of Millbrook, their promises, discharges, alarms and a GP who is away."""
    for n in range(12):
        accept_proposal(
            person_id=n * 2, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=GP
        )
        promise(now, n, happened_at=now - timedelta(days=3 if n < 6 else 1), state="completed", outcome="done")
    return pages


def promise(now, n, **more) -> Promise:
    due = now - timedelta(days=2)
    facts = {"person_id": n, "state": "accepted", "what": "Ring", "done_means": "Spoke", "owner_code": "N1",
             "requester_code": "G1", "author_username": "x", "asked_at": now - timedelta(days=9), "due_at": due,
             "first_due_at": due}  # fmt: skip
    return begin(Promise(**{**facts, **more}), Act("ask", GP))


def measured(now, title) -> dict[str, int]:
    return next(dict(d.counts) for d in distributions(now, GROUPS) if d.title == title)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_promises_are_told_by_when_they_were_kept(lived_in, now):
    promise(now, 1)
    promise(now, 1, due_at=now + timedelta(days=1))
    promise(now, 1, state="entered-in-error")
    found = measured(now, "Promises that fell due")
    assert (found["kept on time"], found["late, up to 1 day"], found["open, overdue"]) == (6, 6, 1)
    said = text(lived_in("analyst").get("/delivery/"))
    assert "46% of promises were kept on time." in said  # 6 of 13
    assert "Open, overdue withheld" in said


def test_contact_is_the_first_real_one_whichever_promise_it_kept(lived_in, now):
    for n in range(12):
        stay = begin(
            Stay(person_id=n, state="finished", source="s", visit_id=str(n), discharged_at=now - timedelta(days=5),
                 first_heard_at=now), Act("discharge", GP),
        )  # fmt: skip
        first = promise(now, n, stay_id=stay.pk, state="failed", reason="Not reached")
        if n < 6:
            promise(now, n, stay_id=stay.pk, state="completed", outcome="done", replaces_id=first.pk,
                    happened_at=now - timedelta(days=4))  # fmt: skip
    found = measured(now, "Contact after a discharge")
    assert (found["up to 24 hours"], found["not made after 72 hours"]) == (6, 6)
    assert "50% of discharges had real contact within 72 hours." in text(lived_in("lead").get("/delivery/"))


def test_a_gap_is_the_time_without_holder_cover_and_desk(lived_in, now):
    week = now - timedelta(days=8)
    Absence.objects.create(practitioner_code="G1", start=week, end=week + timedelta(days=7), reason="Ill",
                           planned_by="x", planned_at=week)  # fmt: skip
    assert measured(now, "Hours in which nobody answered")["no gap"] == 12
    for n in range(8):
        start = week + timedelta(days=n - 1)
        DeskShift.objects.create(group_code="GRP1", start=start, end=start + timedelta(days=1), staffed_by="N1",
                                 staff_name="Nell", phone="1", planned_by="x", planned_at=week)  # fmt: skip
    assert measured(now, "Hours in which nobody answered")["no gap"] == 24


def test_a_cover_who_is_away_too_leaves_a_gap(lived_in, now):
    week = now - timedelta(days=8)
    span = {"start": week, "end": week + timedelta(days=7), "reason": "Ill", "planned_by": "x", "planned_at": week}
    Absence.objects.create(practitioner_code="G1", cover_code="G2", cover_state="accepted", **span)
    assert measured(now, "Hours in which nobody answered")["no gap"] == 24
    Absence.objects.create(practitioner_code="G2", **span)
    assert measured(now, "Hours in which nobody answered")["no gap"] == 12


def test_alarms_are_counted_for_each_gp_and_day_and_by_what_followed(lived_in, now):
    at = now - timedelta(days=(now.date() - Period(now, 12).mondays[-1]).days)
    for n in range(6):
        Alarm.objects.create(key=str(n), subject_kind="promise", subject_id=n, milestone="gp-asked", rung="named-gp",
                             effect="asks", to_code="G1", acted_at=now if n < 5 else None, raised_at=at)  # fmt: skip
    assert measured(now, "Alarms for each GP and day")["over 5 to 10 alarms"] == 1
    assert measured(now, "Alarms acted on") == {"acted on": 5, "not acted on yet": 1}


def test_clicks_and_minutes_come_from_the_log_of_who_looked(lived_in, now):
    week = Period(now, 12).mondays[-1]
    at = now - timedelta(days=(now.date() - week).days)
    for minute in range(12):
        AuditEvent.objects.create(at=at + timedelta(minutes=minute), kind="read", action="see-person", username="gp",
                                  name="x", role="named-gp", organisation_code="Y1", people=[1])  # fmt: skip
    assert measured(now, "Clicks")["over 10 to 50 clicks"] == 1
    assert measured(now, "Minutes")["over 10 to 30 minutes"] == 1


def test_everything_is_a_table_too_and_names_nobody(lived_in):
    answer = lived_in("analyst").get("/delivery/delivery.csv")
    lines = answer.content.decode().splitlines()
    assert lines[0] == "measure,of,band,count"
    assert '"Contacts with the named GP, before enrolment",people,up to 25 per cent,0' in lines
    assert not AuditEvent.objects.filter(kind="read", action__contains="delivery").exists()


def test_a_commissioner_hears_of_what_is_long_overdue_as_a_count(lived_in, now):
    for n in range(7):
        Alarm.objects.create(key=str(n), subject_kind="promise", subject_id=n, milestone="commissioner-told",
                             raised_at=now, rung="commissioner", effect="informs", to_kind="organisation",
                             to_code="commissioner")  # fmt: skip
    assert "7 promises are so long overdue that you are told" in text(lived_in("commissioner").get("/delivery/"))
    Alarm.objects.filter(subject_id__gt=2).delete()
    assert "Fewer than 5 promises are so long overdue" in text(lived_in("commissioner").get("/delivery/"))
    assert "long overdue" not in text(lived_in("analyst").get("/delivery/"))


def test_an_empty_store_says_that_there_is_nothing_yet(pages):
    said = text(pages("analyst").get("/delivery/"))
    assert "There are no promises in this time." in said
    assert "There are no discharges in this time." in said


def test_it_is_for_analysts_and_leads(pages):
    for persona, status in (
        ("analyst", 200),
        ("lead", 200),
        ("commissioner", 200),
        ("gp", 403),
        ("coordinator", 403),
        ("partner", 403),
    ):
        assert pages(persona).get("/delivery/").status_code == status
