"""Who stands on which side, and who answers for somebody who is away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.care.machine import Refusal
from carestead.care.sides import Away, Matter, Party, Standpoint, answered_for, of_promise, of_request
from carestead.care.templates import bind, follow_ups, outcome_refusal, outcome_words, outcomes, templates

TEAM, ADA, KIM = Party("organisation", "RX901"), Party("practitioner", "G1"), Party("practitioner", "K1")
HELD = {"named-gp": "G1", "coordinator": "K1"}
CODES = ["A", "B", "C", "D"]


def sides(who: Standpoint, owner=TEAM, requester=ADA) -> set[str]:
    return set(of_promise(who, Matter(7, owner, requester, "ada", HELD)))


def clinician(code: str, **more) -> Standpoint:
    return Standpoint(f"user-{code}", codes=frozenset({code}), **more)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (clinician("G9"), set()),
        (clinician("G1"), {"requester", "accountable-gp"}),
        (clinician("K1"), {"coordinator"}),
        (Standpoint("ada"), {"author"}),
        (Standpoint("", lead=True), {"lead"}),
        (Standpoint("", teams=frozenset({"RX901"})), {"owner"}),
        (clinician("G2", answers_for=frozenset({"G1"})), {"requester", "accountable-gp"}),
        (Standpoint("", person_id=7), {"person"}),
        (Standpoint("", person_id=7, carer=True), {"carer"}),
        (Standpoint("", person_id=8), set()),
    ],
)
def test_of_a_teams_promise(who, expected):
    assert sides(who) == expected


def test_cover_stands_in_for_the_owner_and_is_not_the_owner():
    assert "cover" in sides(clinician("G2", answers_for=frozenset({"K1"})), owner=KIM)
    assert "owner" not in sides(clinician("G2", answers_for=frozenset({"K1"})), owner=KIM)


def test_a_team_has_no_cover():
    assert "cover" not in sides(clinician("G2", answers_for=frozenset({"RX901"})))


def test_those_who_look_after_the_person_write_down_what_the_person_did():
    own = Party("person", "7")
    assert {"cover", "coordinator"} == sides(clinician("K1"), owner=own)
    assert "owner" in sides(Standpoint("", person_id=7), owner=own)
    assert "owner" in sides(Standpoint("", person_id=7, carer=True), owner=own)
    assert "owner" not in sides(Standpoint("", person_id=7), owner=Party("carer", "7"))
    assert "cover" not in sides(clinician("G9"), owner=own)


def test_the_desk_owns_what_is_the_desks():
    assert sides(Standpoint("", desks=frozenset({"GRP1"})), owner=Party("desk", "GRP1")) == {"owner"}


def test_of_a_request():
    matter = Matter(7, TEAM, ADA, "", HELD)
    assert of_request(Standpoint("", teams=frozenset({"RX901"})), matter) == {"team"}
    assert of_request(clinician("G1"), matter) == {"asker", "accountable-gp"}


@given(
    st.lists(st.builds(Away, st.sampled_from(CODES), st.sampled_from(["", *CODES])), max_size=6),
    st.sampled_from(CODES),
)
def test_everybody_away_is_answered_for_by_somebody_who_is_there_or_the_desk(away, me):
    """With a staffed desk nobody is left without an answer, rings of cover included."""
    gone = {a.code for a in away}
    desk = answered_for(frozenset({"desk"}), True, away)
    here = [c for c in CODES if c not in gone]
    covered = set().union(*(answered_for(frozenset({c}), False, away) for c in here)) if here else set()
    assert gone == desk | covered
    assert me not in answered_for(frozenset({me}), True, away)


def test_a_template_binds_roles_to_people_and_a_time():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    people = {"named-gp": ADA, "coordinator": KIM, "person": Party("person", "7")}
    for template in templates().values():
        bound = bind(template, people, now)
        assert (bound.owner, bound.requester) == (people[template.owner], people[template.requester])
        assert bound.due_at > now
        assert bound.done_means
    assert bind(templates()["after-discharge-contact"], people, now).due_at == now + timedelta(hours=72)


def test_a_role_that_nobody_has_is_said():
    refused = bind(templates()["falls-assessment"], {"named-gp": ADA}, datetime(2026, 1, 1, tzinfo=UTC))
    assert isinstance(refused, Refusal)
    assert "care coordinator" in refused.what


def test_every_outcome_has_words():
    for template in ["", *templates(), *follow_ups()]:
        assert outcomes(template)
        assert all(words != code for code, words in outcomes(template).items())
        assert outcome_refusal(template, "nonsense") is not None
    assert outcome_words("something old") == "something old"
