"""About me by the person themselves, or their carer: verbatim, in every version, and nothing but About me."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from tests.at_once import at_once
from tests.unit.store.planning import NOW, STRENGTHS, TODAY, agreed, details, enrol, signed, written

from carestead.core.area import create_area
from carestead.store.actor import Actor, Role
from carestead.store.audit.models import AuditEvent
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.gap_check import checked
from carestead.store.care.log import ChangedMeanwhileError, untold
from carestead.store.care.models import CareEvent, Plan, PlanSection
from carestead.store.care.plan_course import hold_plan
from carestead.store.care.plans import start_plan
from carestead.store.care.sections import Place, sections, write_own_words, write_section
from carestead.store.care.sharing import choose_sharing
from carestead.store.care.signing import sign_plan

EDITH = Actor("edith", "Edith Moss", Role.PERSON, person_id=7)
ANN = Actor("ann", "Ann Cole", Role.CARER, person_id=7)
MATTERS = "what-is-most-important-to-me"
AT = ("about-me", 1, MATTERS)
WORDS = "  My dog Bess,\nan my alotment ‘till I drop  "


@pytest.fixture
def person(db, gp) -> int:
    return enrol(gp)


def say(by=EDITH, text=WORDS, version=0, heading=MATTERS, person_id=7):
    return write_own_words(person_id=person_id, heading=heading, text=text, version=version, by=by, at=NOW)


def refused(words):
    return pytest.raises(NotPossibleError, match=words)


def let_the_carer(by, allowed=True, minutes=0):
    choose_sharing(
        person_id=7, part="about-me", audience="carer", allowed=allowed, said_on=TODAY, by=by,
        at=NOW + timedelta(minutes=minutes),
    )  # fmt: skip


def test_the_words_are_kept_as_typed_with_who_wrote_them(person, gp, coordinator):
    plan = signed(gp, coordinator)
    say()
    kept = sections(plan.pk)[AT]
    assert (kept.text, kept.written_by, kept.written_by_code, kept.written_at) == (WORDS, "Edith Moss", "person", NOW)
    event = CareEvent.objects.get(kind="plan-section", subject_id=kept.pk)
    assert (event.role, event.type) == ("person", "write")
    assert AuditEvent.objects.filter(kind="write", action="plan-section-write", username="edith").count() == 1
    assert list(untold()) == []


@pytest.mark.parametrize("state", ["draft", "active", "on-hold"])
def test_a_plan_in_any_open_state_takes_them_and_stays_as_it_is(person, gp, coordinator, state):
    plan = agreed(written(coordinator), coordinator)
    if state != "draft":
        plan = sign_plan(plan_id=plan.pk, version=plan.version, by=gp, at=NOW)
    if state == "on-hold":
        plan = hold_plan(
            plan_id=plan.pk, version=plan.version, by=gp, reason="Abroad", resume_on=TODAY + timedelta(days=9), at=NOW
        )
    say()
    after = Plan.objects.get()
    assert (after.state, after.version, after.agreed_on) == (state, plan.version, TODAY)
    assert sections(plan.pk)[AT].text == WORDS


def test_the_next_version_never_brings_older_words_back(person, gp, coordinator):
    first = signed(gp, coordinator)
    say(text="Bess")
    second = start_plan(person_id=person, by=coordinator, at=NOW)
    say(text="Bess, and my sister", version=1)
    assert {sections(p.pk)[AT].text for p in (first, second)} == {"Bess, and my sister"}
    place = Place(*AT[::2])
    write_section(plan_id=second.pk, place=place, text="My sister", version=2, by=coordinator, at=NOW)
    assert {sections(p.pk)[AT].text for p in (first, second)} == {"My sister"}
    assert {sections(p.pk)[AT].written_by_code for p in (first, second)} == {"K1"}
    say(text="Bess again", version=3)
    second = agreed(details(second, coordinator), coordinator)
    sign_plan(plan_id=second.pk, version=second.version, by=gp, at=NOW)
    assert sections(second.pk)[AT].text == "Bess again"
    say(text="Only Bess", version=4)
    assert sections(first.pk)[AT].text == "Bess again"  # ended: it stays as it was
    assert list(untold()) == []


def test_other_parts_are_not_copied_to_the_version_that_holds(person, gp, coordinator):
    first = signed(gp, coordinator)
    second = start_plan(person_id=person, by=coordinator, at=NOW)
    write_section(plan_id=second.pk, place=STRENGTHS, text="Swims", version=1, by=coordinator, at=NOW)
    assert sections(first.pk)[("plan", 1, "strengths")].text == "Walks every day"


def test_a_person_begins_their_plan_with_what_matters(person, coordinator):
    say()
    plan = Plan.objects.get()
    assert (plan.state, plan.agreed_on) == ("draft", None)
    with refused("being written already"):
        start_plan(person_id=person, by=coordinator)
    say(text="In the morning", heading="how-and-when-to-support-me")
    assert PlanSection.objects.filter(plan_id=plan.pk).count() == 2
    assert list(untold()) == []


def test_nobody_begins_one_who_is_not_enrolled(db):
    with refused("no plan to write in"):
        say(person_id=9, by=Actor("x", "X", Role.PERSON, person_id=9))
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    "by",
    [
        Actor("other", "Other", Role.PERSON, person_id=8),
        Actor("carer8", "Carer of 8", Role.CARER, person_id=8),
        Actor("purse", "Pat Purse", Role.COMMISSIONER, "E10001"),
    ],
    ids=lambda a: a.username,
)
def test_nobody_writes_about_somebody_else(person, gp, coordinator, by):
    let_the_carer(gp)
    with refused("Only the"):
        say(by=by)
    signed(gp, coordinator)
    with refused("Only the"):
        say(by=by)
    assert not PlanSection.objects.filter(part="about-me").exists()


@pytest.mark.parametrize("place", [STRENGTHS, Place("contingency", "trigger-factors")])
@pytest.mark.parametrize("by", [EDITH, ANN], ids=lambda a: a.role)
def test_the_rest_of_the_plan_is_not_theirs_to_write(person, gp, coordinator, by, place):
    let_the_carer(gp)
    plan = written(coordinator)
    with refused("Only the accountable gp, coordinator or team"):
        write_section(plan_id=plan.pk, place=place, text="x", version=1, by=by, at=NOW)


def test_a_carer_writes_once_the_person_lets_them_and_no_longer(person, coordinator):
    with refused("has not said that their carer may see"):
        say(by=ANN)
    assert not Plan.objects.exists()
    let_the_carer(coordinator)
    assert say(by=ANN).written_by_code == "carer"
    let_the_carer(EDITH, allowed=False, minutes=1)
    with refused("has not said that their carer may see"):
        say(by=ANN, version=1)
    assert sections(Plan.objects.get().pk)[AT].version == 1


def test_a_heading_that_is_none(person):
    with refused("has no heading strengths"):
        say(heading="strengths")
    assert not Plan.objects.exists()


def test_the_slower_of_two_sees_what_the_other_wrote(person, gp, coordinator):
    signed(gp, coordinator)
    say()
    with pytest.raises(ChangedMeanwhileError) as told:
        say(text="Cats", version=0)
    assert told.value.now.text == WORDS


def test_several_who_begin_at_the_same_instant(committed, gp):
    enrol(gp)

    def one(n: int) -> str:
        try:
            say(text=f"From {n}")
        except ChangedMeanwhileError:
            return "told"
        return "written"

    assert sorted(at_once([partial(one, n) for n in range(4)])) == ["told"] * 3 + ["written"]
    assert Plan.objects.count() == PlanSection.objects.count() == 1
    assert list(untold()) == []


def test_words_written_in_both_versions_while_one_is_signed(committed, gp, coordinator):
    """Whoever comes first: nobody waits for ever, and the version that holds says what was written last."""
    enrol(gp)
    first = signed(gp, coordinator)
    second = agreed(details(start_plan(person_id=7, by=coordinator, at=NOW), coordinator), coordinator)
    place = Place(*AT[::2])

    def written_in(plan: Plan, by: Actor) -> str:
        try:
            write_section(plan_id=plan.pk, place=place, text=f"By {by.name}", version=0, by=by, at=NOW)
        except (ChangedMeanwhileError, NotPossibleError):
            return "told"
        return "written"

    def sign() -> str:
        return sign_plan(plan_id=second.pk, version=second.version, by=gp, at=NOW).state

    said = at_once([partial(written_in, first, EDITH), partial(written_in, second, coordinator), sign])
    assert sorted(said) == ["active", "told", "written"]
    assert PlanSection.objects.filter(plan_id=second.pk, part="about-me").count() == 1
    assert list(untold()) == []


def test_no_gap_comes_of_it(person, gp, coordinator, tmp_path):
    """R14 counts the plan that holds, of which there is still one; R21 finds nothing that moved by itself; R22 replays
    it."""
    first = signed(gp, coordinator)
    start_plan(person_id=person, by=coordinator, at=NOW)
    say()
    assert [p.pk for p in Plan.objects.filter(state__in=("active", "on-hold"))] == [first.pk]
    area = create_area(tmp_path / "area", name="Made up", people=1000)
    with checked(area, at=timezone.now()) as found:
        assert {r: found.count(r).now for r in ("R15", "R21", "R22")} == {"R15": 0, "R21": 0, "R22": 0}
        assert found.looked_at["care_event"] > 4
