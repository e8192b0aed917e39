"""A plan's life: a draft, agreed, signed by the accountable GP, replaced, ended with the fate of each promise said."""

from datetime import timedelta

import pytest
from tests.unit.store.planning import (
    LEAD,
    NOW,
    PARTNER,
    REVIEW,
    STRENGTHS,
    TODAY,
    agreed,
    ask,
    details,
    enrol,
    signed,
    written,
)  # fmt: skip

from carestead.store.actor import SYSTEM, Actor, Role
from carestead.store.assign.models import Absence, DeskShift
from carestead.store.audit.models import AuditEvent
from carestead.store.care.acting import NotPossibleError, NotThereError
from carestead.store.care.goals import add_goal, promise_for_plan
from carestead.store.care.lists import history
from carestead.store.care.log import ChangedMeanwhileError, untold
from carestead.store.care.models import Alarm, Goal, Notice, Plan, PlanSection, Promise
from carestead.store.care.plan_course import Fate, end_plan, held_since, hold_plan, resume_plan, review_plan
from carestead.store.care.plans import active_plan, draft_plan, start_plan
from carestead.store.care.sections import Place, sections, write_section
from carestead.store.care.signing import agree_plan, sign_plan
from carestead.store.care.sweep import sweep

OTHER_GP = Actor("rook", "Dr Ben Rook", Role.NAMED_GP, "Y00001", "G2")
OUTSIDERS = [
    Actor("purse", "Pat Purse", Role.COMMISSIONER, "E10001"),
    Actor("ann", "Ann", Role.CARER, person_id=7),
    SYSTEM,
]


@pytest.fixture
def person(db, gp) -> int:
    return enrol(gp)


def refused(words):
    return pytest.raises(NotPossibleError, match=words)


def test_a_plan_is_written_agreed_and_signed(person, gp, coordinator):
    plan = signed(gp, coordinator)
    kept = Plan.objects.get()
    assert (kept.state, kept.signed_by, kept.signed_by_code, kept.signed_at) == ("active", "Dr Ada Quill", "G1", NOW)
    assert (kept.agreed_with, kept.agreed_on, kept.review_on) == ("The person", TODAY, REVIEW)
    assert active_plan(person).pk == plan.pk
    assert draft_plan(person) is None
    assert list(untold()) == []
    assert AuditEvent.objects.filter(kind="write", action="plan-sign").count() == 1


def test_nobody_is_planned_for_who_is_not_enrolled(db, coordinator):
    with refused("not enrolled"):
        start_plan(person_id=8, by=coordinator)


def test_there_is_one_draft(person, coordinator):
    start_plan(person_id=person, by=coordinator)
    with refused("being written already"):
        start_plan(person_id=person, by=LEAD)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("outsider", OUTSIDERS, ids=lambda a: a.role)
def test_who_does_not_care_for_the_person_neither_begins_nor_writes_nor_signs(person, gp, coordinator, outsider):
    with refused("Only those who care"):
        start_plan(person_id=person, by=outsider)
    plan = agreed(written(coordinator), coordinator)
    with refused("Only the"):
        write_section(plan_id=plan.pk, place=STRENGTHS, text="x", version=1, by=outsider)
    with refused("Only the accountable gp"):
        sign_plan(plan_id=plan.pk, version=plan.version, by=outsider, at=NOW)


@pytest.mark.parametrize("by", [OTHER_GP, LEAD, PARTNER], ids=lambda a: a.username)
def test_only_the_accountable_gp_signs(person, coordinator, by):
    plan = agreed(written(coordinator), coordinator)
    with refused("Only the accountable gp can do that"):
        sign_plan(plan_id=plan.pk, version=plan.version, by=by, at=NOW)
    assert Plan.objects.get().state == "draft"


def test_a_coordinator_cannot_sign(person, coordinator):
    plan = agreed(written(coordinator), coordinator)
    with refused("Only the accountable gp can do that"):
        sign_plan(plan_id=plan.pk, version=plan.version, by=coordinator, at=NOW)


