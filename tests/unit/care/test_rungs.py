"""What a site may change of the ladder of escalation, and that somebody is always told in the end."""

from datetime import timedelta

import pytest
from tests.unit.care.test_escalation import ENGLAND, at, promise

from carestead.care.escalation import Manner, Party, ladder
from carestead.care.gaps.limits import limits
from carestead.care.rungs import MOST_HOURS, differences, rungs, shipped
from carestead.core.finding import UsageError

URGENT = {"made": "2026-03-27T18:30", "due": "2026-03-30T18:30"}


def told(changes, **more):
    return {a.milestone: (a.to, a.since) for a in ladder(promise(**{**URGENT, **more}), ENGLAND, rungs(changes))}


def test_without_changes_it_is_the_ladder_as_shipped():
    assert rungs({}) is rungs() is shipped()
    assert differences(shipped()) == []


def test_a_site_says_how_late_each_rung_is_told_and_no_other_changes():
    mine = {"paces": {"urgent": {"lateness": {"gp-asked": 10, "commissioner-told": 42}}}, "source": "agreed in May"}
    before, after = told({}), told(mine)
    assert {m for m in after if after[m] != before[m]} == {"gp-asked", "commissioner-told"}
    assert after["gp-asked"][1] - before["gp-asked"][1] == timedelta(hours=2)
    assert told(mine, made="2026-03-02T09:00") == told({}, made="2026-03-02T09:00")
    assert differences(rungs(mine)) == [
        "urgent gp-asked after 10 hours (shipped: 8)", "urgent commissioner-told after 42 hours (shipped: 21)",
    ]  # fmt: skip


def test_a_site_says_who_is_asked():
    mine = {"rungs": {"coordinator-asked": {"party": "named-gp"}, "gp-asked": {"party": "coordinator"}}}
    assert [to for to, _ in told({}).values()] == ["P1", "P2", "C1", "G1", "L1", "B1"]
    assert [to for to, _ in told(mine).values()] == ["P1", "P2", "G1", "C1", "L1", "B1"]
    assert differences(rungs(mine))[0] == "coordinator-asked asks the named-gp (shipped: the coordinator)"


def test_whoever_stands_on_two_rungs_hears_at_the_first_and_the_rest_of_the_ladder_stays():
    twice = told({"rungs": {"gp-asked": {"party": "coordinator"}}})
    assert list(twice) == ["overdue", "cover-asked", "coordinator-asked", "lead-offers", "commissioner-told"]


def test_a_site_says_at_which_paces_people_are_interrupted():
    mine = rungs({"interrupts": ["crisis"]})
    manners = {a.manner for a in ladder(promise(**URGENT), ENGLAND, mine) if a.party is not Party.NAMED_GP}
    assert manners == {Manner.DIGEST}
    assert differences(mine) == ["urgent waits for the digest"]


@pytest.mark.parametrize(
    ("changes", "what", "instead"),
    [
        ({"digest": "08:00"}, "there is no digest to change", "There are: paces, rungs, interrupts, source."),
        ({"paces": None}, "paces does not say what differs", "urgent: {lateness: {gp-asked: 6}}"),
        ({"paces": {"slow": {}}}, "paces has no slow to change", "There are: crisis, urgent, routine."),
        ({"paces": {"urgent": None}}, "the pace urgent does not say what differs", "{lateness: {gp-asked: 6}}"),
        ({"paces": {"urgent": {"hours": {}}}}, "the pace urgent does not say what differs", "lateness"),
        ({"paces": {"urgent": {"lateness": {"nurse": 1}}}}, "the pace urgent has no rung nurse", "There are: overdue"),
        ({"paces": {"urgent": {"lateness": {"gp-asked": None}}}}, "gp-asked comes after None", "can be taken away"),
        ({"paces": {"urgent": {"lateness": {"gp-asked": "6"}}}}, "gp-asked comes after 6 hours", "a number of hours"),
        ({"paces": {"urgent": {"lateness": {"gp-asked": -1}}}}, "gp-asked comes after -1 hours", "from 0 to"),
        (
            {"paces": {"routine": {"lateness": {"commissioner-told": MOST_HOURS + 1}}}},
            "commissioner-told comes after 1051 hours", "no rung can be taken away",
        ),
        (
            {"paces": {"urgent": {"lateness": {"gp-asked": 3}}}},
            "at the pace urgent, gp-asked comes after 3 hours, before coordinator-asked (4)", "Give gp-asked 4 or more",
        ),
        ({"rungs": {"lead-offers": None}}, "who hears at lead-offers cannot be changed", "There are: coordinator"),
        ({"rungs": {"commissioner-told": {"party": "lead"}}}, "commissioner-told cannot be changed", "gp-asked"),
        ({"rungs": {"gp-asked": None}}, "gp-asked does not say who is asked", "{party: coordinator}"),
        ({"rungs": {"gp-asked": {"party": "lead"}}}, "gp-asked does not say who is asked", "coordinator, named-gp"),
        ({"rungs": {"nurse-asked": {}}}, "rungs has no nurse-asked to change", "There are: overdue, cover-asked"),
        ({"interrupts": []}, "interrupts is []", "that holds crisis"),
        ({"interrupts": ["crisis", "slow"]}, "interrupts is ['crisis', 'slow']", "crisis, urgent, routine"),
        ({"interrupts": "crisis"}, "interrupts is crisis", "[crisis]"),
    ],
)  # fmt: skip
def test_what_a_ladder_cannot_be_is_refused_with_file_name_and_what_to_type(changes, what, instead):
    with pytest.raises(UsageError) as refused:
        rungs(changes, "area/escalation.yaml")
    assert refused.value.what.startswith("area/escalation.yaml: ")
    assert what in refused.value.what
    assert instead in refused.value.do


def test_the_check_of_gaps_judges_by_the_same_ladder():
    mine = rungs(
        {"paces": {"urgent": {"lateness": {"gp-asked": 10}}}, "rungs": {"coordinator-asked": {"party": "named-gp"}}}
    )
    now = at("2026-03-30T10:00")
    rows = {
        (pace, milestone): (party, late)
        for t in limits(now, ENGLAND, ladder=mine).tables
        if t.name == "rung"
        for pace, milestone, party, late in t.rows
    }
    assert rows["urgent", "gp-asked"] == ("named-gp", 36_000.0)
    assert rows["urgent", "coordinator-asked"] == ("named-gp", 14_400.0)
    assert rows["routine", "gp-asked"] == ("named-gp", 52.5 * 3600)
