"""People's hospital diagnoses as contract tables."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from carestead.find.diagnoses.diagnosis_scores import expanded
from carestead.reference import load
from tests.spec.find.codes import code_rows

AS_OF = "2025-06-30"
DAY = "2025-01-01"


def tables(diagnoses: Iterable[tuple[Any, ...]], system: str = "icd10") -> dict[str, list[dict]]:
    """(person, date, code[, position]) as table `diagnosis`, with each text a row of `code`."""
    rows = [(*d, None)[:4] for d in diagnoses]
    ids, code = code_rows([r[2] for r in rows], system)
    return {
        "code": code,
        "diagnosis": [{"person_id": p, "date": d, "code_id": ids[c], "position": at} for p, d, c, at in rows],
    }


def coded(*bags: Iterable[str]) -> list[tuple[int, str, str]]:
    """Person 1 with the codes of the first bag, person 2 with those of the second, all on one day."""
    return [(n, DAY, code) for n, bag in enumerate(bags, 1) for code in bag]


def vectors(shared_data: Path) -> list[dict[str, str]]:
    """Three hundred bags of codes with the scores that two other programs agree on."""
    with (shared_data / "clinical" / "reference_vectors_icd10.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def vector_diagnoses(rows: list[dict[str, str]]) -> list[tuple[int, str, str]]:
    """The bags as diagnoses of people numbered as the vectors are."""
    return [(int(v["id"]), DAY, code) for v in rows for code in v["icd10_codes_pipe_separated"].split("|")]


def values(answer: dict[int, tuple[float, str | None]]) -> dict[int, float]:
    """The values, without the bands."""
    return {person: value for person, (value, _) in answer.items()}


def groups_and_points(score: str) -> dict[frozenset[str], float]:
    """The codes of each group of a score, with the group's points, by our reference files."""
    facts = load("scores", score)
    groups = load("icd10", facts["icd10"])["groups"]
    return {frozenset(expanded(g["codes"])): facts["points"][item] for item, g in groups.items()}


def published(shared_data: Path, family: str, variant: str, column: str) -> dict[frozenset[str], float]:
    """The codes of each group, with the group's points in `column`, as two other programs have them."""
    folder = shared_data / "clinical"
    codes: dict[str, set[str]] = {}
    with (folder / f"{family}_icd10_codes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["variant"] == variant:
                codes.setdefault(row["comorbidity"], set()).add(row["icd10_prefix"])
    with (folder / f"{family}_weights.csv").open(encoding="utf-8") as file:
        points = {row["comorbidity"]: float(row[column]) for row in csv.DictReader(file)}
    return {frozenset(found): points[group] for group, found in codes.items()}
