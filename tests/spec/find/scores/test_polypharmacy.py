"""Polypharmacy: how many medicines at once, by each of the definitions in live use."""

import csv

import pytest

from carestead.core.finding import UsageError
from carestead.find.evidence import polypharmacy_evidence
from carestead.find.medicines import medicine_count, medicine_history
from carestead.find.scores import polypharmacy
from carestead.reference import load
from tests.spec.find.medicines.taken import AS_OF, HISTORY, taken

COUNT = [*HISTORY, medicine_count.step]
SCORE = [*COUNT, polypharmacy.step]


def counts(run_steps, *rows: dict) -> dict[str, int]:
    return {r["definition"]: r["medicines"] for r in run_steps(COUNT, AS_OF, **taken(*rows))}


def many(n: int, **how) -> list[dict]:
    return [{"code": f"m{i}", **how} for i in range(n)]


@pytest.mark.parametrize(
    ("how", "year", "one_day", "at_once", "repeats"),
    [
        ({"date": "2025-06-30"}, 1, 1, 1, 0),
        ({"date": "2024-07-01"}, 1, 0, 0, 0),
        ({"date": "2024-06-30"}, 0, 0, 0, 0),
        ({"date": "2025-05-20"}, 1, 1, 0, 0),  # the 42nd day
        ({"date": "2025-05-19"}, 1, 0, 0, 0),
        ({"date": "2025-06-02"}, 1, 1, 1, 0),  # without an end, 28 days
        ({"date": "2025-06-01"}, 1, 1, 0, 0),
        ({"date": "2025-01-01", "end_date": "2025-06-30"}, 1, 0, 1, 0),
        ({"date": "2025-01-01", "end_date": "2025-06-29"}, 1, 0, 0, 0),
        ({"date": "2020-01-01", "is_repeat": True}, 1, 0, 1, 1),
        ({"date": "2020-01-01", "is_repeat": True, "status": "stopped"}, 0, 0, 0, 0),
        ({"date": "2025-07-01", "is_repeat": True}, 0, 0, 0, 0),
        ({"date": None, "is_repeat": True}, 0, 0, 0, 0),
    ],
)
def test_when_a_medicine_counts_for_each_definition(run_steps, how, year, one_day, at_once, repeats):
    names = ("distinct-medicines-12-months", "one-day-42-days", "concurrent-ingredients", "repeat-items")
    expected = {d: n for d, n in zip(names, (year, one_day, at_once, repeats), strict=True) if n}
    if repeats:
        expected["repeat-items-10"] = repeats
    assert counts(run_steps, {"code": "m", **how}) == expected


def test_five_on_five_days_are_not_five_on_one(run_steps):
    apart = [{"code": f"m{i}", "date": f"2025-06-0{i}"} for i in range(1, 6)]
    found = counts(run_steps, *apart, {"code": "m1", "date": "2025-06-02"})
    assert found["distinct-medicines-12-months"] == 5
    assert found["one-day-42-days"] == 2


def test_two_strengths_of_one_substance_are_two_medicines_and_one_ingredient(run_steps):
    warfarin = [{"display": f"Warfarin {s} tablets", "bnf_code": "0208020V0AAA" + s[0]} for s in ("1mg", "3mg")]
    found = counts(run_steps, *[{**w, "is_repeat": True} for w in warfarin])
    assert (found["repeat-items"], found["concurrent-ingredients"]) == (2, 1)


@pytest.mark.parametrize(
    ("bnf_code", "counts_as_repeat"),
    [
        ("0501013B0", False),
        ("0503010A0", True),  # HIV infection, the exception within infections
        ("05.03.01.0A0", True),
        ("0503030A0", True),  # viral hepatitis
        ("0503020A0", False),
        ("0602010V0", False),
        ("0601022B0", True),
        ("1104010A0", False),
        ("0906040G0", False),
        (None, True),  # what is not known cannot be left out
    ],
)
def test_repeat_items_leave_out_what_is_no_burden(run_steps, bnf_code, counts_as_repeat):
    found = counts(run_steps, {"code": "m", "bnf_code": bnf_code, "is_repeat": True})
    assert ("repeat-items" in found) is counts_as_repeat


@pytest.mark.parametrize(
    ("n", "band", "five", "ten"),
    [
        (4, "below polypharmacy", False, False),
        (5, "polypharmacy", True, False),
        (9, "polypharmacy", True, False),
        (10, "hyperpolypharmacy", True, True),
    ],
)
def test_five_and_ten_are_polypharmacy(run_steps, n, band, five, ten):
    rows = taken(*many(n, is_repeat=True))
    assert run_steps(SCORE, AS_OF, **rows) == [
        {"person_id": 1, "score": "polypharmacy", "value": float(n), "band": band}
    ]
    is_it = {r["definition"]: r["is_polypharmacy"] for r in run_steps(COUNT, AS_OF, **rows)}
    assert (is_it["repeat-items"], is_it["repeat-items-10"]) == (five, ten)


def test_the_evidence_is_the_medicines_with_a_point_each(run_steps):
    rows = run_steps([*HISTORY, polypharmacy_evidence.step], AS_OF, **taken(*many(3, is_repeat=True), {"code": "x"}))
    assert [r["points"] for r in rows] == [1.0, 1.0, 1.0]
    assert {r["origin"] for r in rows} == {"medication"}


def test_an_unknown_definition_is_answered_with_those_there_are():
    with pytest.raises(UsageError, match="no definition five"):
        medicine_count.choice("five")


def test_the_exclusions_are_those_published(shared_data):
    """Each published exclusion, its dots taken out, is left out by our rule, and each exception is not."""
    rule = dict(medicine_history.exclusion_table().rows)
    with (shared_data / "clinical" / "bnf_polypharmacy_exclusions_ncl.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = row["bnf_chapter_code"].replace(".", "")
            fits = max((p for p in rule if code.startswith(p)), key=len)
            assert rule[fits] is (row["is_excluded"] == "TRUE"), code


def test_the_definition_in_use_is_one_of_those_published():
    assert load("scores", "polypharmacy")["definition"] in medicine_count.DEFINITIONS
    assert load("scores", "efi")["polypharmacy"]["definition"] in medicine_count.DEFINITIONS
