"""The order in which people are talked about, and when a meeting or a lesson may be closed."""

from datetime import UTC, date, datetime

import pytest

from carestead.care.lesson import CAUSES, effect_refusal, finding_refusal
from carestead.care.lesson import closing_refusal as lesson_refusal
from carestead.care.meeting import ITEM, MEETING, Matter, agenda, closing_refusal

EARLY, LATE = datetime(2026, 11, 1, 9, tzinfo=UTC), datetime(2026, 11, 19, 9, tzinfo=UTC)


def matter(person_id, kind, since=LATE):
    return Matter(person_id, kind, f"{kind} of {person_id}", since)


def test_one_line_a_person_the_weightiest_matter_first():
    [line] = agenda([matter(1, "plan-review", date(2026, 11, 2)), matter(1, "overdue"), matter(1, "discharge")], most=9)
    assert [m.kind for m in line.matters] == ["discharge", "overdue", "plan-review"]
    assert line.why == "discharge of 1; overdue of 1; plan-review of 1"


def test_weight_then_number_then_wait_then_number_of_the_person():
    matters = [
        matter(1, "unanswered"),
        matter(2, "overdue"),
        matter(3, "overdue"), matter(3, "overdue", EARLY),
        matter(4, "overdue", EARLY),
        matter(5, "discharge"),
        matter(6, "overdue"),
    ]  # fmt: skip
    assert [line.person_id for line in agenda(matters, most=9)] == [5, 3, 4, 2, 6, 1]
    assert [line.person_id for line in agenda(reversed(matters), most=9)] == [5, 3, 4, 2, 6, 1]


def test_at_most_so_many_and_nobody_twice():
    matters = [matter(n, "overdue") for n in range(9)]
    assert [line.person_id for line in agenda(matters, most=2, without={0, 1})] == [2, 3]
    assert agenda([], most=2) == []


def test_closing_says_who_leaves_with_nothing():
    assert closing_refusal([]) is None
    assert closing_refusal(["ABARA, Agnes"]).what == "ABARA, Agnes leaves the meeting with nothing."
    assert closing_refusal(["A", "B"]).what == "A, B leave the meeting with nothing."


@pytest.mark.parametrize("machine", [MEETING, ITEM])
def test_no_act_leads_out_of_an_end(machine):
    assert not [t for t in machine.transitions if t.start & machine.ended]
    assert all(t.end in machine.states | {""} for t in machine.transitions)


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_is_a_class(cause):
    assert finding_refusal("Nobody told the daughter", cause) is None


def test_a_finding_says_what_and_why():
    assert "went wrong" in finding_refusal(" ", "refused").what
    assert "no cause weather" in finding_refusal("x", "weather").what
    assert "no cause given" in finding_refusal("x", "").what


@pytest.mark.parametrize(
    ("effect", "day", "words"),
    [
        ("", date(2026, 11, 5), "what changed"),
        ("Fewer", None, "does not lie between"),
        ("Fewer", date(2026, 10, 31), "does not lie between"),
        ("Fewer", date(2026, 11, 21), "does not lie between"),
        ("Fewer", date(2026, 11, 20), None),
        ("Fewer", date(2026, 11, 1), None),
    ],
)
def test_an_effect_is_measured_between_the_finding_and_today(effect, day, words):
    refused = effect_refusal(effect, day, found_on=date(2026, 11, 1), today=date(2026, 11, 20))
    assert (refused is None) if words is None else words in refused.what


@pytest.mark.parametrize(
    ("state", "effect", "words"),
    [
        (None, "Fewer", "Nobody has promised"),
        ("requested", "Fewer", "not kept"),
        ("cancelled", "Fewer", "not kept"),
        ("completed", " ", "Nobody has measured"),
        ("completed", "Fewer", None),
    ],
)
def test_a_lesson_closes_only_with_evidence(state, effect, words):
    refused = lesson_refusal(state, effect)
    assert (refused is None) if words is None else words in refused.what
