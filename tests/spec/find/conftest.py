"""The register drawn from small tables: everybody is 80 and well at one practice unless something is said of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from carestead.core.step import SetStep
from carestead.find.register import answer, candidate, change, cohort, entry, place
from carestead.tables import table
from tests.spec.conftest import carry_out, fill

Rows = list[dict[str, Any]]
AS_OF = date(2025, 6, 30)
NOTHING = {
    "practice_code": "A81001", "age": 80, "emergency_admissions": 0, "emergency_attendances": 0,
    "emergency_bed_days": 0, "home_care": False, "care_home": False,
}  # fmt: skip


def people(n: int, **of: dict) -> Rows:
    """n people of whom nothing is known but that they are 80; `p3={...}` says more of person 3."""
    return [{"person_id": p, **NOTHING, **of.get(f"p{p}", {})} for p in range(1, n + 1)]


def efi(person_id: int, deficits: int, band: str) -> dict:
    """A row of the frailty index."""
    return {"person_id": person_id, "score": "efi", "value": float(deficits), "band": band}


def severe(*person_ids: int) -> Rows:
    """Severe frailty, each with one deficit fewer than the one before."""
    return [efi(p, 36 - n, "severe") for n, p in enumerate(person_ids)]


def before(*person_ids: int, **more: Any) -> Rows:
    """People proposed by the register of the week before, in order."""
    common = {"state": "proposed", "cohorts": "frailty:2", "practice_code": "A81001", "as_of": "2025-06-23"}
    return [{"person_id": p, "rank": n, "priority": 0.0, **common, **more} for n, p in enumerate(person_ids, 1)]


def steps_of(capacity: int | None = None) -> list[SetStep]:
    """The steps from lists to changes, in their order."""
    return [cohort.step, answer.step, place.place_step(capacity), candidate.step, entry.step, change.step]


def draw_all(capacity: int | None = None, **tables: Rows) -> dict[str, Rows]:
    """What each step from lists to changes gives, over `tables`; those that are not named are empty."""
    con = duckdb.connect()
    steps = steps_of(capacity)
    for name in {n for s in steps for n in s.reads}:
        fill(con, name, table(name).types(), tables.get(name, []))
    given = {}
    for step in steps:
        given[step.gives] = carry_out(con, step, AS_OF)
        fill(con, step.gives, table(step.gives).types(), given[step.gives])
    return given


@pytest.fixture
def draw() -> Callable[..., Rows]:
    """`draw("register_entry", capacity=None, feature=[rows], score=[rows], ...)`: the rows of that table."""

    def run(wanted: str, capacity: int | None = None, **tables: Rows) -> Rows:
        return draw_all(capacity, **tables)[wanted]

    return run
