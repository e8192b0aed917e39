"""A rule set that cannot be right is refused, with every mistake, where it is, and what to write instead."""

from pathlib import Path

import pytest
import yaml

from carestead.core.finding import InputError
from carestead.find.rules import read
from carestead.find.rules.known import vocabulary
from carestead.find.rules.ruled import rule_steps
from carestead.reference import load, names

LAST = {"id": "rest", "title": "Rest", "everybody": True}


def mistakes(*segments, **top) -> list[str]:
    file = {"id": "ours", "title": "Ours", "source": "us", "segments": [*segments, LAST], **top}
    with pytest.raises(InputError) as refused:
        read(file, "segments")
    return refused.value.what.split("\n")


def one(condition, **more) -> dict:
    return {"id": "a", "title": "A", "any": [condition], **more}


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ({"flag": "dementai"}, "There is no flag dementai; there are dementia"),
        ({"score": "effi"}, "There is no score effi; there are efi"),
        ({"feature": "emergency_admission"}, "There is no feature emergency_admission; there are emergency_admissions"),
        ({"item": "efi/diabetis"}, "there are efi/diabetes"),
        ({"encounter": "gp"}, "There is no encounter gp; there are"),
        ({"diagnosis": "gout"}, "There is no diagnosis gout; there is none."),
        ({"score": "efi", "band": "sever"}, "efi has no band sever; it has fit, mild, moderate, severe."),
        ({"flag": "dementia", "band": "mild"}, "dementia has no band mild; it has none."),
        ({"flag": "dementia", "least": 2}, "least is no word of a condition"),
        ({"feature": "age", "at_least": "old"}, "at_least must be a number, not old."),
        ({"age_at_least": -1}, "at_least must be a number, not -1."),
        ({"flag": "dementia", "within_years": "two"}, "within_years must be a number, not two."),
        ({"flag": "dementia", "score": "efi"}, "must ask for one thing"),
        ({"at_least": 3}, "must ask for one thing"),
        ({"flag": "dementia", "since": "fall"}, "fall is no fact; write it as kind/name, such as flag/dementia."),
        ({"conditions_at_least": 2}, "conditions_at_least needs of: a list of facts"),
        ({"conditions_at_least": 2, "of": ["flag/dementia"]}, "conditions_at_least is 2, but of has only 1."),
        ("dementia", "dementia is no condition; write it as {flag: dementia}."),
        ({"none": [{"flag": "dementia"}]}, "says only what is not so"),
        ({"all": [{"flag": "dementia"}], "score": "efi"}, "has score beside all and none"),
    ],
)
def test_each_mistake_says_where_and_what_instead(condition, says):
    (said,) = mistakes(one(condition))
    assert said.startswith("ours: a, clause 1")
    assert says in said


def test_every_mistake_is_told_at_once():
    said = mistakes(
        one({"flag": "x"}), one({"flag": "y"}), {"title": "No id"}, {"id": "b", "title": "B"}, source="", sauce=1
    )
    assert len(said) == 7
    assert "ours: a is there 2 times; ids must differ." in said
    assert "ours: b must say either any: a list of clauses, or everybody: true." in said
    assert "ours: sauce is no key of a rule set." in said


@pytest.mark.parametrize(
    "segments", [[one({"flag": "dementia"})], [LAST, one({"flag": "dementia"})], [LAST, LAST | {"id": "b"}]]
)
def test_the_last_segment_and_no_other_takes_everybody(segments):
    with pytest.raises(InputError, match="The last segment, and only the last, must say everybody: true"):
        read({"id": "ours", "title": "Ours", "source": "us", "segments": segments}, "segments")


@pytest.mark.parametrize("segments", [None, [], "dementia", {"id": "a"}])
def test_a_file_without_segments(segments):
    with pytest.raises(InputError, match="It has no list of segments"):
        read({"id": "ours", "title": "Ours", "source": "us", "segments": segments}, "segments")


def test_a_need_needs_its_action():
    need = {"id": "a", "title": "A", "any": [{"flag": "carer"}], "points": 1, "evidence": "none"}
    with pytest.raises(InputError, match="a has no action"):
        rule_steps(needs={"id": "ours", "title": "Ours", "source": "us", "needs": [need]})


@pytest.mark.parametrize("name", names("segments"))
def test_what_is_shipped_is_right(name):
    assert read(load("segments", name), "segments").rules[-1].is_everybody


def test_diagnoses_are_read_as_they_are_written():
    file = {
        "id": "ours", "title": "Ours", "source": "us", "diagnoses": {"gout": ["m10.0"]},
        "segments": [one({"diagnosis": "gout"}), LAST],
    }  # fmt: skip
    assert read(file, "segments").diagnoses == {"gout": ("M100",)}


def test_words_are_made_where_none_are_given():
    clause = read({"id": "o", "title": "O", "source": "us", "segments": [
        one({"all": [{"score": "efi", "band": "severe"}], "none": [{"flag": "housebound", "within_months": 6}]}), LAST,
    ]}, "segments").rules[0].clauses[0]  # fmt: skip
    assert clause.all[0].words == "Electronic Frailty Index: {value}, severe"
    assert clause.none[0].words == "no housebound in the last 6 months"


def test_the_example_of_the_manual_is_right():
    page = (Path(__file__).parents[3] / "docs" / "rules.md").read_text()
    example = yaml.safe_load(page.split("```yaml")[1].split("```")[0])
    assert [r.id for r in read(example, "segments").rules] == ["most-care", "left-alone", "others"]


def test_the_manual_names_every_kind_of_fact_and_every_word_of_a_condition():
    page = (Path(__file__).parents[3] / "docs" / "rules.md").read_text()
    words = [
        "at_least",
        "at_most",
        "below",
        "within_days",
        "within_months",
        "within_years",
        "for_years",
        "since",
        "after",
        "words",
    ]
    assert [w for w in (*vocabulary(), *words) if f"`{w}" not in page] == []