def test_a_plan_that_was_not_agreed_is_not_signed(person, gp, coordinator):
    plan = written(coordinator)
    with refused("not agreed with the person"):
        sign_plan(plan_id=plan.pk, version=plan.version, by=gp, at=NOW)


def test_a_plan_without_review_is_not_signed(person, gp, coordinator):
    plan = start_plan(person_id=person, by=coordinator, at=NOW)
    write_section(plan_id=plan.pk, place=STRENGTHS, text="Walks", version=0, by=coordinator, at=NOW)
    plan = agreed(plan, coordinator)
    with refused("does not say who reviews it"):
        sign_plan(plan_id=plan.pk, version=plan.version, by=gp, at=NOW)


def test_a_day_of_review_that_came_while_waiting_is_refused_at_signing(person, gp, coordinator):
    plan = agreed(written(coordinator), coordinator)
    with refused("is not in the future"):
        sign_plan(plan_id=plan.pk, version=plan.version, by=gp, at=NOW + timedelta(days=90))


@pytest.mark.parametrize(
    ("agreed_with", "days", "words"),
    [("", 0, "no agreed with"), ("  ", 0, "no agreed with"), ("The person", 1, "has not come yet")],
)
def test_agreeing_says_with_whom_and_when(person, coordinator, agreed_with, days, words):
    plan, on = written(coordinator), TODAY + timedelta(days=days)
    with refused(words):
        agree_plan(plan_id=plan.pk, version=plan.version, by=coordinator, agreed_with=agreed_with, agreed_on=on, at=NOW)


def test_an_empty_plan_is_nothing_to_agree_on(person, coordinator):
    plan = start_plan(person_id=person, by=coordinator, at=NOW)
    with refused("says nothing yet"):
        agreed(plan, coordinator)


def test_a_contingency_plan_without_trigger_is_not_agreed(person, coordinator):
    plan = written(coordinator)
    place = Place("contingency", "what-should-happen", 2)
    write_section(plan_id=plan.pk, place=place, text="Ring Ann", version=0, by=coordinator, at=NOW)
    with refused("Contingency plan 2 does not say what sets it off"):
        agreed(plan, coordinator)


def test_what_is_changed_after_agreeing_is_agreed_again(person, gp, coordinator):
    plan = agreed(written(coordinator), coordinator)
    write_section(plan_id=plan.pk, place=STRENGTHS, text="Walks far", version=1, by=gp, at=NOW)
    with refused("not agreed"):
        sign_plan(plan_id=plan.pk, version=plan.version + 1, by=gp, at=NOW)
    add = {"plan_id": plan.pk, "words": "See the sea", "by": gp, "at": NOW}
    plan = agreed(Plan.objects.get(), coordinator)
    add_goal(**add)
    assert Plan.objects.get().agreed_on is None


def test_own_words_written_after_agreeing_leave_the_agreement(person, gp, coordinator):
    plan = agreed(written(coordinator), coordinator)
    place = Place("about-me", "my-wellness")
    write_section(plan_id=plan.pk, place=place, text="Good days", version=0, by=coordinator, at=NOW)
    assert sign_plan(plan_id=plan.pk, version=plan.version, by=gp, at=NOW).state == "active"


def test_a_stale_version_changes_nothing(person, gp, coordinator):
    plan = agreed(written(coordinator), coordinator)
    for act in (
        lambda v: sign_plan(plan_id=plan.pk, version=v, by=gp, at=NOW),
        lambda v: agree_plan(plan_id=plan.pk, version=v, by=gp, agreed_with="x", agreed_on=TODAY, at=NOW),
        lambda v: end_plan(plan_id=plan.pk, version=v, act="revoke", by=gp, reason="x", fates={}),
    ):
        with pytest.raises(ChangedMeanwhileError) as told:
            act(plan.version - 1)
        assert told.value.now.version == plan.version
    assert Plan.objects.get().state == "draft"
    assert list(untold()) == []


