"""Fixtures of the specifications of scores of diagnoses."""

from collections.abc import Callable
from typing import Any

import pytest

from carestead.find.diagnoses import icd10_group
from carestead.find.diagnoses.diagnosis_scores import Choices
from carestead.find.evidence.icd10_evidence import icd10_evidence
from carestead.find.scores.icd10 import icd10_score
from tests.spec.find.scores.diagnosed import AS_OF, tables

Scored = Callable[..., dict[int, tuple[float, str | None]]]


@pytest.fixture
def scored(run_steps) -> Scored:
    """`scored(name, diagnoses, choices=None, **more)`: {person: (value, band)} of one score."""

    def run(name: str, diagnoses: list, *, system: str = "icd10", choices: Choices | None = None, **more: Any) -> dict:
        steps = [icd10_group.step, icd10_score(choices)]
        rows = run_steps(steps, AS_OF, **tables(diagnoses, system), **more)
        return {r["person_id"]: (r["value"], r["band"]) for r in rows if r["score"] == name}

    return run


@pytest.fixture
def evidence(run_steps) -> Callable[..., list[dict]]:
    """`evidence(name, diagnoses, choices=None, **more)`: the rows behind one score."""

    def run(name: str, diagnoses: list, *, choices: Choices | None = None, **more: Any) -> list[dict]:
        rows = run_steps([icd10_group.step, icd10_evidence(choices)], AS_OF, **tables(diagnoses), **more)
        return [r for r in rows if r["score"] == name]

    return run
