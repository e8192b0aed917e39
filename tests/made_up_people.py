"""People for models of risk, made of random numbers: age and admissions tell, everything else is noise."""

from typing import Any

import numpy as np

from carestead import models
from carestead.core.area import Area
from carestead.find.risk.fit import fit
from carestead.find.risk.people import People
from carestead.find.risk.terms import labels
from carestead.reference import load

QUICK = load("find", "risk") | {"boosting": {"rounds": 10, "learning_rate": 0.1, "leaves": 7, "smallest_leaf": 20}}
"""The settings of a fit, with few trees."""


def made_up_people(n: int, seed: int = 1, practices: tuple[str, ...] = ("A", "B", "C")) -> People:
    """`n` people; about one in ten is admitted, the likelier the older and the oftener admitted before."""
    draw = np.random.default_rng(seed)
    columns = {name: draw.integers(0, 2, n).astype(float) for name in labels()}
    columns["age"] = draw.integers(0, 95, n).astype(float)
    columns["emergency_admissions"] = draw.poisson(0.1, n).astype(float)
    columns["imd_decile"] = np.where(draw.random(n) < 0.05, np.nan, draw.integers(1, 11, n))
    odds = -4 + columns["age"] / 40 + columns["emergency_admissions"]
    admitted = draw.random(n) < 1 / (1 + np.exp(-odds))
    died = draw.random(n) < 0.01
    codes = np.array(practices)[draw.integers(0, len(practices), n)]
    ethnicity = np.array(["A", "C", "H", "M", ""])[draw.integers(0, 5, n)]
    return People(columns, codes, ethnicity, admitted, died, np.zeros(n, dtype=bool))


def keep_made_up_model(area: Area, seed: int = 1, fitted_at: str = "2026-11-01T08:00:00+00:00") -> models.Kept:
    """A model fitted on made-up people, kept in the area with a whole card."""
    people, others = made_up_people(1500, seed), made_up_people(1500, seed + 1, ("Y00002", "Y00003"))
    found = fit(people, others, people, QUICK)
    facts: dict[str, Any] = {
        "title": QUICK["title"], "settings": QUICK["id"], "synthetic": True, "as_of": "2026-11-20", "records": "r",
        "index": {"fit": "2025-11-21", "test": "2025-11-21", "apart": False, "why": "records do not reach back"},
        "practices": {"fit": ["A", "B", "C"], "test": ["Y00002", "Y00003"]},
        "capacity": QUICK["capacity"], "seed": QUICK["seed"], "versions": {"carestead": "0"}, **found.figures,
    }  # fmt: skip
    made = {"fitted_at": fitted_at, "snapshot": "s"}
    return models.keep(area, model=found.model.as_dict(), trees=found.trees, card=facts, made=made)