def test_a_signed_plan_is_changed_by_its_next_version_alone(person, gp, coordinator):
    plan = signed(gp, coordinator)
    with refused("Begin its next version"):
        write_section(plan_id=plan.pk, place=STRENGTHS, text="x", version=1, by=coordinator, at=NOW)
    with refused("Begin its next version"):
        details(plan, coordinator)
    place = Place("about-me", "my-wellness")
    write_section(plan_id=plan.pk, place=place, text="Good days", version=0, by=coordinator, at=NOW)
    assert sections(plan.pk)[("about-me", 1, "my-wellness")].text == "Good days"


def test_the_next_version_is_swapped_in_when_it_is_signed(person, gp, coordinator):
    first = signed(gp, coordinator)
    goal = add_goal(plan_id=first.pk, words="See the sea", by=coordinator, at=NOW)
    promise = promise_for_plan(plan_id=first.pk, goal_id=goal.pk, ask=ask(), by=coordinator, at=NOW)
    second = start_plan(person_id=person, by=coordinator, at=NOW)
    copied = sections(second.pk)[("plan", 1, "strengths")]
    assert (copied.text, copied.version, copied.written_at) == ("Walks every day", 1, NOW)
    write_section(plan_id=second.pk, place=STRENGTHS, text="Swims", version=1, by=coordinator, at=NOW)
    assert active_plan(person).pk == first.pk
    assert sections(first.pk)[("plan", 1, "strengths")].text == "Walks every day"
    second = agreed(details(second, coordinator), coordinator)
    sign_plan(plan_id=second.pk, version=second.version, by=gp, at=NOW)
    before = Plan.objects.get(pk=first.pk)
    assert (before.state, before.reason) == ("completed", "A newer version was signed.")
    assert active_plan(person).pk == second.pk
    assert Promise.objects.get(pk=promise.pk).plan_id == Goal.objects.get(pk=goal.pk).plan_id == second.pk
    assert Promise.objects.get(pk=promise.pk).state == "requested"
    assert list(untold()) == []


def test_a_review_gives_the_next_day_and_who(person, gp, coordinator):
    plan = signed(gp, coordinator)
    say = {"plan_id": plan.pk, "version": plan.version, "by": coordinator, "at": NOW}
    with refused("no note"):
        review_plan(**say, note=" ", review_on=REVIEW, review_by_code="K1")
    with refused("not in the future"):
        review_plan(**say, note="Well", review_on=TODAY, review_by_code="K1")
    with refused("who reviews the plan next"):
        review_plan(**say, note="Well", review_on=REVIEW, review_by_code="")
    later = REVIEW + timedelta(days=1)
    assert review_plan(**say, note="Well", review_on=later, review_by_code="G1").review_on == later
    with refused("only one that is agreed"):
        review_plan(
            **{**say, "plan_id": start_plan(person_id=person, by=coordinator).pk},
            note="x",
            review_on=REVIEW,
            review_by_code="K1",
        )


def test_on_hold_has_a_reason_and_a_day(person, gp, coordinator):
    plan = signed(gp, coordinator)
    say = {"plan_id": plan.pk, "version": plan.version, "by": gp, "at": NOW}
    with refused("no reason"):
        hold_plan(**say, reason="", resume_on=REVIEW)
    with refused("not in the future"):
        hold_plan(**say, reason="Abroad", resume_on=TODAY)
    held = hold_plan(**say, reason="Abroad", resume_on=REVIEW)
    assert (held.state, active_plan(person).pk) == ("on-hold", plan.pk)
    assert held_since(held) == NOW
    with refused("only one that is agreed can be put on hold"):
        hold_plan(**{**say, "version": held.version}, reason="Abroad", resume_on=REVIEW)
    gone_on = resume_plan(plan_id=plan.pk, version=held.version, by=gp, at=NOW + timedelta(days=1))
    assert (gone_on.state, gone_on.reason, gone_on.resume_on, held_since(gone_on)) == ("active", "", None, None)
    again = hold_plan(
        **{**say, "version": gone_on.version, "at": NOW + timedelta(days=2)}, reason="Ill", resume_on=REVIEW
    )
    assert held_since(again) == NOW + timedelta(days=2)
    assert list(untold()) == []


