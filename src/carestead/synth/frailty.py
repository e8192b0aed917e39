"""Latent frailty by age, and the deficits it shows as: 65 and over fall about 50/35/12/3 into eFI bands."""

from dataclasses import dataclass

import numpy as np

from carestead.synth.facts import deficit_codes, facts
from carestead.synth.streams import pick, stream, top_k

_MEAN_AT_65, _GROWTH_OLD, _GROWTH_YOUNG, _SHAPE = 3.53, 0.031, 0.045, 6.4
_MOST = 30
DEFICITS = tuple(facts("deficits")["deficit"])
POLYPHARMACY = DEFICITS.index("polypharmacy")


@dataclass(frozen=True)
class Frailty:
    """`latent` (relative, mean 1), `count` of deficits ever, and `has` (people × 36) which."""

    latent: np.ndarray
    count: np.ndarray
    has: np.ndarray

    def of(self, deficit: str) -> np.ndarray:
        """Who has `deficit`. Raises ValueError for an unknown name."""
        return self.has[:, DEFICITS.index(deficit)]


def frailty(seed: int, age: np.ndarray, female: np.ndarray, decile: np.ndarray, *key: str | int) -> Frailty:
    """Draw frailty for people of `age` (years); deprivation adds up to a tenth either way."""
    rng = stream(seed, "frailty", *key)
    latent = rng.gamma(_SHAPE, 1 / _SHAPE, len(age))
    growth = np.where(age >= 65, _GROWTH_OLD, _GROWTH_YOUNG)
    mean = _MEAN_AT_65 * np.exp(growth * (age - 65)) * (1 + 0.022 * (5.5 - decile)) * latent
    count = np.minimum(rng.poisson(np.where(age < 2, 0, mean)), _MOST).astype(np.int8)
    return Frailty(latent, count, _deficits(rng, age, female, count))


def _deficits(rng: np.random.Generator, age: np.ndarray, female: np.ndarray, count: np.ndarray) -> np.ndarray:
    f = facts("deficits")
    ratio = np.sqrt(f["female_ratio"])
    young, old = f["weight_under_65"], f["weight"]
    share = np.clip((age - 45) / 20, 0, 1)[:, None]
    weights = (young * (1 - share) + old * share) * np.where(female[:, None], ratio, 1 / ratio)
    weights[age < 18] *= np.isin(DEFICITS, ["respiratory-disease", "anaemia", "vision-problems", "diabetes"]) + 1e-4
    return top_k(rng, weights.astype(np.float32), count)


def first_codes(seed: int, deficit: np.ndarray, *key: str | int) -> np.ndarray:
    """For each deficit number, a row of `deficit_codes()` that says it; the list's first codes are commonest.

    Polypharmacy has no code: -1.
    """
    rng = stream(seed, "deficit code", *key)
    names = deficit_codes()["group"]
    out = np.full(len(deficit), -1)
    for d, name in enumerate(DEFICITS):
        rows, here = np.flatnonzero(names == name), np.flatnonzero(deficit == d)
        if len(rows):
            out[here] = rows[pick(rng, 0.6 ** np.arange(len(rows)), len(here))]
    return out
