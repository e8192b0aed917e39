"""Opt-outs by purpose: what the practice recorded, what the national service answered, and who may be used for what."""

import pytest
from tests.spec.find.looking import looking

from carestead.find.opt_outs import opt_out, opt_out_list

AS_OF = "2025-06-30"
STEPS = [opt_out_list.step, opt_out.step]
DISSENT, WITHDRAWN = "827241000000103", "827261000000102"
CODES = [
    {"code_id": 1, "system": "snomed", "code": DISSENT},
    {"code_id": 2, "system": "snomed", "code": WITHDRAWN},
    {"code_id": 3, "system": "readv2", "code": "9Nu0."},
    {"code_id": 4, "system": "ctv3", "code": "XaZ89"},
]
PERSON = {"practice_code": "A81001", "sources": 1}


def event(code: int, day: str | None, person: int = 1) -> dict:
    return {"person_id": person, "date": day, "code_id": code, "kind": "observation"}


@pytest.mark.parametrize(
    ("events", "stands", "since"),
    [
        ([event(1, "2021-06-01")], True, "2021-06-01"),
        ([event(3, "2021-06-01")], True, "2021-06-01"),
        ([event(4, "2021-06-01")], True, "2021-06-01"),
        ([event(1, None)], True, "None"),
        ([event(1, "2021-06-01"), event(2, "2022-06-01")], False, ""),
        ([event(1, "2021-06-01"), event(2, "2021-06-01")], True, "2021-06-01"),
        ([event(1, "2021-06-01"), event(2, "2022-06-01"), event(1, "2023-06-01")], True, "2023-06-01"),
        ([event(2, "2022-06-01")], False, ""),
        ([event(1, "2025-07-01")], False, ""),
    ],
    ids=[
        "dissent", "in Read v2", "in CTV3", "undated", "withdrawn", "both on one day", "dissent again",
        "withdrawal alone", "not yet",
    ],
)  # fmt: skip
def test_type_1_the_latest_record_wins(run_steps, events, stands, since):
    steps = [*looking("item_fact"), *STEPS]
    rows = run_steps(steps, AS_OF, event=events, code=CODES, person=[{**PERSON, "person_id": 1}])
    assert [(r["kind"], r["purpose"]) for r in rows] == [("type-1", "planning"), ("type-1", "research")] * stands
    assert {str(r["since"]) for r in rows} == ({since} if stands else set())


def answered(*lines: tuple[str, str, int]) -> dict:
    """(NHS number, choice, file) of the service's lists; file 1 is older than file 2, file 3 is a cleaned list."""
    return {
        "data_choice": [{"nhs_number": n, "choice": c, "file_id": f} for n, c, f in lines],
        "file": [
            {"file_id": 1, "type": "national-data-opt-out", "delivered_on": "2025-05-01"},
            {"file_id": 2, "type": "national-data-opt-out", "delivered_on": "2025-06-01"},
        ],
        "person": [{**PERSON, "person_id": p} for p in (1, 2, 3)],
        "patient": [
            {"person_id": 1, "nhs_number": "9990000018"},
            {"person_id": 1, "nhs_number": None, "source_id": 2},
            {"person_id": 2, "nhs_number": "9990000026"},
            {"person_id": 3, "nhs_number": None},
        ],
    }


def national(rows: list[dict]) -> list[int]:
    return sorted({r["person_id"] for r in rows if r["kind"] == "national"})


def test_national_whoever_is_on_the_newest_list_has_opted_out(run_steps):
    given = answered(("9990000018", "opted-out", 2), ("9990000026", "opted-out", 1))
    assert national(run_steps(STEPS, AS_OF, **given)) == [1]


def test_national_whoever_is_not_on_the_newest_cleaned_list_may_not_be_used(run_steps):
    """Who has no NHS number could not be asked about, and may not be used either."""
    given = answered(("9990000018", "not-opted-out", 3), ("9990000026", "not-opted-out", 4))
    given["file"] = [
        {"file_id": 3, "type": "national-data-opt-out-cleaned", "delivered_on": "2025-06-01"},
        {"file_id": 4, "type": "national-data-opt-out-cleaned", "delivered_on": "2025-05-01"},
    ]
    assert national(run_steps(STEPS, AS_OF, **given)) == [2, 3]


def test_nobody_has_opted_out_where_nothing_was_asked(run_steps):
    assert run_steps(STEPS, AS_OF, person=[{**PERSON, "person_id": 1}]) == []