@pytest.mark.parametrize("by", [OTHER_GP, LEAD, PARTNER, Actor("edith", "Edith", Role.PERSON, person_id=7)])
def test_only_the_accountable_gp_holds_and_resumes(person, gp, coordinator, by):
    plan = signed(gp, coordinator)
    with refused("Only the accountable gp"):
        hold_plan(plan_id=plan.pk, version=plan.version, by=by, reason="x", resume_on=REVIEW, at=NOW)
    held = hold_plan(plan_id=plan.pk, version=plan.version, by=gp, reason="x", resume_on=REVIEW, at=NOW)
    for other in (by, coordinator):
        with refused("Only the accountable gp"):
            resume_plan(plan_id=plan.pk, version=held.version, by=other, at=NOW)


def absent(**changed) -> Absence:
    facts = {"practitioner_code": "G1", "start": NOW, "end": NOW + timedelta(days=5), "reason": "Leave",
             "cover_code": "G2", "cover_state": "accepted", "planned_by": "x", "planned_at": NOW}  # fmt: skip
    return Absence.objects.create(**{**facts, **changed})


def held(gp, coordinator) -> Plan:
    plan = signed(gp, coordinator)
    return hold_plan(plan_id=plan.pk, version=plan.version, by=gp, reason="In Kent.", resume_on=REVIEW, at=NOW)


def resume(plan, by, at=NOW) -> Plan:
    return resume_plan(plan_id=plan.pk, version=plan.version, by=by, at=at)


def test_the_cover_resumes_instead_of_a_gp_who_is_away_and_the_gp_is_told(person, gp, coordinator):
    plan = held(gp, coordinator)
    absent()
    for early_or_late in (NOW - timedelta(seconds=1), NOW + timedelta(days=5)):
        with refused("Only the accountable gp or cover"):
            resume(plan, OTHER_GP, early_or_late)
    for other in (LEAD, PARTNER, coordinator):
        with refused("Only the accountable gp or cover"):
            resume(plan, other)
    assert not Notice.objects.filter(about="plan-resumed").exists()
    assert resume(plan, OTHER_GP).state == "active"
    assert history("plan", plan.pk)[-1].given == {"instead_of": "G1"}
    told = Notice.objects.get(about="plan-resumed")
    assert (told.to_kind, told.to_code, told.person_id) == ("practitioner", "G1", person)
    assert told.facts_told["words"] == "Dr Ben Rook let the plan go on instead of you. It was on hold: In Kent."
    sweep(at=NOW + timedelta(days=4))
    assert not Alarm.objects.filter(subject_kind="notice", subject_id=told.pk).exists()
    assert list(untold()) == []


def test_the_desk_resumes_when_no_cover_answers(person, gp, coordinator):
    plan = held(gp, coordinator)
    desk = Actor("dee", "Dee Desk", Role.PARTNER, "GRP1")
    DeskShift.objects.create(
        group_code="GRP1", start=NOW, end=NOW + timedelta(hours=8), staffed_by="dee", staff_name="Dee", phone="01632",
        planned_by="x", planned_at=NOW,
    )  # fmt: skip
    away = absent()
    with refused("Only the accountable gp or cover"):
        resume(plan, desk)
    Absence.objects.filter(pk=away.pk).update(cover_state="asked")
    assert resume(plan, desk).state == "active"


def test_a_gp_who_is_here_resumes_for_themselves(person, gp, coordinator):
    plan = held(gp, coordinator)
    resume(plan, gp)
    assert history("plan", plan.pk)[-1].given == {}
    assert not Notice.objects.filter(about="plan-resumed").exists()


def test_whoever_answers_signs_holds_and_ends_nothing(person, gp, coordinator):
    absent()
    plan = agreed(written(coordinator), coordinator)
    with refused("Only the accountable gp can do that"):
        sign_plan(plan_id=plan.pk, version=plan.version, by=OTHER_GP, at=NOW)
    plan = sign_plan(plan_id=plan.pk, version=plan.version, by=gp, at=NOW)
    with refused("Only the accountable gp can do that"):
        hold_plan(plan_id=plan.pk, version=plan.version, by=OTHER_GP, reason="x", resume_on=REVIEW, at=NOW)
    with refused("Only the accountable gp can do that"):
        end(plan, OTHER_GP, {})


