"""People for models of risk, made of random numbers: age and admissions tell, everything else is noise."""

import numpy as np

from carestead.find.risk.people import People
from carestead.find.risk.terms import labels


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
