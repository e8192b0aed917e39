"""Frailty indices worked out elsewhere are read from the record, the latest possible value of each."""

import pytest

from carestead.find.evidence import recorded_efi_evidence
from carestead.find.recorded import recorded_index
from carestead.find.scores import recorded_efi

AS_OF = "2025-06-30"
SCORE, EVIDENCE = [recorded_index.step, recorded_efi.step], [recorded_index.step, recorded_efi_evidence.step]
CODES = [
    {"code_id": 1, "system": "snomed", "code": "1084961000000105"},
    {"code_id": 2, "system": "carestead", "code": "efi2"},
]


def sent(*facts: tuple[int, str | None, float | None]) -> dict[str, list[dict]]:
    """(code, date, value) about person 1."""
    event = [{"person_id": 1, "code_id": c, "date": d, "value": v, "kind": "observation"} for c, d, v in facts]
    return {"code": CODES, "event": event}


@pytest.mark.parametrize(
    ("value", "count", "band"),
    [
        (0, 0, "fit"),
        (0.11, 4, "fit"),
        (0.14, 5, "mild"),
        (0.33, 12, "moderate"),
        (0.36, 13, "severe"),  # 13 of 36, rounded to two places by whoever sent it
        (12, 12, "moderate"),
        (13, 13, "severe"),
    ],
)
def test_an_efi_sent_as_a_share_or_as_a_count(run_steps, value, count, band):
    rows = run_steps(SCORE, AS_OF, **sent((1, "2025-01-01", value)))
    assert rows == [{"person_id": 1, "score": "recorded_efi", "value": count, "band": band}]


@pytest.mark.parametrize(
    ("value", "band"), [(0.0899, "fit"), (0.09, "mild"), (0.16, "moderate"), (0.2399, "moderate"), (0.24, "severe")]
)
def test_an_efi2_is_banded_as_in_use(run_steps, value, band):
    rows = run_steps(SCORE, AS_OF, **sent((2, "2025-01-01", value)))
    assert rows == [{"person_id": 1, "score": "recorded_efi2", "value": value, "band": band}]


@pytest.mark.parametrize(("code", "value"), [(1, 37), (1, 4.5), (1, -1), (1, None), (2, 1.01), (2, -0.1), (2, 24)])
def test_what_cannot_be_an_index_is_not_read_as_one(run_steps, code, value):
    assert run_steps(SCORE, AS_OF, **sent((code, "2025-01-01", value))) == []


def test_the_latest_up_to_the_date_counts_and_the_evidence_says_which(run_steps):
    given = sent(
        (1, "2024-01-01", 0.25), (1, "2025-01-01", 9), (1, "2025-07-01", 20), (1, None, 30), (1, "2025-03-01", 40)
    )
    assert [(r["value"], r["band"]) for r in run_steps(SCORE, AS_OF, **given)] == [(9, "moderate")]
    rows = run_steps(EVIDENCE, AS_OF, **given)
    assert [(r["date"] and str(r["date"]), r["value"], r["points"]) for r in rows] == [
        (None, 30, 0),
        ("2024-01-01", 0.25, 0),
        ("2025-01-01", 9, 9),
    ]


def test_an_index_dated_back_counts_from_the_day_it_was_written_down(run_steps):
    given = sent((1, "2025-01-01", 9), (1, "2025-06-01", 13))
    given["event"][1]["recorded_date"] = "2025-07-01"
    assert [r["value"] for r in run_steps(SCORE, AS_OF, **given)] == [9]
    assert [r["value"] for r in run_steps(SCORE, "2025-07-01", **given)] == [13]