@pytest.fixture
def promised(person, gp, coordinator):
    """A signed plan with three open promises."""
    plan = signed(gp, coordinator)
    made = [promise_for_plan(plan_id=plan.pk, ask=ask(), by=coordinator, at=NOW) for _ in range(3)]
    return plan, [p.pk for p in made]


def end(plan, by, fates, **changed):
    say = {"plan_id": plan.pk, "version": plan.version, "act": "revoke", "by": by, "reason": "Moved in with Ann"}
    return end_plan(**{**say, "fates": fates, "at": NOW, **changed})


def test_ending_a_plan_asks_the_fate_of_each_open_promise(promised, gp):
    plan, (one, two, three) = promised
    with refused("3 promises of this plan are still open"):
        end(plan, gp, {})
    with refused("1 promise of this plan is still open"):
        end(plan, gp, {one: Fate(True), two: Fate(False, "Not wanted")})
    assert Plan.objects.get().state == "active"
    assert {p.state for p in Promise.objects.all()} == {"requested"}
    end(plan, gp, {one: Fate(True), two: Fate(False, "Not wanted"), three: Fate(False, "Done by Ann")})
    kept, cancelled, other = Promise.objects.order_by("pk")
    assert (kept.state, kept.plan_id) == ("requested", None)
    assert (cancelled.state, cancelled.reason, cancelled.ended_at) == ("cancelled", "Not wanted", NOW)
    assert other.reason == "Done by Ann"
    assert Plan.objects.get().state == "revoked"
    assert list(untold()) == []


def test_a_promise_is_not_cancelled_without_a_reason_and_then_nothing_is(promised, gp):
    plan, (one, two, three) = promised
    with refused("no reason"):
        end(plan, gp, {one: Fate(True), two: Fate(False, "Not wanted"), three: Fate(False, " ")})
    assert Plan.objects.get().state == "active"
    assert {(p.state, p.plan_id) for p in Promise.objects.all()} == {("requested", plan.pk)}


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"reason": " "}, "no reason"), ({"act": "sign"}, "does not end by sign"), ({"act": "review"}, "does not end by")],
)
def test_ends_are_few_and_say_why(person, gp, coordinator, changed, words):
    with refused(words):
        end(signed(gp, coordinator), gp, {}, **changed)


def test_who_may_end_it(person, gp, coordinator):
    plan = signed(gp, coordinator)
    for by in (coordinator, OTHER_GP, PARTNER):
        with refused("Only the accountable gp can do that"):
            end(plan, by, {})
    assert end(plan, LEAD, {}, act="correct").state == "entered-in-error"
    assert start_plan(person_id=person, by=coordinator, at=NOW).state == "draft"


def test_keeping_or_breaking_promises_never_moves_a_plan(promised):
    from carestead.store.care.log import Act, change

    plan, ids = promised
    by = Actor("nan", "Nan", Role.PARTNER, "RX901", "N1")
    for promise in Promise.objects.filter(pk__in=ids):
        change(promise, Act("fail", by), version=promise.version, state="failed", reason="No", ended_at=NOW)
    assert Plan.objects.get().version == plan.version


def test_a_plan_that_is_not_there(person, gp):
    with pytest.raises(NotThereError, match="There is no plan 99"):
        sign_plan(plan_id=99, version=1, by=gp)


def test_nothing_of_a_failed_signing_is_kept(person, gp, coordinator):
    """The old plan, its promises and the new one change together or not at all."""
    first = signed(gp, coordinator)
    promise_for_plan(plan_id=first.pk, ask=ask(), by=coordinator, at=NOW)
    second = agreed(details(start_plan(person_id=person, by=coordinator, at=NOW), coordinator), coordinator)
    with pytest.raises(ChangedMeanwhileError):
        sign_plan(plan_id=second.pk, version=second.version + 1, by=gp, at=NOW)
    assert active_plan(person).pk == first.pk
    assert Promise.objects.get().plan_id == first.pk
    assert PlanSection.objects.filter(plan_id=second.pk).count() == 1
