"""Breaking the glass: what is opened, who is told, who reviews it, and that nothing more is opened by it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from tests.at_once import at_once
from tests.care_store import AT, nurse, promise
from tests.hand_over_store import STAFF

from carestead.care.clocks import clocks
from carestead.care.sides import Party
from carestead.reference.calendars import working_calendar
from carestead.store.access import READS_ONLY, STRANGER, Action, PersonFacts, may
from carestead.store.actor import SYSTEM, Actor, Role
from carestead.store.assign.ending import end_enrolment
from carestead.store.assign.hand_over import accept_hand_over, offer_hand_over
from carestead.store.assign.models import Absence
from carestead.store.audit.models import AuditEvent
from carestead.store.care.acting import NotPossibleError, NotThereError
from carestead.store.care.break_glass import break_glass, end_break_glass
from carestead.store.care.lists import asked_of, see
from carestead.store.care.log import Act, begin, untold
from carestead.store.care.models import BreakGlass, Message, Notice, Promise
from carestead.store.care.openings import opening_of, openings
from carestead.store.care.promise_ends import cancel_promise, complete_promise, correct_promise, fail_promise
from carestead.store.care.promises import accept_promise
from carestead.store.care.seen import see_notice
from carestead.store.care.sweep import sweep
from carestead.store.care.ties import ties
from carestead.store.find.models import Enrolment

PERSON = PersonFacts(7, "Y00001", "GRP1", enrolled=True, on_register=True, holders=frozenset({"G1", "K1"}))
HOUR, DAY, MOMENT = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)
SAID = {"reason": "care-now", "words": "Fell at home, on the floor", "knows": True}


@pytest.fixture(autouse=True)
def told(db):
    """Whatever a test did, the events tell every row."""
    yield
    assert list(untold()) == []


def opened(by: Actor = nurse, person: PersonFacts = PERSON, **changed) -> BreakGlass:
    return break_glass(person=person, by=by, **{"at": AT, **SAID, **changed})


def facts(at, person: PersonFacts = PERSON) -> PersonFacts:
    return replace(person, opened_by=openings(person.person_id, at))


def review() -> Promise:
    return Promise.objects.get(template="break-glass-review")


def ends(act, by: Actor, **more):
    return act(promise_id=review().pk, version=review().version, by=by, at=AT + HOUR, **more)


def test_everything_is_written_with_the_opening(enrolled):
    glass = opened()
    assert (glass.username, glass.name, glass.person_id) == ("nia", "Nia Nurse", 7)
    assert (glass.started_at, glass.expires_at) == (AT, AT + 4 * HOUR)
    assert glass.reason == "They need care from me now: Fell at home, on the floor"
    made = review()
    assert (made.pk, made.owner_code, made.requester_code, made.state) == (glass.review_promise_id, "G1", "G1", "ready")
    assert made.due_at == clocks()["break-glass-review"].due(AT, working_calendar())
    assert (made.what, made.why) == (
        "Look at whether it was right: Nia Nurse opened the record in an emergency", glass.reason
    )  # fmt: skip
    assert made.done_means == "Looked at whether it was right, and written down what was found"
    notice = Notice.objects.get(about="break-glass")
    assert (notice.to_kind, notice.to_code, notice.state, notice.subject_id) == (
        "practitioner", "G1", "given", glass.pk
    )  # fmt: skip
    assert notice.facts_told == {
        "words": "Nia Nurse (Partner professional) opened the record in an emergency, to read it until 14:00. "
        + glass.reason,
        "promise": made.pk,
    }
    audit = AuditEvent.objects.get(action="break-glass-started")
    assert (audit.kind, audit.username, audit.people) == ("write", "nia", [7])
    said = audit.detail
    assert [said[part]["code"] for part in ("type", "subtype", "purpose_of_use")] == ["110113", "110127", "ETREAT"]
    assert (said["opening"], said["reason"], said["until"]) == (glass.pk, glass.reason, "2026-11-23T14:00:00+00:00")
    assert said["confirmed"] == "ticked: this sign-in has no password"


def test_it_opens_to_read_until_it_ends_and_to_nobody_else(enrolled):
    assert may(nurse, Action.SEE, facts(AT)).why == STRANGER
    glass = opened()
    assert not may(nurse, Action.SEE, facts(AT - MOMENT)).allowed
    seen = may(nurse, Action.SEE, facts(AT))
    assert (seen.allowed, seen.why) == (True, "you broke the glass at 10:00; it ends at 14:00")
    assert may(nurse, Action.SEE, facts(glass.expires_at - MOMENT)).allowed
    assert may(nurse, Action.SEE, facts(glass.expires_at)).why == STRANGER
    assert may(replace(nurse, username="noor"), Action.SEE, facts(AT)).why == STRANGER
    assert not may(nurse, Action.SEE, facts(AT, PersonFacts(8, "Y00001"))).allowed


@pytest.mark.parametrize("role", [Role.NAMED_GP, Role.CARE_COORDINATOR, Role.LEAD, Role.PARTNER])
def test_nobody_decides_or_buys_by_it(enrolled, role):
    stranger = Actor("sam", "Sam Stranger", role, "Z99999", "Z1")
    opened(stranger)
    for action in (Action.DECIDE, Action.BUY):
        verdict = may(stranger, action, facts(AT))
        assert (verdict.allowed, verdict.why) == (False, READS_ONLY)


def test_it_is_told_in_the_words_of_london_in_summer(enrolled):
    summer = AT.replace(month=7)
    opened(at=summer)
    assert may(nurse, Action.SEE, facts(summer)).why == "you broke the glass at 11:00; it ends at 15:00"
    assert "until 15:00." in Notice.objects.get(about="break-glass").facts_told["words"]


@pytest.mark.parametrize(
    ("cover", "answer", "to"),
    [("G2", "accepted", ("practitioner", "G2")), ("G2", "asked", ("desk", "GRP1")), ("", "desk", ("desk", "GRP1"))],
)
def test_whoever_answers_for_the_named_gp_is_told(enrolled, cover, answer, to):
    Absence.objects.create(
        practitioner_code="G1", start=AT - HOUR, end=AT + 48 * HOUR, reason="Leave", cover_code=cover,
        cover_state=answer, planned_by="x", planned_at=AT,
    )  # fmt: skip
    opened()
    notice = Notice.objects.get(about="break-glass")
    assert (notice.to_kind, notice.to_code) == to
    assert review().owner_code == "G1"  # accountable all the same; whoever answers may review it for them


@pytest.mark.parametrize(
    ("person", "owner"),
    [
        (PersonFacts(9, "Y00001", "GRP1"), "Y00001"),
        (PersonFacts(9, None, "GRP1"), "GRP1"),
        (PersonFacts(9), "RX901"),
    ],
)
def test_where_nobody_is_named_gp_the_lead_reviews_it_and_the_desk_is_told(db, person, owner):
    opened(person=person)
    assert (review().owner_kind, review().owner_code) == ("organisation", owner)
    notice = Notice.objects.get(about="break-glass")
    assert (notice.to_kind, notice.to_code) == ("desk", person.group_code or owner)
    assert "promise" not in notice.facts_told  # the desk may not see somebody who is on no register


def test_nobody_reviews_themselves_also_not_as_one_of_the_team_that_is_asked(db, lead):
    inside = Actor("ivy", "Ivy Inside", Role.PARTNER, "Y00001")
    opened(inside, PersonFacts(9, "Y00001", "GRP1"))
    assert see(review(), inside, AT + HOUR).acts == ()
    for act, more in (
        (complete_promise, {"outcome": "was-right", "happened_at": AT}),
        (fail_promise, {"reason": "Never mind"}),
        (correct_promise, {"reason": "Never mind"}),
    ):
        with pytest.raises(NotPossibleError):
            ends(act, inside, **more)
    assert ties(inside, AT + HOUR).promised == frozenset()
    assert ties(lead, AT + HOUR).promised == {9}
    for refused in ({"evidence": ""}, {"evidence": " "}):
        with pytest.raises(NotPossibleError, match="what is done about it"):
            ends(complete_promise, lead, outcome="was-not-right", happened_at=AT, **refused)
    found = {"outcome": "was-not-right", "happened_at": AT, "evidence": "Spoke to Ivy; training"}
    assert ends(complete_promise, lead, **found).state == "completed"


OPENER = Actor("rook", "Dr Ben Rook", Role.NAMED_GP, "Y00002", "G2")
THIRD = Actor("swan", "Dr Cy Swan", Role.NAMED_GP, "Y00001", "G3")


def handed_over(leaving: Actor, to: Actor) -> None:
    """The person's named GP changes, by an offer that is accepted."""
    same = {"by": leaving, "staff": STAFF}
    offer = offer_hand_over(person_id=7, role="named-gp", to_code=to.practitioner_code, reason="Moves", **same)
    accept_hand_over(hand_over_id=offer.pk, version=offer.version, by=to, staff=STAFF)


