"""Electronic Frailty Index: how many of 36 deficits the record shows."""

from dataclasses import replace

import pytest

from carestead.find import items
from carestead.find.evidence import efi_evidence
from carestead.find.medicines import medicine_count, medicine_history, medicine_name
from carestead.find.scores import efi
from carestead.reference import Codelist, load
from tests.spec.find.codes import code_rows, events
from tests.spec.find.looking import looking

AS_OF = "2025-06-30"
LIST = Codelist(
    "efi", "test", "Two codes a deficit", "made up",
    (
        *({"group": d, "code": f"{d}-{n}"} for d in efi.DEFICITS if d != "polypharmacy" for n in (1, 2)),
        {"group": "arthritis", "code": "two-at-once"}, {"group": "falls", "code": "two-at-once"},
        {"group": "diabetes", "code": "C10..", "system": "ctv3"},
    ),
    "snomed",
)  # fmt: skip
MEDICINES = [medicine_name.step, medicine_history.step, medicine_count.step]
LISTS = looking("item_mask", "item_fact", releases={"efi": LIST})
SCORE, EVIDENCE = [*LISTS, *MEDICINES, efi.step], [*LISTS, *MEDICINES, efi_evidence.step]


def first(n: int) -> list[str]:
    """A code of each of the first n coded deficits."""
    return [f"{d}-1" for d in efi.DEFICITS if d != "polypharmacy"][:n]


def counts(rows: list[dict]) -> dict[int, float]:
    return {r["person_id"]: r["value"] for r in rows}


@pytest.mark.parametrize(
    ("deficits", "band"),
    [
        (1, "fit"),
        (4, "fit"),
        (5, "mild"),
        (8, "mild"),
        (9, "moderate"),
        (12, "moderate"),
        (13, "severe"),
        (35, "severe"),
    ],
)
def test_bands_are_on_the_count(run_steps, deficits, band):
    rows = run_steps(SCORE, AS_OF, **events([(1, "2010-01-01", c) for c in first(deficits)]))
    assert rows == [{"person_id": 1, "score": "efi", "value": float(deficits), "band": band}]


def test_a_deficit_counts_once_and_never_ends(run_steps):
    facts = [(1, "1970-01-01", "falls-1"), (1, "2024-01-01", "falls-1"), (1, "2024-01-01", "falls-2")]
    assert counts(run_steps(SCORE, AS_OF, **events(facts))) == {1: 1.0}


def test_a_code_of_two_deficits_counts_for_both(run_steps):
    assert counts(run_steps(SCORE, AS_OF, **events([(1, "2024-01-01", "two-at-once")]))) == {1: 2.0}


def test_facts_after_the_date_do_not_count_and_undated_ones_do(run_steps):
    facts = [(1, "2025-06-30", "falls-1"), (2, "2025-07-01", "falls-1"), (3, None, "falls-1")]
    assert counts(run_steps(SCORE, AS_OF, **events(facts))) == {1: 1.0, 3: 1.0}


def test_a_code_counts_only_in_its_own_coding_system(run_steps):
    assert run_steps(SCORE, AS_OF, **events([(1, "2024-01-01", "falls-1")], system="ctv3")) == []
    assert counts(run_steps(SCORE, AS_OF, **events([(1, "2024-01-01", "C10..")], system="ctv3"))) == {1: 1.0}


def medicines(*rows: dict) -> dict[str, list[dict]]:
    ids, code = code_rows([r["code"] for r in rows], "dmd")
    return {"code": code, "medication": [{"person_id": 1, **r, "code_id": ids[r["code"]]} for r in rows]}


def five(**last) -> dict[str, list[dict]]:
    """Four medicines of this year and one more as described."""
    return medicines(*({"code": c, "date": "2025-03-01"} for c in "abcd"), {"code": "e", **last})


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({"date": "2024-07-01"}, {1: 1.0}),
        ({"date": "2024-06-30"}, {}),  # over twelve months ago
        ({"date": "2025-07-01"}, {}),  # not yet
        ({"code": "a", "date": "2025-05-01"}, {}),  # the same medicine again
        ({"date": "2020-01-01", "is_repeat": True}, {1: 1.0}),  # on repeat, begun before, going on
        ({"date": "2020-01-01", "is_repeat": True, "end_date": "2025-06-29"}, {}),
        ({"date": "2020-01-01", "is_repeat": True, "end_date": "2025-06-30"}, {1: 1.0}),
        ({"date": "2020-01-01", "is_repeat": True, "status": "stopped"}, {}),
        ({"date": "2020-01-01", "is_repeat": False}, {}),
    ],
)
def test_polypharmacy_is_five_medicines_of_the_year_or_on_repeat(run_steps, last, expected):
    assert counts(run_steps(SCORE, AS_OF, **five(**last))) == expected


@pytest.mark.parametrize(
    ("definition", "expected"),
    [("distinct-medicines-12-months", {1: 1.0}), ("repeat-items", {}), ("one-day-42-days", {})],
)
def test_polypharmacy_is_by_the_definition_that_is_chosen(run_steps, definition, expected):
    """Five medicines issued once, in March: five in the year, none on repeat, none in the last 42 days."""
    step = replace(efi.step, params=medicine_count.choice(definition))
    assert counts(run_steps([*SCORE[:-1], step], AS_OF, **five(date="2025-03-01"))) == expected


def test_polypharmacy_is_one_deficit_more(run_steps):
    given, taken = events([(1, "2024-01-01", "falls-1")]), five(date="2025-01-01")
    code = given["code"] + [{**c, "code_id": c["code_id"] + 100} for c in taken["code"]]
    medication = [{**m, "code_id": m["code_id"] + 100} for m in taken["medication"]]
    assert counts(run_steps(SCORE, AS_OF, code=code, event=given["event"], medication=medication)) == {1: 2.0}


