"""Every number can be explained: for every person and score the points of the evidence rows add up to the value."""

import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

from carestead import notebook, results
from carestead.find import items
from carestead.reference import load
from carestead.synth.facts import facts

AS_OF = date(2025, 6, 30)
PEOPLE = 150


def exact(value: float) -> Fraction:
    """Points have at most six decimals."""
    return Fraction(round(value * 1_000_000), 1_000_000)


def differences(scores: pa.Table, evidence: pa.Table) -> dict[tuple[str, int], tuple[Fraction, Fraction]]:
    """(score, person) → (value, sum of points) where they are not equal; a score without a row is nought."""
    values = {(r["score"], r["person_id"]): exact(r["value"]) for r in scores.to_pylist()}
    sums: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for row in evidence.to_pylist():
        sums[row["score"], row["person_id"]] += exact(row["points"])
    pairs = {key: (values.get(key, Fraction(0)), sums.get(key, Fraction(0))) for key in values.keys() | sums.keys()}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def test_for_everybody_of_a_made_up_neighbourhood(made_up_area: Path):
    with results.latest(made_up_area) as snapshot:
        scores, evidence = (snapshot.arrow(f"from {name}", (name,)) for name in ("score", "evidence"))
    assert scores.num_rows > 500
    assert differences(scores, evidence) == {}


@pytest.mark.parametrize("seed", range(2))
def test_for_people_whose_records_hold_every_code_at_every_edge(seed):
    given = records(random.Random(seed))
    found = notebook.work_out(("score", "evidence"), AS_OF, **given)
    assert differences(found["score"], found["evidence"]) == {}
    assert len({r["score"] for r in found["score"].to_pylist()}) >= 3


def records(r: random.Random) -> dict[str, list[dict]]:
    """Events, diagnoses, medicines and encounters drawn from all codes that any score reads."""
    lists = items.lists_in_use()
    listed = sorted({c for i in items.catalogue() if i.codelist in lists for c in lists[i.codelist].codes(i.group)})
    measured = list(load("find", "measurements")["measurements"].values())
    icd10 = [*load("scores", "hfrs")["points"], *facts("admissions")["icd10"], *facts("secondary_diagnoses")["icd10"]]
    taken = list(zip(facts("medicines")["dmd"], facts("medicines")["bnf"], facts("medicines")["name"], strict=True))
    return {
        "person": [_person(r, p) for p in range(PEOPLE)],
        "event": [{**_fact(r, *r.choice(listed)), "kind": "condition"} for _ in range(PEOPLE * 8)]
        + [_value(r, measured) for _ in range(PEOPLE * 4)],
        "diagnosis": [_diagnosis(r, icd10) for _ in range(PEOPLE * 4)],
        "medication": [_medicine(r, *r.choice(taken)) for _ in range(PEOPLE * 10)],
        "encounter": [_encounter(r, n) for n in range(PEOPLE * 8)],
    }


def _day(r: random.Random) -> date | None:
    edges = (0, 1, -1, 28, 30, 84, 181, 182, 364, 365, 366, 730, 731, 1825, 1826, 1827)
    ago = r.choice(edges) if r.random() < 0.3 else r.randrange(-40, 2600)
    return None if r.random() < 0.02 else AS_OF - timedelta(ago)


def _person(r: random.Random, person: int) -> dict:
    born = date(2025 - r.randrange(0, 100), 1 + r.randrange(12), 1 + r.randrange(28))
    return {
        "person_id": person,
        "sex": r.choice(["female", "male", "unknown"]),
        "birth_date": born,
        "practice_code": "A",
    }


def _someone(r: random.Random) -> int:
    return min(r.randrange(PEOPLE), r.randrange(PEOPLE))  # some have many records, some none


def _fact(r: random.Random, system: str, code: str) -> dict:
    return {"person_id": _someone(r), "date": _day(r), "system": system, "code": code, **_place(r)}


def _value(r: random.Random, measured: list[dict]) -> dict:
    of = r.choice(measured)
    system = r.choice(list(of["codes"]))
    unit = r.choice([*of["units"], "furlong"])
    lowest, highest = (end / of["units"].get(unit, 1) for end in of["possible"])
    value = round(r.choice([lowest, highest, r.uniform(lowest, highest), r.uniform(lowest, highest) * 1.5]), 2)
    code = str(r.choice(of["codes"][system]))
    return {**_fact(r, system, code), "kind": "observation", "value": value, "unit": unit or None}


def _diagnosis(r: random.Random, icd10: list[str]) -> dict:
    code = r.choice(icd10)
    written = r.choice([code, code.lower(), f"{code}X", f"{code[:3]}.{code[3:].strip('.') or '9'}", f"{code}†"])
    return {**_fact(r, "icd10", written), "position": r.randrange(1, 9), "encounter_key": r.randrange(PEOPLE * 8)}


def _medicine(r: random.Random, dmd: str, bnf: str, name: str) -> dict:
    repeat = r.random() < 0.5
    day = _day(r)
    end = day + timedelta(r.randrange(0, 400)) if day and r.random() < 0.4 else None
    fact = {**_fact(r, "dmd", dmd), "date": day, "display": name}
    return {**fact, "bnf_code": bnf, "is_repeat": repeat, "end_date": end, "setting": "gp"}


def _encounter(r: random.Random, key: int) -> dict:
    start = _day(r)
    kind = r.choice(
        ["admission", "admission", "emergency-attendance", "outpatient", "gp-appointment", "community-contact"]
    )
    nights = r.choice([0, 1, 2, 3, 4, 6, 7, 13, 14, 40])
    end = start + timedelta(nights) if start and kind == "admission" and r.random() < 0.95 else start
    return {
        "person_id": _someone(r), "start_date": start, "end_date": end, "kind": kind, "row_key": key,
        "method": r.choice(["emergency", "elective", None]), "attended": r.choice([True, True, False, None]),
        "length_of_stay": r.choice([nights, None]) if kind == "admission" else None,
        "practitioner_code": r.choice("ABC"), "organisation_code": "A", **_place(r),
    }  # fmt: skip


def _place(r: random.Random) -> dict:
    return {"source_id": r.randrange(1, 3), "file_id": 0, "source_row": r.randrange(10_000)}
