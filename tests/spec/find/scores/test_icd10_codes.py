"""ICD-10 codes are cleaned in one place, for every score; and what the caller chooses of how a record is read."""

import pytest

from carestead.find.diagnoses.diagnosis_scores import diagnosis_scores, expanded
from carestead.find.diagnoses.icd10_group import step
from tests.spec.find.scores.diagnosed import AS_OF, DAY, coded

WRITTEN = {
    "F00": "F00", "f00": "F00", "F00.1": "F001", "F001": "F001", " F00.1 ": "F001", "F00.1*": "F001", "F00.1+": "F001",
    "F00.1†": "F001", "F00.1D": "F001", "F00.1-A": "F001", "F00X": "F00", "F00.X": "F00", "F00XX": "F00",
    "F00X-D": "F00", "F00.123": "F001", "X59": "X59", "X59X": "X59", "X59.9": "X599", "x590": "X590",
}  # fmt: skip


def test_a_code_however_it_is_written(run_step):
    given = [{"code_id": n, "system": "icd10", "code": text} for n, text in enumerate(WRITTEN)]
    rows = run_step(step, AS_OF, code=given)
    assert {list(WRITTEN)[r["code_id"]]: r["icd10"] for r in rows if r["map"] == "hfrs"} == WRITTEN
    assert {r["item"] for r in rows if r["map"] == "hfrs"} == {"F00", "X59"}


@pytest.mark.parametrize("text", ["F0", "F", "", "X", "XXXX", "†", "ZZZ", "0F00", "F00 at home", "161898004"])
def test_what_is_no_code_falls_in_no_group(run_step, text):
    assert run_step(step, AS_OF, code=[{"code_id": 1, "system": "icd10", "code": text}]) == []


@pytest.mark.parametrize("system", ["snomed", "ctv3", "readv2", "http://hl7.org/fhir/sid/icd-9-cm"])
def test_a_code_of_another_system_never_counts(scored, system):
    assert scored("hfrs", coded(["F00"]), system=system) == {}


def test_a_group_is_found_by_three_and_by_four_characters(run_step):
    given = [{"code_id": n, "system": "icd10", "code": c} for n, c in enumerate(["I25", "I252", "I253", "I219"])]
    rows = [r for r in run_step(step, AS_OF, code=given) if r["map"] == "charlson-quan-2005"]
    assert {(r["icd10"], r["item"]) for r in rows} == {
        ("I252", "myocardial-infarction"), ("I219", "myocardial-infarction"),
    }  # fmt: skip


def test_the_caller_chooses_the_years(scored):
    diagnoses = [(1, "2021-01-01", "F00"), (2, DAY, "F00")]
    assert set(scored("hfrs", diagnoses)) == {2}
    assert set(scored("hfrs", diagnoses, choices={"hfrs": {"lookback_years": 5}})) == {1, 2}


def test_the_caller_chooses_whether_main_diagnoses_count(scored):
    diagnoses = [(1, DAY, "F00", 1), (1, DAY, "G30", 2), (2, DAY, "G30", None)]
    assert scored("hfrs", diagnoses)[1][0] == 11.1
    without = scored("hfrs", diagnoses, choices={"hfrs": {"primary": False}})
    assert {p: value for p, (value, _) in without.items()} == {1: 4.0, 2: 4.0}, "of unknown position is secondary"


def test_a_choice_for_one_score_is_not_a_choice_for_another(scored):
    choices = {"charlson-1987": {"lookback_years": 5}}
    diagnoses = [(1, "2021-01-01", "F00")]
    assert scored("charlson-1987", diagnoses, choices=choices) == {1: (1.0, None)}
    assert scored("charlson-quan-2011", diagnoses, choices=choices) == {}


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"charlson": {}}, "there are charlson-1987"),
        ({"hfrs": {"years": 5}}, "there are lookback_years"),
        ({"hfrs": {"with_age": True}}, "no points for age"),
    ],
)
def test_a_choice_there_is_not_is_refused(choices, says):
    with pytest.raises(TypeError, match=says):
        diagnosis_scores(choices)


def test_a_range_is_all_from_the_first_to_the_last():
    assert list(expanded(["I60-I62", "F051", "K700-K703", "W08-W10"])) == [
        "I60", "I61", "I62", "F051", "K700", "K701", "K702", "K703", "W08", "W09", "W10",
    ]  # fmt: skip
    for wrong in ("I6", "I60-J70", "I60-I601", "i60", "I60.1"):
        with pytest.raises(TypeError, match="is not an ICD-10 code"):
            list(expanded([wrong]))