def owner() -> tuple[str, str, str]:
    now = Promise.objects.get(template="break-glass-review", ended_at=None)
    return now.owner_kind, now.owner_code, now.state


def test_whoever_opened_it_and_becomes_the_named_gp_does_not_get_the_review(enrolled, gp, lead):
    opened(OPENER)
    was = review()
    handed_over(gp, OPENER)
    assert owner() == ("organisation", "Y00001", "ready")
    [now] = Promise.objects.filter(template="break-glass-review", ended_at=None)
    assert (now.due_at, now.author_username, now.replaces_id) == (was.due_at, "rook", was.pk)
    assert Promise.objects.get(pk=was.pk).reason == "Handed over to the practice's lead."
    assert see(now, OPENER, AT + HOUR).acts == ()
    assert now in [seen.promise for seen in asked_of(lead, AT + HOUR)]
    handed_over(OPENER, THIRD)
    assert owner() == ("organisation", "Y00001", "ready")
    found = {"outcome": "was-right", "happened_at": AT}
    assert complete_promise(promise_id=now.pk, version=now.version, by=lead, at=AT + HOUR, **found).state == "completed"


def test_also_after_another_has_had_the_review(enrolled, gp):
    opened(OPENER)
    handed_over(gp, THIRD)
    assert owner() == ("practitioner", "G3", "ready")
    handed_over(THIRD, OPENER)
    assert owner() == ("organisation", "Y00001", "ready")


