"""The store written out and looked through; and after any history of acts nothing found that acts should prevent."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.care_store import GP_PARTY, NURSES, OTHER, night_nurse, nurse
from tests.hand_over_store import BROWN, CLARK, QUILL, STAFF, TEAL
from tests.search import times

from carestead import gaps
from carestead.care.gaps import invariants
from carestead.care.promise import ASKED
from carestead.care.sides import Party
from carestead.care.templates import TAKE_OVER
from carestead.core.area import create_area
from carestead.core.finding import CaresteadError
from carestead.sources.messages import HospitalEvent, Kind, Reading
from carestead.store.access import PersonFacts
from carestead.store.actor import Actor, Role
from carestead.store.assign import absence, ending, hand_over
from carestead.store.assign.models import DeskShift, HandOver, Responsibility
from carestead.store.audit.actions import record_read
from carestead.store.care import promise_ends, promises, request_outcomes, requests, stays, telling
from carestead.store.care.break_glass import break_glass, end_break_glass
from carestead.store.care.feeds import open_feed
from carestead.store.care.gap_check import check_now, checked
from carestead.store.care.models import BreakGlass, GapCount, Notice, Promise, Request
from carestead.store.care.people import Known
from carestead.store.care.sweep import sweep
from carestead.store.export import TABLES, export
from carestead.store.find.actions import accept_proposal
from carestead.store.find.models import Enrolment
from carestead.tables import table

GP = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")
COORDINATOR = Actor("teal", "Kim Teal", Role.CARE_COORDINATOR, "GRP1", "K1")
LEAD = Actor("lead", "Lee Lead", Role.LEAD, "Y00001")
NUMBERS = {"9990000018": 7, "9990000026": 8}
HOUR = timedelta(hours=1)


@pytest.fixture
def area(tmp_path):
    return create_area(tmp_path / "area", name="Made up", people=1000)


def enrol(person_id: int) -> None:
    accept_proposal(
        person_id=person_id, version=0, practice_code="Y00001", named_gp_code="G1", coordinator_code="K1", by=GP
    )


def ask(at: datetime, person_id: int = 7, **more) -> Promise:
    facts = {"owner": NURSES, "requester": GP_PARTY, "what": "Dress the leg", "done_means": "The wound is seen"}
    return promises.make_promise(person_id=person_id, by=GP, due_at=at + 72 * HOUR, at=at, **{**facts, **more})


def test_every_table_is_written_with_its_columns_also_when_it_is_empty(db, tmp_path):
    counts = export(tmp_path, since=timezone.now())
    assert set(counts) == set(TABLES)
    for name in TABLES:
        assert tuple(pq.read_schema(tmp_path / f"{name}.parquet").names) == table(name).names()


def test_rows_arrive_as_the_store_has_them(db, tmp_path):
    enrol(7)
    at = timezone.now()
    made = ask(at)
    record_read(
        by=nurse, action="see-plan", people=[7], detail={"audience": "community-trust", "parts": ["plan", "about-me"]}
    )
    counts = export(tmp_path, since=at - HOUR)
    [promise] = pq.read_table(tmp_path / "promise.parquet").to_pylist()
    assert (promise["id"], promise["owner_code"], promise["decided_next"]) == (made.pk, "RX901", False)
    assert promise["due_at"] == made.due_at.astimezone(UTC).replace(tzinfo=None)
    [period] = pq.read_table(tmp_path / "enrolment_period.parquet").to_pylist()
    assert (period["person_id"], period["practice_code"], period["end"]) == (7, "Y00001", None)
    events = pq.read_table(tmp_path / "care_event.parquet").to_pylist()
    assert {(e["type"], e["state"], e["owner_code"]) for e in events if e["kind"] == "promise"} == {
        ("ask", "requested", "RX901")
    }
    assert counts["disclosure"] == 2
    assert {r["differs"] for r in pq.read_table(tmp_path / "replay.parquet").to_pylist()} == {None}


def test_a_row_changed_behind_the_log_is_found_with_its_field(db, area):
    enrol(7)
    made = ask(timezone.now())
    Promise.objects.filter(pk=made.pk).update(owner_code="X9")
    with checked(area) as found:
        [row] = found.offenders("R22")
        assert (row["person_id"], row["subject_id"], row["words"]) == (
            7,
            str(made.pk),
            "It is not what its log tells: owner_code",
        )


def open_in_an_emergency(person_id: int) -> BreakGlass:
    facts = PersonFacts(person_id, "Y00001", "GRP1", enrolled=True, holders=frozenset({"G1", "K1"}))
    return break_glass(person=facts, reason="care-now", words="Fell at home", knows=True, by=nurse)


def test_an_opening_in_an_emergency_is_no_gap_until_nobody_reviews_it(db, area):
    enrol(7)
    glass = open_in_an_emergency(7)
    with checked(area) as found:
        assert found.offenders("R16") == []
    late = glass.started_at + timedelta(days=14)
    unreviewed = "nia opened the record and nobody has promised to review it"
    for spoilt, words in (
        ({"review_promise_id": None}, unreviewed),
        ({"review_promise_id": ask(timezone.now(), 8).pk}, unreviewed),
        ({"reason": " "}, "nia opened the record without saying why"),
    ):
        BreakGlass.objects.filter(pk=glass.pk).update(**spoilt)
        with checked(area) as found:
            assert [(r["person_id"], r["words"]) for r in found.offenders("R16")] == [(7, words)]
        glass.save()
    Promise.objects.filter(pk=glass.review_promise_id).update(first_due_at=late)
    with checked(area) as found:
        [row] = found.offenders("R16")
        assert row["words"].endswith("and the review is due more than 5 working days later")


def test_a_check_is_kept_with_its_trend_and_its_working_files_are_gone(db, area):
    check_now(area, by=LEAD)
    check_now(area)
    kept = gaps.newest(area)
    assert [c.invariant for c in kept.counts] == [i.id for i in invariants()]
    assert GapCount.objects.count() == 2 * len(kept.counts)
    assert sorted(p.suffix for p in (area.path / "gaps").iterdir()) == [".json", ".parquet"]


NEEDS_PEOPLE = {"R4", "R14", "R15", "R19", "R23", "R24"}
"""What no act keeps so: a plan written, a load agreed to. All others the acts, the sweep and a staffed desk keep."""

PROMISE_ACTS = ["open", "accept", "reject", "begin", "hold", "resume", "complete", "fail", "cancel", "attempt", "next"]
REQUEST_ACTS = ["outcome", "review", "tell", "close", "revoke", "hold", "resume", "next"]


class Histories(RuleBasedStateMachine):
    """Two people, whatever may happen to them in some days, and whatever may be asked, refused, repeated and delayed.

    An act that is refused is as good as any other; a message may come twice, late, and before the one that came first.
    """

    area = None

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.start = self.now = timezone.now()
        self.stays = count(1)
        self.sent: list[HospitalEvent] = []

    @initialize(hours=st.integers(1, 24))
    def begin(self, hours: int) -> None:
        """At any hour of the day, whenever the test is run."""
        open_feed(source="teasel", name="Teasel", expected_every_minutes=60, by=LEAD, organisation_code="RZZ")
        for n in range(-35, 40):
            day = datetime.combine(self.start.date() + timedelta(days=n), datetime.min.time(), UTC)
            DeskShift.objects.create(
                group_code="Y00001", start=day, end=day + 24 * HOUR, staffed_by="D1", staff_name="Dee", phone="1",
                planned_by="x", planned_at=self.start,
            )  # fmt: skip
        for person in NUMBERS.values():
            enrol(person)
        self.now = timezone.now() + hours * HOUR
        self.something_is_asked(7, own=True, key=None)
        self.a_team_is_asked(7, NURSES)
        self.a_team_is_asked(8, OTHER)
        for kind, hours in ((Kind.DISCHARGE, -1), (Kind.ADMIT, -30)):
            self.the_hospital_tells("9990000018", kind, hours, "V9")

    @rule(hours=st.sampled_from([1, 26, 60]))
    @precondition(lambda self: self.now < self.start + timedelta(days=9))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(to=st.sampled_from(["G2", "G3", "G1"]), person=st.sampled_from([7, 8]))
    def a_hand_over_is_offered(self, to: str, person: int) -> None:
        with self.refused():
            hand_over.offer_hand_over(
                person_id=person, role="named-gp", to_code=to, reason="Moving", by=LEAD, staff=STAFF, at=self.now
            )

    @rule(accept=st.booleans(), which=st.integers(0, 2), stale=st.booleans())
    def an_offer_is_answered(self, accept: bool, which: int, stale: bool) -> None:
        made = list(HandOver.objects.order_by("-pk")[:3])
        if not made:
            return
        one = made[which % len(made)]
        by = next(d for d in (QUILL, BROWN, CLARK) if d.practitioner_code == one.arriving_code)
        how = {"hand_over_id": one.pk, "version": one.version + stale, "by": by, "staff": STAFF, "at": self.now}
        with self.refused():
            if accept:
                hand_over.accept_hand_over(**how)
            else:
                hand_over.decline_hand_over(reason="Full", **how)

    @rule(to=st.sampled_from([BROWN, CLARK]), person=st.sampled_from([7, 8]))
    def somebody_stands_in(self, to: Actor, person: int) -> None:
        """The clinical lead names somebody for the time being, who says yes within the hour."""
        how = {"person_id": person, "role": "named-gp", "staff": STAFF}
        with self.refused():
            hand_over.assign_interim(to_code=to.practitioner_code, reason="Ill", by=LEAD, at=self.now, **how)
            hand_over.acknowledge_interim(by=to, at=self.now + timedelta(minutes=30), **how)
        self.now += HOUR

    @rule(who=st.sampled_from([QUILL, TEAL]), cover=st.sampled_from(["", "G2", "G3"]), yes=st.booleans())
    def somebody_is_away(self, who: Actor, cover: str, yes: bool) -> None:
        with self.refused():
            away = absence.plan_absence(
                practitioner_code=who.practitioner_code, start=self.now, end=self.now + 30 * HOUR, reason="Ill",
                by=LEAD, staff=STAFF, cover_code=cover, at=self.now,
            )  # fmt: skip
            if yes and cover:
                by = BROWN if cover == "G2" else CLARK
                absence.answer_cover(
                    absence_id=away.pk, version=away.version, accept=True, by=by, staff=STAFF, at=self.now
                )

    @rule(kind=st.sampled_from(["moved", "opted-out", "died"]), told=st.booleans())
    @precondition(lambda self: self.now > self.start + timedelta(days=3))
    def an_enrolment_ends(self, kind: str, told: bool) -> None:
        """Refused unless it is said of everything open what becomes of it."""
        enrolment = Enrolment.objects.get(person_id=8)
        fates = {(t.KIND, t.pk): ending.Fate("They are gone") for t in ending.still_open(8, kind) if told}
        with self.refused():
            ending.end_enrolment(
                person_id=8, version=enrolment.version, kind=kind, reason="Gone", by=QUILL, fates=fates,
                receiver="Dr Elsewhere", at=self.now,
            )  # fmt: skip

    @rule(person=st.sampled_from(list(NUMBERS)), kind=st.sampled_from(list(Kind)), hours=st.integers(-40, 0))
    def the_hospital_tells(self, person: str, kind: Kind, hours: int, visit: str = "") -> None:
        visit = visit or f"V{person[-1]}{next(self.stays) % 2}"
        event = HospitalEvent(
            "teasel", visit, kind, self.now + hours * HOUR, nhs_number=person, organisation_code="RZZ", ward="Ward 4"
        )
        self.sent.append(event)
        self.hear(event)

    @rule(person=st.sampled_from([7, 8]), by=st.sampled_from([nurse, night_nurse]), early=st.booleans())
    def somebody_breaks_the_glass(self, person: int, by: Actor, early: bool) -> None:
        """Also of somebody who has gone."""
        with self.refused():
            glass = break_glass(
                person=PersonFacts(person, "Y00001"), reason="care-now", words="Fell", knows=True, by=by, at=self.now
            )
            if early:
                end_break_glass(opening_id=glass.pk, by=by, words="Well again", at=self.now + timedelta(minutes=9))

    @rule(data=st.data())
    @precondition(lambda self: self.sent)
    def the_hospital_tells_again(self, data: st.DataObject) -> None:
        self.hear(data.draw(st.sampled_from(self.sent)))

    @rule()
    def what_was_told_is_seen(self) -> None:
        for notice in Notice.objects.exclude(to_kind="person").order_by("pk")[:3]:
            telling.see(notice=notice, by=GP, at=self.now)

    @rule(person=st.sampled_from([7, 8]), own=st.booleans(), key=st.sampled_from([None, "form-1"]))
    def something_is_asked(self, person: int, own: bool, key: str | None) -> None:
        owner = Party("practitioner", "K1", "Kim Teal") if own else NURSES
        with self.refused():
            ask(self.now, person, owner=owner, key=key)

    @rule(person=st.sampled_from([7, 8]), team=st.sampled_from([NURSES, OTHER]))
    def a_team_is_asked(self, person: int, team: Party) -> None:
        with self.refused():
            requests.make_request(
                person_id=person, what="Physiotherapy", why="Falls", service="physio", team=team, asker=GP_PARTY,
                done_means="Assessed", due_at=self.now + 90 * HOUR, by=GP, at=self.now,
            )  # fmt: skip

    @rule(
        act=st.sampled_from(PROMISE_ACTS),
        which=st.integers(0, 5), stale=st.booleans(),
    )  # fmt: skip
    def a_promise_moves(self, act: str, which: int, stale: bool) -> None:
        """Whoever may do it does: everybody tries in turn."""
        made = list(Promise.objects.order_by("-pk")[:6])
        if not made:
            return
        one = made[which % len(made)]
        how = {"promise_id": one.pk, "version": one.version - (stale and one.version > 1), "at": self.now}
        day: date = timezone.localdate(self.now) + timedelta(days=2)
        do = {
            "open": lambda: promises.open_promise(**how),
            "accept": lambda: promises.accept_promise(**how),
            "begin": lambda: promises.begin_promise(happened_at=self.now, **how),
            "hold": lambda: promises.hold_promise(reason="Away", resume_on=day, **how),
            "resume": lambda: promises.resume_promise(**how),
            "attempt": lambda: promises.record_attempt(happened_at=self.now, note="No answer", **how),
            "complete": lambda: promise_ends.complete_promise(outcome="done", happened_at=self.now, **how),
            "reject": lambda: promise_ends.reject_promise(reason="No room", **how),
            "fail": lambda: promise_ends.fail_promise(reason="Could not", **how),
            "cancel": lambda: promise_ends.cancel_promise(reason="Not wanted", **how),
            "next": lambda: promise_ends.decide_next(note="Leave it", **how),
        }
        for by in (nurse, COORDINATOR, GP):
            how["by"] = by
            with self.refused():
                do[act]()
                break

    @rule(accept=st.sampled_from([True, True, False]), which=st.integers(0, 2), stale=st.booleans())
    @precondition(lambda self: self.now < self.start + timedelta(days=9))
    def what_is_long_late_is_taken_over(self, accept: bool, which: int, stale: bool) -> None:
        """Days pass, the clocks are looked at, and the practice answers what it is offered."""
        self.now += 40 * HOUR
        sweep(at=self.now)
        offers = list(Promise.objects.filter(template=TAKE_OVER, state__in=ASKED).order_by("-pk")[:3])
        if not offers:
            return
        one = offers[which % len(offers)]
        how = {"promise_id": one.pk, "version": one.version - (stale and one.version > 1), "by": LEAD, "at": self.now}
        with self.refused():
            promises.accept_promise(**how) if accept else promise_ends.reject_promise(reason="No room", **how)

    @rule(act=st.sampled_from(REQUEST_ACTS), which=st.integers(0, 2))
    def a_request_moves(self, act: str, which: int) -> None:
        made = list(Request.objects.order_by("-pk")[:3])
        if not made:
            return
        one = made[which % len(made)]
        how = {"request_id": one.pk, "version": one.version, "by": GP, "at": self.now}
        day: date = timezone.localdate(self.now) + timedelta(days=2)
        do = {
            "outcome": lambda: request_outcomes.record_outcome(outcome="Seen", happened_at=self.now, **how),
            "review": lambda: request_outcomes.review_outcome(note="Go on", **how),
            "tell": lambda: request_outcomes.tell_outcome(told_how="by phone", **how),
            "close": lambda: request_outcomes.close_request(**how),
            "revoke": lambda: requests.revoke_request(reason="Better", **how),
            "hold": lambda: requests.hold_request(reason="Away", resume_on=day, **how),
            "resume": lambda: requests.resume_request(**how),
            "next": lambda: requests.ask_next_team(team=OTHER, due_at=self.now + 50 * HOUR, **how),
        }
        with self.refused():
            do[act]()

    @invariant()
    def somebody_holds_each_role(self) -> None:
        """Asked at every step, of everybody: cheap enough for that."""
        held = Responsibility.objects.filter(end__isnull=True).values_list("person_id", "role")
        assert len(held) == len(set(held))

    def hear(self, event: HospitalEvent) -> None:
        known = {n: Known(p, date(1941, 5, 17), None, "Y00001", "", ()) for n, p in NUMBERS.items()}
        reading = Reading(event, (), f"{event.visit_id} {event.kind} {event.happened_at}")
        with self.refused():
            stays.receive_message(
                reading=reading, source="teasel", find=lambda n: [known[n]] if n in known else [], at=self.now
            )

    def refused(self):
        return _Refused()

    def teardown(self) -> None:
        try:
            # time goes on until everything open is late; the clocks are looked at as they are every few minutes
            for hours in (1, 40, 100):
                at = self.now + hours * HOUR
                sweep(at=at)
            with checked(self.area, at=at + timedelta(minutes=1)) as found:
                wrong = {
                    c.invariant: found.offenders(c.invariant)
                    for c in found.counts
                    if c.now and c.invariant not in NEEDS_PEOPLE
                }
            assert wrong == {}
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)


class _Refused:
    """An act that is refused changes nothing; whatever else goes wrong is an error."""

    def __enter__(self) -> None:
        self.part = transaction.atomic()
        self.part.__enter__()

    def __exit__(self, kind, value, trace) -> bool:
        self.part.__exit__(kind, value, trace)
        return isinstance(value, CaresteadError)


@pytest.mark.slow
def test_no_history_of_acts_leaves_a_gap_that_they_should_prevent(db, area):
    Histories.area = area
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=times(5),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],
        ),
    )


def test_the_parts_of_a_check_are_where_its_area_is(db, area, tmp_path):
    check_now(area)
    assert Path(gaps.newest(area).part).parent == area.path / "gaps"
