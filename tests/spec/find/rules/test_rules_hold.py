"""The evaluator of rules against slow plain Python, and what must be true of any rule set."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.spec.find.rules.ruled import AS_OF, ago, clauses, first_met, meeting, rows

from carestead.find.rules import read
from carestead.find.rules.ruled import rule_steps
from carestead.reference import load

SNEE, NEEDS = load("segments", "snee-2024"), load("find", "needs")
KEYS = ("points", "action", "evidence")
NAMES = [
    ("flag", "dementia"), ("flag", "housebound"), ("score", "efi"), ("feature", "age"), ("encounter", "contact"),
    ("encounter", "emergency-discharge"), ("item", "efi/diabetes"),
]  # fmt: skip
BANDS = ["fit", "mild", "severe"]


def segments(run_steps, file: dict, people: dict) -> dict[int, str]:
    """The segment of each person, from rows of rule_fact."""
    steps = rule_steps(file, NEEDS | {"needs": NEEDS["needs"][:1]})
    given = run_steps(
        [steps["rule_met"], steps["segment"]], AS_OF, rule_fact=rows(people), feature=[{"person_id": p} for p in people]
    )
    assert len(given) == len({r["person_id"] for r in given})
    return {r["person_id"]: r["segment"] for r in given}


def a_file(segments: list) -> dict:
    last = {"id": "rest", "title": "Everybody else", "everybody": True}
    return {"id": "test-1", "title": "Test", "source": "made up", "segments": [*segments, last]}


limits = st.fixed_dictionaries(
    {},
    optional={
        "at_least": st.sampled_from([1, 5, 5.5]),
        "below": st.sampled_from([3, 6]),
        "within_days": st.sampled_from([3, 30]),
        "over_days": st.sampled_from([3, 10]),
        "within_months": st.sampled_from([1, 12]),
        "for_months": st.sampled_from([1, 12]),
        "since": st.sampled_from([f"{k}/{n}" for k, n in NAMES]),
    },
)
one = st.builds(lambda name, more: {name[0]: name[1], **more}, st.sampled_from(NAMES), limits)
banded = st.builds(lambda band: {"score": "efi", "band": band}, st.sampled_from(BANDS))
several = st.builds(
    lambda n, of: {"conditions_at_least": min(n, len(of)), "of": [f"{k}/{m}" for k, m in of]},
    st.integers(1, 3), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
)  # fmt: skip
any_condition = st.one_of(one, banded, several)
any_clause = st.builds(
    lambda yes, no: {"all": yes, "none": no}, st.lists(any_condition, min_size=1, max_size=2), st.lists(one, max_size=2)
)
any_segments = st.lists(st.lists(any_clause, min_size=1, max_size=3), min_size=1, max_size=4)
days = st.sampled_from([None, *(ago(n) for n in (0, 2, 3, 4, 9, 10, 29, 30, 31, 364, 365, 400))])
a_fact = st.fixed_dictionaries(
    {
        "value": st.sampled_from([None, 0.5, 1.0, 3.0, 5.0, 5.5, 9.0]),
        "band": st.sampled_from([None, *BANDS]),
        "first_date": days,
        "last_date": days,
    }
)
any_people = st.lists(st.dictionaries(st.sampled_from(NAMES), a_fact), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=any_segments, people=any_people)
def test_sets_give_what_plain_python_gives_and_everybody_has_one_segment(run_steps, rules, people):
    file = a_file([{"id": f"s{n}", "title": f"S{n}", "any": any_} for n, any_ in enumerate(rules)])
    who = dict(enumerate(people))
    rule_set = read(file, "segments")
    assert segments(run_steps, file, who) == {p: first_met(rule_set, facts) for p, facts in who.items()}


@pytest.mark.parametrize(("file", "key", "more"), [(SNEE, "segments", ()), (NEEDS, "needs", KEYS)])
def test_every_clause_that_is_shipped_can_be_met_and_ends_when_it_says(run_steps, file, key, more):
    """A rule that can never be met, or never ends, would be a promise on paper."""
    rule_set = read(file, key, and_keys=more)
    people, expected = {}, {}
    for number, (rule, clause) in enumerate(clauses(rule_set)):
        shown = {k: v for c in clause.all for k, v in meeting(c).items()}
        people[number * 100] = shown
        expected[number * 100] = rule
        for n, not_so in enumerate(clause.none, 1):
            shown_too = {k: v | {"last_date": AS_OF} for k, v in meeting(not_so).items()}
            people[number * 100 + n] = shown | shown_too
    met = run_steps([rule_steps()["rule_met"]], AS_OF, rule_fact=rows(people))
    of_set = {(r["person_id"], r["rule"]) for r in met if r["rule_set"] == rule_set.id}
    assert set(expected.items()) - of_set == set()
    ended = {p for p in people if p not in expected}
    assert {(p, expected[p - p % 100]) for p in ended} & of_set == set()


def test_every_need_names_its_action_its_points_and_its_evidence():
    for need in NEEDS["needs"]:
        assert need["action"].endswith(".") and len(need["action"]) > 20, need["id"]
        assert 1 <= need["points"] <= 5, need["id"]
        assert len(need["evidence"]) > 20, need["id"]
    assert [a["points"] >= b["points"] for a, b in pairwise(NEEDS["needs"])].count(False) == 0


BOTH = {("flag", "dementia"): {"first_date": ago(9)}, ("flag", "palliative"): {"first_date": ago(9)}}


def test_the_order_of_segments_decides(run_steps):
    only = {("flag", "dementia"): {"first_date": ago(9)}}
    turned = SNEE | {"segments": [SNEE["segments"][1], SNEE["segments"][0], *SNEE["segments"][2:]]}
    assert segments(run_steps, SNEE, {1: BOTH, 2: only, 3: {}}) == {1: "die-well", 2: "age-well", 3: "live-well"}
    assert segments(run_steps, turned, {1: BOTH, 2: only, 3: {}}) == {1: "age-well", 2: "age-well", 3: "live-well"}


def test_a_changed_rule_changes_only_what_it_says(run_steps):
    facts = {("encounter", "missed"): {"value": 3.0}, ("flag", "palliative"): {"first_date": ago(9)}}

    def found(file):
        steps = rule_steps(needs=file)
        rows_ = run_steps([steps["rule_met"], steps["need"]], AS_OF, rule_fact=rows({1: facts}))
        return {r["need"]: (r["points"], r["because"], r["action"]) for r in rows_}

    as_shipped = found(NEEDS)
    changed = [n | {"points": 5} if n["id"] == "missed-appointments" else n for n in NEEDS["needs"]]
    after = found(NEEDS | {"needs": changed})
    assert after.pop("missed-appointments")[0] == 5
    assert as_shipped.pop("missed-appointments")[0] == 2
    assert after == as_shipped != {}


def test_equal_rule_files_give_equal_steps():
    """So that a run over unchanged rules makes nothing anew."""
    assert [s.references for s in rule_steps().values()] == [s.references for s in rule_steps(SNEE, NEEDS).values()]