def test_what_else_is_open_goes_to_whoever_opened_it_as_ever(enrolled, gp):
    opened(OPENER)
    other = promise(by=gp, owner=Party("practitioner", "G1", "Dr Ada Quill"))
    handed_over(gp, OPENER)
    assert Promise.objects.get(replaces_id=other.pk).owner_code == "G2"


def test_a_review_that_is_taken_over_is_not_for_whoever_opened_it_either(enrolled, lead):
    inside = Actor("ivy", "Ivy Inside", Role.PARTNER, "Y00001")
    opened(inside)
    old = review()
    sweep(at=AT + 60 * DAY)
    offer = Promise.objects.get(template="take-over")
    accept_promise(promise_id=offer.pk, version=offer.version, by=lead, at=AT + 60 * DAY)
    taken = Promise.objects.get(template="break-glass-review", ended_at=None)
    assert (taken.pk, taken.owner_code, taken.author_username) == (offer.pk, "Y00001", "ivy")
    assert Promise.objects.get(pk=old.pk).state == "cancelled"
    assert see(taken, inside, AT + 60 * DAY).acts == ()
    assert "complete" in see(taken, lead, AT + 60 * DAY).acts


def test_the_named_gp_reviews_it_and_says_which(enrolled, gp):
    opened()
    assert [s.promise.template for s in asked_of(gp, AT)] == ["break-glass-review"]
    with pytest.raises(NotPossibleError, match="not a way in which this is done"):
        ends(complete_promise, gp, outcome="done", happened_at=AT)
    with pytest.raises(NotPossibleError, match="A review is not cancelled"):
        ends(cancel_promise, gp, reason="No time")
    kept = ends(complete_promise, gp, outcome="was-right", happened_at=AT, evidence="Rang her and the nurse")
    assert (kept.state, kept.outcome) == ("completed", "was-right")


@pytest.mark.parametrize(
    ("by", "changed", "said"),
    [
        (nurse, {"reason": ""}, "No reason is chosen."),
        (nurse, {"words": ""}, "The reason has no words of yours."),
        (nurse, {"knows": False}, "It is not confirmed."),
        (nurse, {"confirmed": "a friend"}, "Nobody confirms who they are by a friend."),
        (nurse, {"person": None}, "Nobody here is known by that."),
        (replace(nurse, organisation_code=""), {}, "carestead does not know for whom you work."),
        (replace(nurse, role=Role.COMMISSIONER), {}, "Only those who care for people"),
        (replace(nurse, role=Role.ANALYST), {}, "Only those who care for people"),
        (replace(nurse, role=Role.PERSON, person_id=7), {}, "Only those who care for people"),
        (replace(nurse, role=Role.CARER, person_id=7), {}, "Only those who care for people"),
        (SYSTEM, {}, "Only those who care for people"),
        (Actor("quill", "Dr Ada Quill", Role.NAMED_GP, "Y00001", "G1"), {}, "may see this record already"),
        (nurse, {"person": replace(PERSON, care_organisations=frozenset({"RX901"}))}, "your organisation cares for"),
    ],
)
def test_who_and_what_is_refused(enrolled, by, changed, said):
    before = AuditEvent.objects.count()
    with pytest.raises(NotPossibleError, match=said):
        break_glass(**{"person": PERSON, "by": by, "at": AT, **SAID, **changed})
    assert not BreakGlass.objects.exists()
    assert not Promise.objects.exists()
    assert not Notice.objects.filter(about="break-glass").exists()
    assert AuditEvent.objects.count() == before


