"""Who sees which part of a plan: as the person says, at once."""

from datetime import timedelta
from functools import partial

import pytest
from tests.at_once import at_once
from tests.unit.store.planning import LEAD, NOW, PARTNER, TODAY, enrol

from carestead.store.actor import Actor, Role
from carestead.store.audit.models import AuditEvent
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.log import ChangedMeanwhileError
from carestead.store.care.models import ShareChoice
from carestead.store.care.sharing import answer_for, choices, choose_sharing, newest, parts_seen, said_of

PARTS = ("about-me", "plan", "contingency")
PERSON = Actor("edith", "Edith", Role.PERSON, person_id=7)


@pytest.fixture
def person(db, gp) -> int:
    return enrol(gp)


def say(by, allowed, audience="acute-trust", part="contingency", minutes=0):
    choose_sharing(
        person_id=7, part=part, audience=audience, allowed=allowed, said_on=TODAY, by=by,
        at=NOW + timedelta(minutes=minutes),
    )  # fmt: skip


def test_a_change_takes_effect_at_once_and_is_written_down(person, coordinator):
    assert parts_seen(PARTNER, 7, "acute-trust", PARTS) == frozenset()
    say(coordinator, True)
    assert parts_seen(PARTNER, 7, "acute-trust", PARTS) == {"contingency"}
    say(coordinator, False, minutes=1)
    assert parts_seen(PARTNER, 7, "acute-trust", PARTS) == frozenset()
    assert ShareChoice.objects.count() == 2
    assert AuditEvent.objects.filter(action="share-choice", people=[7]).count() == 2


def test_the_care_team_sees_unless_the_person_says_no(person, gp, coordinator):
    assert parts_seen(coordinator, 7, "", PARTS) == frozenset(PARTS)
    say(coordinator, False, audience="care-coordinator", part="about-me")
    assert parts_seen(coordinator, 7, "", PARTS) == {"plan", "contingency"}
    assert parts_seen(LEAD, 7, "practice", PARTS) == frozenset(PARTS)


def test_the_accountable_gp_and_the_person_always_see(person, gp):
    say(gp, False, audience="named-gp", part="*")
    assert parts_seen(gp, 7, "practice", PARTS) == frozenset(PARTS)
    assert parts_seen(PERSON, 7, "", PARTS) == frozenset(PARTS)
    colleague = Actor("rook", "Dr Ben Rook", Role.NAMED_GP, "Y00001", "G2")
    assert parts_seen(colleague, 7, "practice", PARTS) == frozenset()


def answers(by, audience="council", seen=0, **said):
    facts = {"person_id": 7, "audience": audience, "seen": seen, "said_on": TODAY, "by": by, "at": NOW}
    return answer_for(answers={part.replace("_", "-"): yes for part, yes in said.items()}, **facts)


def test_a_person_answers_for_one_audience_part_by_part(person):
    written = answers(PERSON, about_me=True, plan=False)
    assert [(c.part, c.allowed, c.recorded_by) for c in written] == [
        ("about-me", True, "Edith"),
        ("plan", False, "Edith"),
    ]
    nurse = Actor("sw", "Social Worker", Role.PARTNER, "E10001")
    assert parts_seen(nurse, 7, "council", PARTS) == {"about-me"}
    assert said_of("council", choices(7)) == {"about-me": True, "plan": False}
    assert answers(PERSON, seen=newest(7), about_me=True, plan=False) == []
    assert [c.part for c in answers(PERSON, seen=newest(7), about_me=True, plan=True)] == ["plan"]


def test_an_answer_for_every_part_is_not_said_again(person, coordinator):
    say(coordinator, True, audience="council", part="*")
    assert answers(PERSON, seen=newest(7), about_me=True, formulation=True) == []


def test_who_answers_from_an_old_page_is_told(person, coordinator):
    say(coordinator, True, audience="council", part="plan")
    with pytest.raises(ChangedMeanwhileError):
        answers(PERSON, seen=0, plan=False)
    assert ShareChoice.objects.count() == 1


def test_two_answers_from_one_page_at_the_same_instant(committed, gp):
    enrol(gp)

    def one(yes: bool) -> str:
        try:
            answers(PERSON, plan=yes)
        except ChangedMeanwhileError:
            return "told"
        return "written"

    assert sorted(at_once([partial(one, yes) for yes in (True, False, True)])) == ["told", "told", "written"]
    assert ShareChoice.objects.count() == 1


@pytest.mark.parametrize(
    "by",
    [PARTNER, Actor("ann", "Ann", Role.CARER, person_id=7), Actor("x", "X", Role.PERSON, person_id=8)],
    ids=lambda a: a.username,
)
def test_nobody_opens_for_themselves_what_is_closed(person, by):
    with pytest.raises(NotPossibleError, match="Only the person, their practice or their care coordinator"):
        say(by, True)
    assert not ShareChoice.objects.exists()


def test_who_works_for_no_known_kind_of_organisation_sees_nothing(person):
    assert parts_seen(PARTNER, 7, "", PARTS) == frozenset()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"part": "wishes"}, "no part wishes"),
        ({"audience": "everybody"}, "Nobody is called everybody"),
        ({"said_on": TODAY + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_an_answer_about_nothing(person, coordinator, changed, words):
    said = {"person_id": 7, "part": "plan", "audience": "council", "allowed": True, "said_on": TODAY, "at": NOW}
    with pytest.raises(NotPossibleError, match=words):
        choose_sharing(**{**said, "by": coordinator, **changed})
    assert not ShareChoice.objects.exists()
