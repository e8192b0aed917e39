"""Electronic Frailty Index: how many of 36 deficits the record shows."""

import pytest

from carestead.core.finding import InputError
from carestead.find.evidence import efi_evidence
from carestead.find.scores import efi
from carestead.reference import load

AS_OF = "2025-06-30"
CODES = efi.code_table(
    [{"deficit": d, "code": f"{d}-{n}"} for d in efi.DEFICITS if d != "polypharmacy" for n in (1, 2)]
    + [{"deficit": "arthritis", "code": "two-at-once"}, {"deficit": "falls", "code": "two-at-once"}]
    + [{"deficit": "diabetes", "code": "C10..", "system": "ctv3"}],
    "snomed",
)
SCORE, EVIDENCE = efi.score_step(CODES), efi_evidence.evidence_step(CODES)


def code_rows(texts: list[str], system: str) -> tuple[dict[str, int], list[dict]]:
    ids = {text: n for n, text in enumerate(sorted(set(texts)), 1)}
    return ids, [{"code_id": n, "system": system, "code": text} for text, n in ids.items()]


def events(facts: list[tuple[int, str | None, str]], system: str = "snomed") -> dict[str, list[dict]]:
    ids, code = code_rows([c for _, _, c in facts], system)
    return {
        "code": code,
        "event": [{"person_id": p, "date": d, "code_id": ids[c], "kind": "condition"} for p, d, c in facts],
    }


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
def test_bands_are_on_the_count(run_step, deficits, band):
    rows = run_step(SCORE, AS_OF, **events([(1, "2010-01-01", c) for c in first(deficits)]))
    assert rows == [{"person_id": 1, "score": "efi", "value": float(deficits), "band": band}]


def test_a_deficit_counts_once_and_never_ends(run_step):
    facts = [(1, "1970-01-01", "falls-1"), (1, "2024-01-01", "falls-1"), (1, "2024-01-01", "falls-2")]
    assert counts(run_step(SCORE, AS_OF, **events(facts))) == {1: 1.0}


def test_a_code_of_two_deficits_counts_for_both(run_step):
    assert counts(run_step(SCORE, AS_OF, **events([(1, "2024-01-01", "two-at-once")]))) == {1: 2.0}


def test_facts_after_the_date_do_not_count_and_undated_ones_do(run_step):
    facts = [(1, "2025-06-30", "falls-1"), (2, "2025-07-01", "falls-1"), (3, None, "falls-1")]
    assert counts(run_step(SCORE, AS_OF, **events(facts))) == {1: 1.0, 3: 1.0}


def test_a_code_counts_only_in_its_own_coding_system(run_step):
    assert run_step(SCORE, AS_OF, **events([(1, "2024-01-01", "falls-1")], system="ctv3")) == []
    assert counts(run_step(SCORE, AS_OF, **events([(1, "2024-01-01", "C10..")], system="ctv3"))) == {1: 1.0}


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
def test_polypharmacy_is_five_medicines_of_the_year_or_on_repeat(run_step, last, expected):
    assert counts(run_step(SCORE, AS_OF, **five(**last))) == expected


def test_polypharmacy_is_one_deficit_more(run_step):
    given, taken = events([(1, "2024-01-01", "falls-1")]), five(date="2025-01-01")
    code = given["code"] + [{**c, "code_id": c["code_id"] + 100} for c in taken["code"]]
    medication = [{**m, "code_id": m["code_id"] + 100} for m in taken["medication"]]
    assert counts(run_step(SCORE, AS_OF, code=code, event=given["event"], medication=medication)) == {1: 2.0}


def test_the_evidence_adds_up_to_the_score(run_step):
    given = events([(1, "2024-01-01", "falls-2"), (1, "2020-01-01", "falls-1"), (1, None, "anaemia-1")])
    assert [(r["item"], r["date"] and str(r["date"]), r["points"]) for r in run_step(EVIDENCE, AS_OF, **given)] == [
        ("anaemia", None, 1.0),
        ("falls", "2020-01-01", 1.0),
        ("falls", "2024-01-01", 0.0),
    ]


def test_the_evidence_of_polypharmacy_is_the_medicines(run_step):
    rows = run_step(EVIDENCE, AS_OF, **five(date="2025-01-01"))
    assert {r["item"] for r in rows} == {"polypharmacy"}
    assert sorted(r["points"] for r in rows) == [0.0, 0.0, 0.0, 0.0, 1.0]
    assert run_step(EVIDENCE, AS_OF, **five(date="2020-01-01")) == []


def test_the_published_facts():
    facts = load("scores", "efi")
    assert len(facts["deficits"]) == 36
    assert {name for _, _, name in ((s, c, list(efi.DEFICITS)[d]) for s, c, d in efi.codes.rows)} == set(
        efi.DEFICITS
    ) - {"polypharmacy"}


def test_a_list_with_a_deficit_the_index_does_not_have_is_refused():
    with pytest.raises(InputError, match=r"loneliness.*does not have"):
        efi.code_table([{"deficit": "loneliness", "code": "1"}], "snomed")
