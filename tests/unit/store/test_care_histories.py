"""Random histories: acts by random people, sent twice, late, stale or out of order. What must hold always, does."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.care_store import AT, GP_PARTY, NURSES, OTHER, gave, night_nurse, nurse, person_actor
from tests.search import times

from carestead.care.clocks import clocks
from carestead.care.promise import ASKED, ENDED, OPEN
from carestead.care.request import LIVE
from carestead.care.sides import Party
from carestead.care.templates import TAKE_OVER, outcomes
from carestead.core.finding import CaresteadError
from carestead.reference.calendars import working_calendar
from carestead.store.actor import Actor, Role
from carestead.store.assign.actions import open_responsibility
from carestead.store.assign.models import Absence
from carestead.store.care import messages, promise_ends, promises, request_outcomes, requests, sending
from carestead.store.care.arising import take_overs
from carestead.store.care.log import untold
from carestead.store.care.models import Alarm, Message, Promise, Request
from carestead.store.care.reroute import reroute_promises
from carestead.store.care.take_over import replaced
from carestead.store.care.things import CareEvent
from carestead.store.care.watched import Look

ADA = Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1")
KIM = Actor("teal", "Kim Teal", Role.CARE_COORDINATOR, "GRP1", "K1")
ROOK = Actor("rook", "Dr Ben Rook", Role.NAMED_GP, "Y00002", "G2")
LEE = Actor("lee", "Lee Lead", Role.LEAD, "Y00001")
PAT = Actor("purse", "Pat Purse", Role.COMMISSIONER, "E10001")
PEOPLE = [ADA, KIM, ROOK, LEE, PAT, nurse, night_nurse, person_actor, gave(person_actor)]
OWNERS = [NURSES, OTHER, GP_PARTY, Party("practitioner", "K1"), Party("person", "7"), Party("carer", "7")]
REQUESTERS = [GP_PARTY, Party("practitioner", "K1"), Party("person", "7")]

somebody, hours = st.sampled_from(PEOPLE), st.integers(0, 400)
LATER = {"reason": "Away", "resume_on": (AT + timedelta(days=900)).date()}
PROMISE_ACTS = {
    "open": (promises.open_promise, {}),
    "accept": (promises.accept_promise, {"channel": "phone", "accepted_by": "Joy"}),
    "begin": (promises.begin_promise, {"happened_at": "past"}),
    "attempt": (promises.record_attempt, {"happened_at": "past", "note": "No answer"}),
    "hold": (promises.hold_promise, LATER),
    "resume": (promises.resume_promise, {}),
    "note": (promises.note_on_promise, {"note": "Rang"}),
    "offer-date": (promises.offer_date, {"new_due": AT + timedelta(days=30), "reason": "Snow"}),
    "agree-date": (promises.agree_date, {}),
    "keep-date": (promises.keep_date, {}),
    "acknowledge": (promises.acknowledge_cancelled, {}),
    "ask": (promises.send_promise, {}),
    "complete": (promise_ends.complete_promise, {"outcome": "any", "happened_at": "past"}),
    "reject": (promise_ends.reject_promise, {"reason": "No room"}),
    "fail": (promise_ends.fail_promise, {"reason": "Could not"}),
    "cancel": (promise_ends.cancel_promise, {"reason": "Not wanted"}),
    "correct": (promise_ends.correct_promise, {"reason": "Wrong person"}),
    "decide-next": (promise_ends.decide_next, {"note": "Leave it"}),
    "decide-next ": (promise_ends.ask_another, {"owner": OTHER, "due_at": AT + timedelta(days=5)}),
    "not-done": (promise_ends.say_not_done, {"reason": "Nobody came"}),
}
REQUEST_ACTS = {
    "next-team": (requests.ask_next_team, {"team": OTHER, "due_at": AT + timedelta(days=5)}),
    "hold": (requests.hold_request, LATER),
    "resume": (requests.resume_request, {}),
    "revoke": (requests.revoke_request, {"reason": "Not wanted"}),
    "correct": (requests.correct_request, {"reason": "Wrong person"}),
    "outcome": (request_outcomes.record_outcome, {"outcome": "Came", "happened_at": "past"}),
    "review": (request_outcomes.review_outcome, {"note": "Go on"}),
    "tell": (request_outcomes.tell_outcome, {"told_how": "by telephone"}),
    "close": (request_outcomes.close_request, {}),
}


def draw_act(data, table, kind, thing, at):
    """Somebody and an act that they may do; now and then anybody and anything."""
    sides = {p: kind.sides(thing, p, at) for p in PEOPLE}
    may = [(p, a) for p in PEOPLE for a in table if a.strip() in kind.machine.acts(thing.state, sides[p])]
    may = [pair for pair in may for _ in range(1 if pair[1] in ("note", "correct", "cancel", "attempt") else 5)]
    if may and data.draw(st.integers(0, 9)) < 8:
        return data.draw(st.sampled_from(may))
    return data.draw(somebody), data.draw(st.sampled_from(list(table)))


class Histories(RuleBasedStateMachine):
    """Person 7 is looked after by Dr Quill, who is away with Dr Rook as cover, and Kim Teal."""

    @initialize()
    def start(self) -> None:
        """Some promises and a request are there from the start."""
        self.mark = transaction.savepoint()
        self.now, self.keys = AT, 0
        self.sent: list[tuple] = []
        self.ended: dict[int, str] = {}
        self.first: dict[int, tuple] = {}
        for role, code in (("named-gp", "G1"), ("coordinator", "K1")):
            open_responsibility(person_id=7, role=role, practitioner_code=code, by=ADA)
        Absence.objects.create(
            practitioner_code="G1", start=AT, reason="Leave", cover_code="G2", cover_state="accepted", planned_by="x",
            planned_at=AT,
        )  # fmt: skip
        for owner in OWNERS[:4]:
            self.asks(owner, REQUESTERS[0], KIM, False, 48)
        self.requests(ADA, 48)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.mark)

    def tries(self, do, **given) -> None:
        """Do it; refused, it must have changed nothing."""
        before = CareEvent.objects.count()
        try:
            do(**given)
        except CaresteadError as refused:
            assert refused.what
            assert CareEvent.objects.count() == before, "a refusal left something behind"
        else:
            self.sent.append((do, given))

    def how(self, by, stale: bool, thing) -> dict:
        self.keys += 1
        return {"by": by, "version": thing.version - stale, "key": f"k{self.keys}", "at": self.now}

    def filled(self, given: dict, late: int) -> dict:
        return {k: self.now - timedelta(hours=late) if v == "past" else v for k, v in given.items()}

    @rule(data=st.data())
    def asks_something(self, data) -> None:
        if data.draw(st.booleans()):
            self.requests(data.draw(somebody), data.draw(hours))
        else:
            owner, requester = data.draw(st.sampled_from(OWNERS)), data.draw(st.sampled_from(REQUESTERS))
            self.asks(owner, requester, data.draw(somebody), data.draw(st.booleans()), data.draw(hours))

    def asks(self, owner, requester, by, draft, due) -> None:
        self.keys += 1
        self.tries(
            promises.make_promise, person_id=7, owner=owner, requester=requester, what="Ring", done_means="Spoken to",
            due_at=AT + timedelta(hours=due), by=by, draft=draft, key=f"k{self.keys}", at=self.now,
        )  # fmt: skip

    def requests(self, by, due) -> None:
        self.keys += 1
        self.tries(
            requests.make_request, person_id=7, what="Sit", why="Falls", service="sitting", team=NURSES, asker=GP_PARTY,
            done_means="Sat", due_at=AT + timedelta(hours=due), by=by, key=f"k{self.keys}", at=self.now,
        )  # fmt: skip

    @precondition(lambda self: Promise.objects.exists())
    @rule(data=st.data(), times=st.integers(1, 6))
    def act(self, data, times) -> None:
        for _ in range(times):
            self.acts(data, data.draw(hours), data.draw(st.sampled_from([0, 0, 0, 0, 1])))

    def acts(self, data, late, stale) -> None:
        thing = Promise.objects.get(pk=data.draw(st.sampled_from(sorted(Promise.objects.values_list("pk", flat=True)))))
        by, name = draw_act(data, PROMISE_ACTS, promises.KIND, thing, self.now)
        do, given = PROMISE_ACTS[name]
        given = self.filled(given, late)
        if "outcome" in given:
            given["outcome"] = data.draw(st.sampled_from(list(outcomes(thing.template))))
        self.tries(do, promise_id=thing.pk, **given, **self.how(by, stale, thing))

    @precondition(lambda self: Request.objects.exists())
    @rule(data=st.data(), late=hours, stale=st.sampled_from([0, 0, 0, 0, 1]))
    def acts_on_request(self, data, late, stale) -> None:
        thing = Request.objects.get(pk=data.draw(st.sampled_from(sorted(Request.objects.values_list("pk", flat=True)))))
        by, name = draw_act(data, REQUEST_ACTS, requests.KIND, thing, self.now)
        do, given = REQUEST_ACTS[name]
        self.tries(do, request_id=thing.pk, **self.filled(given, late), **self.how(by, stale, thing))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def sends_again(self, data) -> None:
        do, given = data.draw(st.sampled_from(self.sent))
        before = CareEvent.objects.count()
        do(**given)
        assert CareEvent.objects.count() == before, "sent twice, done twice"

    @rule(by=st.sampled_from([ADA, KIM, nurse]), to=st.sampled_from(OWNERS), answer=st.booleans())
    def writes(self, by, to, answer) -> None:
        until = self.now + timedelta(hours=4) if answer else None
        self.tries(sending.send_message, to=to, text="When?", by=by, person_id=7, answer_by_at=until, at=self.now,
                   key=f"m{Message.objects.count()}")  # fmt: skip

    @precondition(lambda self: Message.objects.exists())
    @rule(by=somebody, do=st.sampled_from([messages.read_message, messages.answer_message]))
    def reads(self, by, do) -> None:
        thing = Message.objects.order_by("pk").last()
        words = {"text": "Today"} if do is messages.answer_message else {}
        self.tries(do, message_id=thing.pk, **words, **self.how(by, False, thing))

    @rule(passed=st.integers(1, 900))
    def time_passes(self, passed) -> None:
        self.now += timedelta(hours=passed)
        ended = set(Promise.objects.filter(state__in=ENDED).values_list("pk", flat=True))
        messages.turn_unanswered_into_promises(at=self.now)
        assert set(Promise.objects.filter(state__in=ENDED).values_list("pk", flat=True)) == ended

    @precondition(lambda self: self.late())
    @rule(data=st.data(), to=st.sampled_from([OTHER, Party("organisation", "Y00001")]))
    def is_offered(self, data, to) -> None:
        """The rung of the ladder that transfers, of anything that may be late."""
        self.keys += 1
        alarm = Alarm(
            key=f"k{self.keys}", subject_kind="promise", subject_id=data.draw(st.sampled_from(self.late())),
            effect="transfers", to_kind=to.kind, to_code=to.code,
        )  # fmt: skip
        take_overs([alarm], Look(self.now, clocks(), working_calendar()))

    def late(self) -> list[int]:
        return sorted(Promise.objects.filter(state__in=OPEN - {"draft"}).values_list("pk", flat=True))

    @precondition(lambda self: Promise.objects.filter(template=TAKE_OVER, state__in=ASKED).exists())
    @rule(data=st.data(), stale=st.sampled_from([0, 0, 0, 1]))
    def takes_over(self, data, stale) -> None:
        offers = Promise.objects.filter(template=TAKE_OVER, state__in=ASKED).values_list("pk", flat=True)
        thing = Promise.objects.get(pk=data.draw(st.sampled_from(sorted(offers))))
        self.tries(
            promises.accept_promise, promise_id=thing.pk, **self.how(data.draw(st.sampled_from([LEE, night_nurse])),
            stale, thing),
        )  # fmt: skip

    @rule(role=st.sampled_from(["named-gp", "coordinator"]))
    def hands_over(self, role) -> None:
        leaving, arriving = ("G1", "G2") if role == "named-gp" else ("K1", "K2")
        reroute_promises(person_id=7, role=role, leaving=leaving, arriving=arriving, by=ROOK, at=self.now)

    @invariant()
    def the_events_tell_every_row(self) -> None:
        assert list(untold()) == []

    @invariant()
    def nothing_leaves_an_end_but_a_correction(self) -> None:
        for p in Promise.objects.all():
            before = self.ended.get(p.pk)
            assert before is None or p.state in (before, "entered-in-error")
            if p.state in ENDED:
                self.ended[p.pk] = p.state

    @invariant()
    def no_clock_ends_anything(self) -> None:
        ends = CareEvent.objects.filter(username="carestead", sets__has_key="state", kind__in=("promise", "request"))
        assert {e.type for e in ends} <= {"ask"}

    @invariant()
    def no_owner_is_edited_and_no_first_due_time_moves(self) -> None:
        for p in Promise.objects.all():
            assert self.first.setdefault(p.pk, (p.owner_code, p.first_due_at)) == (p.owner_code, p.first_due_at)

    @invariant()
    def whoever_took_over_owes_it_alone(self) -> None:
        for taken in CareEvent.objects.filter(kind="promise", type="take-over"):
            old = Promise.objects.get(pk=taken.given["taken_over_from"])
            assert old.state in ("cancelled", "entered-in-error")
            assert Promise.objects.get(pk=taken.subject_id).replaces_id == old.pk

    @invariant()
    def nothing_that_has_ended_is_on_offer(self) -> None:
        for offer in Promise.objects.filter(template=TAKE_OVER, state__in=ASKED):
            assert replaced(offer).state in OPEN

    @invariant()
    def a_request_that_stands_has_one_open_promise(self) -> None:
        for r in Request.objects.all():
            live = Promise.objects.filter(request_id=r.pk, state__in=OPEN).count()
            assert live == 1 if r.state in LIVE else live <= 1
            if r.state == "completed":
                assert r.outcome_at <= min(r.reviewed_at, r.told_at)

    @invariant()
    def bad_news_has_a_successor_or_a_decision(self) -> None:
        for p in Promise.objects.filter(state__in=("rejected", "failed"), decided_next=False):
            assert Promise.objects.filter(replaces_id=p.pk).exists()


@pytest.mark.slow
def test_whatever_people_do(db):
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=times(15), stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
