"""Where a plan's words belong, and when there is something to agree on."""

import pytest

from carestead.care.headings import PARTS, agreeing_refusal, heading_refusal, without_triggers

RING, TRIGGER = ("contingency", 2, "what-should-happen"), ("contingency", 2, "trigger-factors")
WORDS = {("plan", 1, "strengths"): "Walks every day"}


def test_every_heading_has_one_place():
    places = [(p.id, h.id) for p in PARTS for h in p.headings]
    assert len(places) == len(set(places)) == 29


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("plans", "strengths", 1), "no part plans"),
        (("plan", "trigger-factors", 1), "has no heading trigger-factors"),
        (("plan", "strengths", 2), "no Strengths, needs and goals number 2"),
        (("contingency", "trigger-factors", 0), "no Contingency plans number 0"),
    ],
)
def test_a_place_that_is_none_is_refused(place, words):
    refused = heading_refusal(*place)
    assert words in refused.what
    assert refused.do


def test_contingency_plans_are_told_apart_by_number():
    assert heading_refusal("contingency", "trigger-factors", 3) is None


@pytest.mark.parametrize(
    ("written", "goals", "refused"),
    [
        ({}, 0, "says nothing yet"),
        ({("about-me", 1, "my-wellness"): "Good days"}, 0, "says nothing yet"),
        ({("plan", 1, "strengths"): "  "}, 0, "says nothing yet"),
        ({}, 1, None),
        (WORDS, 0, None),
        ({RING: "Ring Ann"}, 1, "Contingency plan 2"),
        ({RING: "Ring Ann", TRIGGER: "A fall"}, 1, None),
        ({RING: "Ring Ann", TRIGGER: " "}, 1, "Contingency plan 2"),
    ],
)  # fmt: skip
def test_what_is_enough_to_agree_on(written, goals, refused):
    said = agreeing_refusal(written, goals)
    assert (said is None) if refused is None else refused in said.what


def test_a_trigger_of_one_plan_does_not_serve_another():
    assert without_triggers([("contingency", 1, "trigger-factors"), ("contingency", 2, "coping-strategies")]) == [2]
