"""Who sees which part of a plan: as the person says, at once."""

from datetime import timedelta

import pytest
from tests.unit.store.planning import LEAD, NOW, PARTNER, TODAY, enrol

from carestead.store.actor import Actor, Role
from carestead.store.audit.models import AuditEvent
from carestead.store.care.acting import NotPossibleError
from carestead.store.care.models import ShareChoice
from carestead.store.care.sharing import choose_sharing, parts_seen

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