def test_the_evidence_adds_up_to_the_score(run_steps):
    given = events([(1, "2024-01-01", "falls-2"), (1, "2020-01-01", "falls-1"), (1, None, "anaemia-1")])
    assert [(r["item"], r["date"] and str(r["date"]), r["points"]) for r in run_steps(EVIDENCE, AS_OF, **given)] == [
        ("anaemia", None, 1.0),
        ("falls", "2020-01-01", 1.0),
    ]
    falls = run_steps(EVIDENCE, AS_OF, **given)[1]
    assert (falls["times"], str(falls["last_date"]), falls["source_row"]) == (2, "2024-01-01", 2)


def test_the_evidence_of_polypharmacy_is_the_medicines(run_steps):
    rows = run_steps(EVIDENCE, AS_OF, **five(date="2025-01-01"))
    assert {r["item"] for r in rows} == {"polypharmacy"}
    assert sorted(r["points"] for r in rows) == [0.0, 0.0, 0.0, 0.0, 1.0]
    assert run_steps(EVIDENCE, AS_OF, **five(date="2020-01-01")) == []


def values(*measured: tuple[int, str, float | None, str | None], system: str = "ctv3", sex: str = "female") -> dict:
    """(person, code, value, unit) on 1 January 2024, everybody of `sex`."""
    ids, code = code_rows([c for _, c, _, _ in measured], system)
    return {
        "code": code,
        "person": [{"person_id": p, "sex": sex} for p in sorted({m[0] for m in measured})],
        "event": [
            {"person_id": p, "date": "2024-01-01", "code_id": ids[c], "kind": "observation", "value": v, "unit": u}
            for p, c, v, u in measured
        ],
    }


@pytest.mark.parametrize(
    ("sex", "value", "unit", "anaemic"),
    [
        ("male", 129.9, "g/L", True),
        ("male", 130, "g/L", False),
        ("male", 129.9, None, True),
        ("female", 114.9, "g/L", True),
        ("female", 115, "g/L", False),
        ("male", 12.9, "g/dL", True),
        ("male", 13.0, "g/dL", False),
        ("female", 11.4, "G/DL", True),
        ("male", 12.9, "g/L", False),  # g/dL sent as g/L: not believed, and counted as a doubt
        ("male", 12.9, None, False),
        ("male", 100, "mmol/L", False),  # no unit of haemoglobin we know
        ("male", 1000, "g/L", False),
        ("unknown", 100, "g/L", False),  # the limits are one sex's or the other's
    ],
)
def test_haemoglobin_says_anaemia_below_the_limit_of_the_sex_in_the_unit_sent(run_steps, sex, value, unit, anaemic):
    given = values((1, "423..", value, unit), sex=sex)
    assert counts(run_steps(SCORE, AS_OF, **given)) == ({1: 1.0} if anaemic else {})
    assert [(r["item"], r["value"]) for r in run_steps(EVIDENCE, AS_OF, **given)] == [("anaemia", value)] * anaemic


@pytest.mark.parametrize(
    ("code", "inside", "outside", "deficit"),
    [
        ("451E.", 60, 59.9, "ckd"),
        ("46N..", 150, 151, "ckd"),
        ("46N4.", 20, 21, "ckd"),
        ("46N7.", 50, 51, "ckd"),
        ("46TC.", 3, 3.1, "ckd"),
        ("46W..", 3, 3.1, "ckd"),
        ("442A.", 5.5, 5.6, "thyroid-disorders"),
        ("442W.", 0.36, 0.35, "thyroid-disorders"),
        ("585a.", 0.95, 0.94, "pvd"),
        ("58EE.", -2.4, -2.5, "osteoporosis"),
        ("246V.", 85, 86, "hypertension"),
        ("246W.", 135, 136, "hypertension"),
        ("39F..", 19, 18, "activity-limitation"),
        ("3AD3.", 7, 8, "cognitive-problems"),
        ("687C.", 0, 1, "weight-loss"),
        ("16D2.", 0, 1, "falls"),
        ("66Yf.", 0, 1, "respiratory-disease"),
        ("38DE.", None, 0, "atrial-fibrillation"),  # any value: the score was worked out
    ],
)
def test_each_value_rule_at_its_edge(run_steps, code, inside, outside, deficit):
    rows = run_steps(EVIDENCE, AS_OF, **values((1, code, inside, None), (2, code, outside, None)))
    assert [(r["person_id"], r["item"]) for r in rows] == [(2, deficit)]


def test_the_value_rules_are_those_published(shared_data):
    """The 22 rules, as sets of code and limit: a rule of ours may hold the codes of several of theirs."""
    import csv

    with (shared_data / "clinical" / "efi_value_rules.csv").open(encoding="utf-8") as file:
        published = {(r["deficit"], c) for r in csv.DictReader(file) for c in r["read_codes_pipe_separated"].split("|")}
    measurements = load("find", "measurements")["measurements"]
    ours = {
        (rule["item"], str(code))
        for rule in load("scores", "efi")["value_rules"]
        for system in ("ctv3", "readv2")
        for code in measurements[rule["measurement"]]["codes"].get(system, ())
    }
    assert ours == published


def test_the_published_facts():
    facts = load("scores", "efi")
    assert len(facts["deficits"]) == 36
    assert {i.name for i in items.items_of("efi")} == set(efi.DEFICITS)
    starter = items.lists_in_use()["efi"]
    assert {r["group"] for r in starter.rows} == set(efi.DEFICITS) - {"polypharmacy"}
