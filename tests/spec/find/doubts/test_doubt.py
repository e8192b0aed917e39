"""What is doubtful in records is counted with its place, and told; no score counts it silently."""

from datetime import date

import pytest
from tests.spec.find.looking import looking

from carestead.core.finding import Severity
from carestead.find.doubts import doubt
from carestead.find.scores import efi

AS_OF = "2025-06-30"
PERSON = [{"person_id": 1, "sex": "female", "birth_date": date(1940, 5, 1), "death_date": date(2025, 3, 1)}]
HAEMOGLOBIN, FALL = 1, 2
CODE = [
    {"code_id": HAEMOGLOBIN, "system": "snomed", "code": "1022431000000105"},
    {"code_id": FALL, "system": "snomed", "code": "161898004"},
]


def counted(run_step, **tables) -> list[tuple]:
    rows = run_step(doubt.counted, AS_OF, person=PERSON, **{"code": CODE, **tables})
    return [(r["kind"], r["origin"], r["records"], r["example"], r["source_row"]) for r in rows]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2025-07-01", "future-date"),
        ("1940-04-30", "before-birth"),
        ("2025-03-02", "after-death"),
        ("1940-05-01", None),
        ("2025-03-01", None),
        (None, None),
    ],
)
def test_days_that_cannot_be(run_step, day, kind):
    event = [{"person_id": 1, "date": day, "code_id": FALL, "kind": "condition"}]
    assert counted(run_step, event=event) == ([(kind, "event", 1, day, 1)] if kind else [])
    stay = [{"person_id": 1, "start_date": day, "kind": "admission"}]
    assert counted(run_step, encounter=stay) == ([(kind, "encounter", 1, day, 1)] if kind else [])


def test_the_day_of_the_run_and_of_birth_are_no_doubt_and_one_example_stands_for_many(run_step):
    days = ["2025-07-03", "2025-07-01", "2025-07-02"]
    taken = [{"person_id": 1, "date": d, "code_id": FALL} for d in days]
    assert counted(run_step, medication=taken) == [("future-date", "medication", 3, "2025-07-03", 1)]


@pytest.mark.parametrize(
    ("value", "unit", "kind", "example"),
    [
        (12.1, "g/L", "wrong-unit", "12.1 g/L"),  # g/dL sent as g/L
        (12.1, None, "wrong-unit", "12.1"),
        (121, "g/dL", "wrong-unit", "121.0 g/dL"),
        (9999, "g/L", "absurd-value", "9999.0 g/L"),
        (-1, "g/L", "absurd-value", "-1.0 g/L"),
        (121, "mmol/L", "unknown-unit", "121.0 mmol/L"),
        (121, "g/L", None, None),
        (12.1, "G/dL", None, None),
        (None, "g/L", None, None),
    ],
)
def test_values_in_the_wrong_unit_and_absurd_ones_are_counted_and_not_used(
    run_step, run_steps, value, unit, kind, example
):
    event = [
        {
            "person_id": 1,
            "date": "2025-01-01",
            "code_id": HAEMOGLOBIN,
            "kind": "observation",
            "value": value,
            "unit": unit,
        }
    ]
    assert counted(run_step, event=event) == ([(kind, "event", 1, example, 1)] if kind else [])
    if kind:
        steps = [*looking("item_mask"), efi.step]
        assert run_steps(steps, AS_OF, person=PERSON, code=CODE, event=event) == []


@pytest.mark.parametrize(
    ("system", "code", "kind"),
    [
        ("icd10", "S720", None),
        ("icd10", "S72", None),
        ("icd10", "S72.0", "cleaned-code"),
        ("icd10", "s720", "cleaned-code"),
        ("icd10", "S72.0†", "cleaned-code"),
        ("icd10", "D63.8*", "cleaned-code"),
        ("icd10", "S72 0", "cleaned-code"),
        ("icd10", "I10X", None),
        ("icd10", "F001D", None),
        ("icd10", "F00 at home", "unknown-code"),
        ("icd10", "161898004", "unknown-code"),
        ("icd10", "hip", "unknown-code"),
        ("snomed", "161898004", None),
        ("snomed", "S720", "unknown-code"),
        ("snomed", "1.61898E+08", "unknown-code"),
        ("ctv3", "XE1DV", None),
        ("ctv3", "N040.", None),
        ("ctv3", "161898004", "unknown-code"),
        ("https://example.org/own", "anything", None),
    ],
)
def test_codes_that_are_not_of_their_system(run_step, system, code, kind):
    diagnosis = [{"person_id": 1, "date": "2025-01-01", "code_id": 9}] * 2
    rows = counted(run_step, code=[{"code_id": 9, "system": system, "code": code}], diagnosis=diagnosis)
    assert rows == ([(kind, "diagnosis", 2, code, 1)] if kind else [])


def test_each_doubt_is_a_finding_with_its_place_and_number():
    common = {"kind": "wrong-unit", "origin": "event", "source_id": 3}
    doubts = [
        {**common, "code_id": 1, "records": 5, "example": "12.1 g/L", "file_id": 2, "source_row": 40},
        {**common, "code_id": 1, "records": 7, "example": "11.9 g/L", "file_id": 2, "source_row": 9},
        {**common, "code_id": 8, "records": 1, "example": "0.1 mL/min", "file_id": 3, "source_row": 1},
    ]
    sources = [{"source_id": 3, "name": "millbrook", "title": "Millbrook Surgery"}]
    outcome = doubt.tell({"doubt": doubts, "source": sources}, date(2025, 6, 30), {})
    assert [(t["code_id"], t["records"], t["source_row"]) for t in outcome.tables["doubt_total"]] == [
        (1, 12, 9),
        (8, 1, 1),
    ]
    (told,) = outcome.findings
    assert (told.code, told.severity, told.count, told.example) == (
        "doubt.wrong-unit",
        Severity.WARNING,
        13,
        "11.9 g/L",
    )
    assert told.where == "event of Millbrook Surgery"
    assert told.what.startswith("13 records of 2 codes have a value that is impossible in the unit sent")
    assert told.do.endswith("The first is record 9 of file 2.")


def test_every_kind_says_what_scores_make_of_it_and_what_to_do():
    assert all(set(k) == {"what", "do", "severity"} and Severity(k["severity"]) for k in doubt.KINDS.values())