def test_opening_twice_changes_nothing_and_after_the_end_is_another(enrolled):
    first = opened()
    before = AuditEvent.objects.count()
    assert opened(at=AT + HOUR, words="Again") == first
    first.refresh_from_db()
    assert first.expires_at == AT + 4 * HOUR
    assert AuditEvent.objects.count() == before
    again = opened(at=first.expires_at, words="Fell again")
    assert again.pk != first.pk
    assert again.review_promise_id != first.review_promise_id
    assert Notice.objects.filter(about="break-glass").count() == 2
    other = opened(replace(nurse, username="noor", name="Noor Night"))
    assert other.review_promise_id not in (first.review_promise_id, again.review_promise_id)


def test_sent_eight_times_at_once_it_is_opened_once(committed, gp):
    said = at_once([partial(opened, at=timezone.now())] * 8)
    assert {type(s) for s in said} == {BreakGlass}, said
    assert len({s.pk for s in said}) == 1
    assert (BreakGlass.objects.count(), Promise.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_it_can_be_ended_early_once_and_what_was_found_reaches_the_reviewer(enrolled):
    glass = opened()
    ended = end_break_glass(opening_id=glass.pk, by=nurse, words="Broken wrist, sent in", at=AT + HOUR)
    assert ended.expires_at == AT + HOUR
    assert opening_of(nurse, 7, AT + HOUR) is None
    assert not may(nurse, Action.SEE, facts(AT + HOUR)).allowed
    message = Message.objects.get()
    assert (message.to_code, message.text, message.about_kind, message.about_id) == (
        "G1", "Broken wrist, sent in", "promise", review().pk
    )  # fmt: skip
    stopped = AuditEvent.objects.get(action="break-glass-stopped")
    assert (stopped.detail["subtype"]["code"], stopped.people) == ("110138", [7])
    assert end_break_glass(opening_id=glass.pk, by=nurse, words="Twice", at=AT + 2 * HOUR).expires_at == AT + HOUR
    assert Message.objects.count() == 1
    assert ties(nurse, AT + 2 * HOUR).promised == frozenset()
    assert review().state == "ready"  # ended early or not, it is looked at


def test_it_ends_at_the_instant_it_began_and_for_nobody_else(enrolled, gp):
    glass = opened()
    with pytest.raises(NotThereError):
        end_break_glass(opening_id=glass.pk, by=gp, at=AT)
    assert end_break_glass(opening_id=glass.pk, by=nurse, at=AT).expires_at == AT + MOMENT


@pytest.mark.parametrize("kind", ["moved", "opted-out", "died"])
def test_the_review_goes_on_after_the_enrolment_and_can_begin_after_it(enrolled, gp, kind):
    opened(at=timezone.now())
    end_enrolment(
        person_id=7, version=Enrolment.objects.get().version, kind=kind, reason="Gone", by=gp, fates={},
        receiver="Dr Elsewhere",
    )  # fmt: skip
    assert review().state == "ready"
    assert ties(gp, timezone.now()).promised == {7}
    later = opened(at=timezone.now() + 5 * HOUR, person=PersonFacts(7, "Y00001", "GRP1"))
    assert Promise.objects.get(pk=later.review_promise_id).owner_code == "Y00001"


def test_seeing_the_notice_sees_no_other_with_the_same_number(enrolled, gp):
    """An admission that nobody has seen stays to be seen, also where its stay has the number of an opening."""
    coming = opened().pk + 1
    admission = Notice(
        person_id=8, state="given", about="admission", subject_kind="stay", subject_id=coming, to_kind="practitioner",
        to_code="G1", queued_at=AT, due_at=AT, given_at=AT,
    )  # fmt: skip
    begin(admission, Act("tell", SYSTEM, recorded_at=AT))
    assert opened(replace(nurse, username="noor")).pk == coming
    notice = Notice.objects.get(about="break-glass", subject_id=coming)
    assert see_notice(notice_id=notice.pk, by=gp, mine=frozenset({"G1"})).state == "seen"
    admission.refresh_from_db()
    assert admission.seen_at is None


def test_a_promise_of_another_kind_keeps_its_author(enrolled, gp):
    """Only of a review is whoever wrote it down no side."""
    made = promise(by=gp)
    assert "author" in see(made, gp, AT).sides
