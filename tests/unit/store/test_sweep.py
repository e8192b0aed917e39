"""The sweep adds what time asks for, once, whenever and however often it runs; and it ends nothing."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.at_once import at_once

from carestead.care.templates import RUNS_ON
from carestead.core.area import create_area
from carestead.core.calendar import LONDON
from carestead.store.actor import SYSTEM
from carestead.store.assign.actions import append_entry, last_entry
from carestead.store.assign.ending import end_enrolment
from carestead.store.assign.models import Absence, Departure
from carestead.store.care import groups
from carestead.store.care.gap_check import checked
from carestead.store.care.log import Act, begin, change, untold
from carestead.store.care.models import Alarm, Message, Notice, Plan, Promise, Request
from carestead.store.care.sweep import Swept, sweep
from carestead.store.find.actions import accept_proposal
from carestead.store.find.models import Enrolment
from carestead.store.jobs.registry import find, scheduled

START = datetime(2026, 3, 2, 9, tzinfo=LONDON)
DUE = datetime(2026, 3, 30, 18, 30, tzinfo=LONDON)
NOTHING = Swept()


@pytest.fixture
def enrolled(db, gp):
    for person_id in (7, 8):
        accept_proposal(
            person_id=person_id, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=gp
        )
    Notice.objects.all().delete()  # the letters of the enrolment are another story
    return 7


def promised(by, **changed) -> Promise:
    facts = {"person_id": 7, "state": "accepted", "what": "Carer in the morning", "done_means": "A carer came",
             "owner_code": "N1", "owner_name": "Nurse Nell", "requester_code": "G1", "author_username": "quill",
             "asked_at": START, "due_at": DUE, "first_due_at": DUE}  # fmt: skip
    return begin(Promise(**{**facts, **changed}), Act("ask", by, recorded_at=START))


def raised() -> list[tuple[str, str, str, str]]:
    rows = Alarm.objects.order_by("raised_at", "key")
    return [(a.subject_kind, a.milestone, a.to_kind, a.to_code) for a in rows]


def later(**span) -> datetime:
    return DUE + timedelta(**span)


def test_a_late_promise_climbs_the_ladder_and_stays_open(enrolled, gp):
    promise = promised(gp)
    assert sweep(at=later(minutes=-1)) == NOTHING
    assert sweep(at=later(days=20)).alarms == 4
    assert raised() == [
        ("promise", "overdue", "practitioner", "N1"),
        ("promise", "coordinator-asked", "practitioner", "K1"),
        ("promise", "gp-asked", "practitioner", "G1"),
        ("promise", "lead-offers", "organisation", "Y00001"),
    ]
    kept = Promise.objects.get(pk=promise.pk)
    assert (kept.state, kept.owner_code, kept.version) == ("accepted", "N1", 1)
    assert list(untold()) == []


def test_a_sweep_twice_late_or_before_gives_the_same(enrolled, gp):
    promised(gp)
    times = [later(days=d) for d in (1, 9, 3, 40, 2)]  # the clock jumps forward and back
    for at in times:
        sweep(at=at)
    once = set(Alarm.objects.values_list("key", "to_code", "raised_at"))
    Alarm.objects.all().delete()
    sweep(at=max(times))
    assert set(Alarm.objects.values_list("key", "to_code", "raised_at")) == once
    assert sweep(at=max(times)) == NOTHING
    assert sweep(at=min(times)) == NOTHING


def test_an_offer_to_take_over_is_made_once_and_moves_nothing(enrolled, gp):
    promise = promised(gp)
    assert sweep(at=later(days=20)).offers == 1
    assert sweep(at=later(days=21)).offers == 0
    offer = Promise.objects.get(template="take-over")
    assert (offer.replaces_id, offer.owner_kind, offer.owner_code, offer.state) == (
        promise.pk, "organisation", "Y00001", "requested",
    )  # fmt: skip
    sweep(at=later(days=400))  # an offer that nobody answers is late itself, and makes no offer of its own
    assert Promise.objects.count() == 2
    assert Promise.objects.get(pk=promise.pk).owner_code == "N1"


def test_nothing_that_is_closed_or_only_drafted_has_an_alarm(enrolled, gp):
    promised(gp, state="completed", outcome="done", happened_at=DUE)
    promised(gp, state="cancelled", reason="Moved")
    promised(gp, state="draft")
    assert sweep(at=later(days=40)) == NOTHING


def test_an_edit_does_not_reset_the_age_and_a_new_date_has_alarms_of_its_own(enrolled, gp):
    promise = promised(gp)
    sweep(at=later(hours=1))
    change(promise, Act("note", gp), version=1, why="A word more")
    assert sweep(at=later(hours=2)) == Swept(acted=1)
    change(promise, Act("agree-date", gp), version=2, due_at=later(days=7))
    assert sweep(at=later(days=6)) == NOTHING
    assert sweep(at=later(days=7, hours=1)).alarms == 1


def test_on_hold_is_quiet_until_the_day_it_was_to_be_resumed(enrolled, gp):
    promised(gp, state="on-hold", reason="In hospital", resume_on=date(2026, 4, 20))
    assert sweep(at=datetime(2026, 4, 20, 7, 59, tzinfo=LONDON)) == NOTHING
    sweep(at=datetime(2026, 4, 20, 8, tzinfo=LONDON))
    assert {(kind, milestone, to) for kind, milestone, _, to in raised()} == {
        ("promise", "hold-overdue", "N1"), ("promise", "overdue", "N1"),
    }  # fmt: skip


def away(code: str, cover: str = "", **more) -> Absence:
    state = "accepted" if cover else "desk"
    facts = {"start": START, "end": later(days=60), "reason": "Ill", "planned_by": "x", "planned_at": START}
    return Absence.objects.create(
        practitioner_code=code, **{**facts, "cover_code": cover, "cover_state": state, **more}
    )


def test_who_is_away_is_answered_for_and_stays_the_owner(enrolled, gp):
    away("N1", cover="N2")
    away("K1")
    promised(gp)
    sweep(at=later(days=3), groups={"Y00001": "GRP1"})
    assert raised() == [
        ("promise", "overdue", "practitioner", "N1"),
        ("promise", "cover-asked", "practitioner", "N2"),
        ("promise", "coordinator-asked", "desk", "GRP1"),
    ]


def test_a_cover_who_is_away_does_not_answer(enrolled, gp):
    away("N1", cover="N2")
    Departure.objects.create(practitioner_code="N2", leaves_at=START, reason="x", recorded_by="x", recorded_at=START)
    promised(gp)
    sweep(at=later(days=2), groups={"Y00001": "GRP1"})
    assert raised()[1] == ("promise", "cover-asked", "desk", "GRP1")


def test_covers_in_a_circle_end_at_the_desk(enrolled, gp):
    away("N1", cover="N2")
    away("N2", cover="N1")
    promised(gp)
    sweep(at=later(days=2), groups={"Y00001": "GRP1"})
    assert raised()[1] == ("promise", "cover-asked", "desk", "GRP1")


def test_death_stops_the_clocks_but_not_those_that_come_after(enrolled, gp):
    promised(gp)
    promised(gp, template="after-death-visit")
    Enrolment.objects.filter(person_id=7).update(state="ended", reason="Died", end_kind="died")
    sweep(at=later(hours=1))
    assert Alarm.objects.get().subject_id == Promise.objects.get(template="after-death-visit").pk


@pytest.mark.parametrize(("template", "chased"), [*((template, True) for template in RUNS_ON), ("home-visit", False)])
def test_the_sweep_chases_after_a_death_what_the_check_of_gaps_lets_run(enrolled, gp, tmp_path, template, chased):
    version = Enrolment.objects.get(person_id=7).version
    end_enrolment(person_id=7, version=version, kind="died", reason="At home", by=gp, fates={})
    promised(gp, template=template)
    promised(gp)  # of no template: the check finds it, so that it can find the other
    sweep(at=later(hours=1))
    after = timezone.now() + timedelta(hours=1)
    with checked(create_area(tmp_path / "area", name="Small"), at=after) as found:
        running = {int(row["subject_id"]) for row in found.offenders("R20")}
    one, other = Promise.objects.order_by("pk").values_list("pk", flat=True)
    assert set(Alarm.objects.values_list("subject_id", flat=True)) == ({one} if chased else set())
    assert running == {other} | (set() if chased else {one})


def test_a_commissioner_hears_that_it_is_late_and_not_whose_it_is(enrolled, gp):
    promised(gp)
    sweep(at=later(days=60))
    told = Alarm.objects.get(rung="commissioner")
    assert (told.to_code, told.person_id) == ("commissioner", None)


def test_a_gp_is_interrupted_only_by_what_they_must_do_themselves(enrolled, gp):
    soon = {"asked_at": later(days=-2), "due_at": DUE, "first_due_at": DUE}
    promised(gp, **soon)
    promised(gp, owner_code="G1", requester_code="K1", **soon)
    sweep(at=later(days=3))
    to_gp = Alarm.objects.filter(to_code="G1").order_by("milestone").values_list("milestone", "interrupts")
    assert list(to_gp) == [("gp-asked", False), ("overdue", True)]


def test_a_request_that_waits_for_nobody_is_found(enrolled, gp):
    request = begin(
        Request(person_id=7, state="active", what="Home care", why="Fell", service="home-care", team_code="H1",
                asker_code="K1", author_username="x", asked_at=START, due_at=later(days=90)), Act("ask", gp),
    )  # fmt: skip
    ask = promised(gp, request_id=request.pk, owner_code="H1", owner_kind="organisation", due_at=later(days=90))
    assert sweep(at=later()) == NOTHING
    change(ask, Act("reject", gp), version=1, state="rejected", reason="Full", ended_at=later())
    assert sweep(at=later(hours=12)) == NOTHING
    sweep(at=later(days=1, minutes=1))
    assert raised() == [("request", "idle-overdue", "practitioner", "K1")]


def test_a_plan_past_its_review_has_an_open_promise_to_review_it(enrolled, gp):
    begin(
        Plan(person_id=7, state="active", agreed_on=START.date(), signed_at=START, written_at=START,
             review_on=DUE.date()), Act("sign", gp),
    )  # fmt: skip
    assert sweep(at=later(days=-1)).reviews == 0
    assert [sweep(at=later(days=n)).reviews for n in (0, 0, 1)] == [1, 0, 0]
    review = Promise.objects.get(template="plan-review")
    assert (review.owner_code, review.requester_code, review.state) == ("K1", "G1", "requested")
    change(review, Act("cancel", gp), version=1, state="cancelled", reason="Later")
    assert sweep(at=later(days=2)).reviews == 1  # the plan is still past its review: closing a promise changes nothing


def test_a_letter_that_nobody_sent_is_the_coordinators(enrolled, gp):
    last = last_entry(7, "named-gp")
    append_entry(person_id=7, role="named-gp", holder_code="G2", basis="accepted", by=gp, last=last)
    notice = Notice.objects.get()
    assert sweep(at=notice.due_at - timedelta(minutes=1)) == NOTHING
    sweep(at=notice.due_at)
    assert raised() == [("notice", "overdue", "practitioner", "K1")]
    notice.refresh_from_db()
    assert (notice.state, notice.escalated_at) == ("queued", notice.due_at)  # the sweep ran at that instant
    assert list(untold()) == []


def test_what_a_professional_has_not_seen_is_told_to_somebody_else(enrolled, gp):
    begin(
        Notice(person_id=7, state="given", about="discharge", to_kind="practitioner", to_code="G1", queued_at=START,
               due_at=DUE, given_at=START), Act("queue", SYSTEM),
    )  # fmt: skip
    sweep(at=DUE)
    assert raised() == [("notice", "overdue", "practitioner", "K1")]
    assert Notice.objects.get().state == "escalated"


def test_what_a_coordinator_has_not_seen_is_told_to_the_gp(enrolled, gp):
    begin(
        Notice(person_id=7, state="given", about="discharge", to_kind="practitioner", to_code="K1", queued_at=START,
               due_at=DUE, given_at=START), Act("queue", SYSTEM),
    )  # fmt: skip
    sweep(at=DUE)
    assert raised() == [("notice", "overdue", "practitioner", "G1")]


def test_an_interim_holder_who_does_not_acknowledge_it_is_reminded(enrolled, gp):
    last = last_entry(7, "named-gp")
    entry = append_entry(person_id=7, role="named-gp", holder_code="G9", basis="interim", by=gp, last=last)
    sweep(at=entry.start + timedelta(days=7))
    assert ("interim", "overdue", "practitioner", "G9") in raised()


def test_a_message_that_nobody_answered_becomes_a_promise_once(enrolled, gp):
    begin(
        Message(person_id=7, state="sent", from_code="K1", to_code="G1", text="?", sent_at=START, answer_by_at=DUE),
        Act("send", gp),
    )  # fmt: skip
    assert [sweep(at=later(minutes=n)).answers for n in (-1, 1, 2)] == [0, 1, 0]
    assert Promise.objects.get(template="answer-message").owner_code == "G1"


def test_a_plan_on_hold_is_not_forgotten(enrolled, gp):
    begin(Plan(person_id=7, state="on-hold", reason="Abroad", written_at=START, resume_on=DUE.date()), Act("hold", gp))
    sweep(at=later())
    assert raised() == [("plan", "hold-overdue", "practitioner", "K1")]


def test_a_long_absence_is_told_to_everybody_whose_holder_is_away(enrolled, gp):
    absence = away("G1", start=START, end=START + timedelta(days=13))
    assert sweep(at=START + timedelta(days=1)).letters == 0
    Absence.objects.filter(pk=absence.pk).update(end=START + timedelta(days=14))
    assert [sweep(at=START + timedelta(days=n)).letters for n in (1, 1, 2)] == [2, 0, 0]
    assert set(Notice.objects.values_list("person_id", "about")) == {(7, "absence"), (8, "absence")}


def test_an_absence_without_an_end_is_told_once_it_has_lasted(enrolled, gp):
    away("G1", end=None, cover="G2")
    assert sweep(at=START + timedelta(days=13)).letters == 0
    assert sweep(at=START + timedelta(days=14)).letters == 2
    assert Notice.objects.first().facts_told["cover"] == "G2"


def test_more_things_than_fit_in_one_transaction(enrolled, gp):
    row = promised(gp)
    facts = {f.attname: getattr(row, f.attname) for f in Promise._meta.concrete_fields if f.attname != "id"}
    Promise.objects.bulk_create(Promise(**facts) for _ in range(1100))
    assert sweep(at=later(hours=1)).alarms == 1101


def test_two_sweeps_at_once_raise_each_alarm_once(committed, gp):
    accept_proposal(person_id=7, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=gp)
    Notice.objects.all().delete()
    for _ in range(20):
        promised(gp)
    swept = at_once([lambda: sweep(at=later(days=20))] * 4)
    assert all(isinstance(each, Swept) for each in swept), swept
    assert Alarm.objects.count() == 80
    assert Promise.objects.filter(template="take-over").count() == 20


def test_a_worker_sweeps_by_itself_and_knows_the_groups(enrolled, gp, monkeypatch):
    monkeypatch.setattr(groups, "_find", [])
    groups.look_up(lambda: {"Y00001": "GRP1"})
    away("N1")
    promised(gp)
    beats = []
    ended = find("sweep").run(at=later(days=2), beat=lambda: beats.append(1))
    ended()
    assert raised()[1] == ("promise", "cover-asked", "desk", "GRP1")
    assert beats
    assert "sweep" in [r.name for r in scheduled()]


LOOKED_FOR = ("R11", "R12", "R13", "R17")


def test_the_check_of_gaps_finds_what_was_late_before_the_sweep_and_nothing_after_it(enrolled, gp, tmp_path):
    """Two readings of the same rules, one in Python and one in SQL, agree."""
    promised(gp, asked_at=later(days=-2))
    promised(gp)
    promised(gp, owner_code="H1", owner_kind="organisation", due_at=later(days=-9))
    promised(gp, state="on-hold", reason="Away", resume_on=date(2026, 4, 1))
    away("K1", cover="K2", end=later(days=90))
    area, at = create_area(tmp_path / "area", name="Small"), later(days=40)
    assert set(gaps_found(area, at)) == {"R12", "R13"}
    sweep(at=at)
    assert gaps_found(area, at) == {}


def gaps_found(area, at) -> dict[str, list[str]]:
    with checked(area, at=at) as made:
        said = {r: [row["words"] for row in made.offenders(r) if row["so_now"]] for r in LOOKED_FOR}
    return {r: words for r, words in said.items() if words}
