"""Who stands on which side, and who answers for somebody who is away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.care.answering import Presence
from carestead.care.clocks import Unit, clocks
from carestead.care.machine import Refusal
from carestead.care.sides import Matter, Party, Standpoint, answered_for, of_promise, of_request
from carestead.care.templates import _template, bind, follow_ups, outcome_refusal, outcome_words, outcomes, templates
from carestead.core.calendar import LONDON
from carestead.core.finding import UsageError
from carestead.reference.calendars import working_calendar

ENGLAND = working_calendar()
TEAM, ADA, KIM = Party("organisation", "RX901"), Party("practitioner", "G1"), Party("practitioner", "K1")
HELD = {"named-gp": "G1", "coordinator": "K1"}
CODES = ["A", "B", "C", "D"]


def sides(who: Standpoint, owner=TEAM, requester=ADA) -> set[str]:
    return set(of_promise(who, Matter(7, owner, requester, "ada", HELD)))


def clinician(code: str, **more) -> Standpoint:
    return Standpoint(f"user-{code}", codes=frozenset({code}), **more)


def test_a_party_is_the_same_however_its_name_is_written():
    assert Party("practitioner", "G1", "Dr Ada Quill").is_same(ADA)
    assert not Party("practitioner", "G2").is_same(ADA)
    assert not Party("organisation", "G1").is_same(ADA)


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
    st.builds(
        Presence,
        st.dictionaries(st.sampled_from(CODES), st.sampled_from(["", *CODES])),
        st.frozensets(st.sampled_from(CODES)),
    ),
    st.sampled_from(CODES),
)
def test_everybody_away_is_answered_for_by_somebody_who_is_there_or_the_desk(there, me):
    """With a staffed desk nobody is left without an answer, rings of cover included."""
    missing = {c for c in CODES if not there.here(c)}
    desk = answered_for(frozenset({"desk"}), True, there)
    covered = {c: answered_for(frozenset({c}), False, there) for c in CODES}
    assert missing == desk.union(*covered.values())
    assert all(not covered[c] for c in missing), "who is away answers for nobody"
    assert me not in answered_for(frozenset({me}), True, there)


def test_a_template_binds_roles_to_people_and_a_time():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    people = {"named-gp": ADA, "coordinator": KIM, "person": Party("person", "7")}
    for template in templates().values():
        bound = bind(template, people, now, ENGLAND)
        assert (bound.owner, bound.requester) == (people[template.owner], people[template.requester])
        assert bound.due_at > now
        assert bound.done_means
    assert bind(templates()["after-discharge-contact"], people, now, ENGLAND).due_at == now + timedelta(hours=72)


@pytest.mark.parametrize(
    ("name", "start", "due"),
    [
        ("decide-conflict", "2026-03-27T16:00", "2026-03-31T18:30"),  # on Friday: not on Sunday
        ("what-next", "2026-04-02T09:00", "2026-04-07T18:30"),  # over Easter
        ("choose-next", "2026-03-30T09:00", "2026-03-31T18:30"),
        ("answer-message", "2026-12-24T19:00", "2026-12-29T18:30"),  # Christmas Day, Boxing Day on Saturday, and Monday
        ("plan-review", "2026-03-02T08:00", "2026-03-16T18:30"),
        ("take-over", "2026-03-28T12:00", "2026-03-31T18:30"),  # on a Saturday
        ("not-done", "2026-03-27T16:00", "2026-03-28T16:00"),  # what was not done for a person does not wait for Monday
        ("after-discharge-contact", "2026-10-23T16:00", "2026-10-26T15:00"),  # 72 hours over the night they go back
        ("carer-check", "2026-03-27T16:00", "2026-04-10T17:00"),  # 14 days of 24 hours, and clocks went forward
    ],
)
def test_a_template_counts_working_days_where_it_says_so(name, start, due):
    form = (templates() | follow_ups())[name]
    when = [datetime.fromisoformat(text).replace(tzinfo=LONDON) for text in (start, due)]
    assert form.due(when[0].astimezone(UTC), ENGLAND) == when[1]


@pytest.mark.parametrize(
    ("template", "clock"),
    [
        ("what-next", "request-next-step"),
        ("choose-next", "request-next-step"),
        ("answer-message", "message-answer"),
        ("plan-review", "plan-review"),
        ("take-over", "hand-over-offer"),
        ("break-glass-review", "break-glass-review"),
    ],
)
def test_a_template_and_the_clock_of_the_same_thing_agree(template, clock):
    said = clocks()[clock]
    assert (said.unit, said.limit) == (Unit.WORKING_DAYS, follow_ups()[template].working_days)


@pytest.mark.parametrize("due", [{}, {"due": {"days": 2}, "due_working_days": 2}])
def test_a_template_says_in_one_way_by_when(due):
    with pytest.raises(UsageError, match="x does not say in one way"):
        _template("x", {"title": "X", "what": "X", "done_means": "X", **due})


def test_a_role_that_nobody_has_is_said():
    refused = bind(templates()["falls-assessment"], {"named-gp": ADA}, datetime(2026, 1, 1, tzinfo=UTC), ENGLAND)
    assert isinstance(refused, Refusal)
    assert "care coordinator" in refused.what


def test_every_outcome_has_words():
    for template in ["", *templates(), *follow_ups()]:
        assert outcomes(template)
        assert all(words != code for code, words in outcomes(template).items())
        assert outcome_refusal(template, "nonsense") is not None
    assert outcome_words("something old") == "something old"
