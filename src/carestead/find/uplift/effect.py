"""Averages over people of whom some were treated, weighted by the chance that each had of what they got."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

NORMAL_95 = 1.959963984540054
"""The two-sided 95% point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its standard error and 95% interval, in units of the outcome, from `people`."""

    value: float
    standard_error: float
    people: int

    @property
    def low(self) -> float:
        """Lower end of the 95% interval."""
        return self.value - NORMAL_95 * self.standard_error

    @property
    def high(self) -> float:
        """Upper end of the 95% interval."""
        return self.value + NORMAL_95 * self.standard_error


def average_effect(treated: ArrayLike, outcome: ArrayLike, chance: ArrayLike | None = None) -> Effect:
    """The mean outcome with treatment less that without, each weighted by the inverse of its chance.

    `treated` is boolean, `outcome` a number, one each a person. `chance` is each person's probability of treatment (a
    number for all, or one each); None is the share treated, right where treatment was by lot. Weights are normalised
    (Hajek 1971) and the error is that of the linearised ratio. Raises ValueError for a chance of 0 or 1, or an arm
    without people.
    """
    t, y, p = checked(treated, outcome, chance)
    with_, without = _mean(y, t / p), _mean(y, (1 - t) / (1 - p))
    error = (_influence(y, t / p, with_) - _influence(y, (1 - t) / (1 - p), without)).std() / np.sqrt(len(y))
    return Effect(with_ - without, float(error), len(y))


def policy_value(treat: ArrayLike, treated: ArrayLike, outcome: ArrayLike, chance: ArrayLike | None = None) -> Effect:
    """The mean outcome to expect if exactly those in `treat` (boolean) were treated, from data in which `treated` were.

    The people whose treatment agrees with the policy are weighted by the inverse of their chance of it, and weights
    are normalised. Arguments and errors as `average_effect`; raises ValueError when nobody agrees with the policy.
    """
    t, y, p = checked(treated, outcome, chance)
    policy = np.asarray(treat, dtype=bool)
    if policy.shape != y.shape:
        raise ValueError(f"treat has {policy.size} people, outcome {y.size}.")
    weight = np.where(policy, t / p, (1 - t) / (1 - p))
    if not weight.any():
        raise ValueError("Nobody was treated as the policy says, so nothing can be said about it.")
    value = _mean(y, weight)
    return Effect(value, float(_influence(y, weight, value).std() / np.sqrt(len(y))), int((weight > 0).sum()))


def checked(
    treated: ArrayLike, outcome: ArrayLike, chance: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Treated (0 or 1), outcome and chance as arrays of one length. Raises ValueError that says what is wrong."""
    t, y = np.asarray(treated, dtype=bool).astype(float), np.asarray(outcome, dtype=float)
    if t.ndim != 1 or t.shape != y.shape:
        raise ValueError(f"treated has the shape {t.shape}, outcome {y.shape}; give one number a person in each.")
    if t.all() or not t.any():
        raise ValueError("Everybody was treated, or nobody: without both there is nothing to compare.")
    p = np.broadcast_to(np.asarray(t.mean() if chance is None else chance, dtype=float), y.shape)
    if not ((p > 0) & (p < 1)).all():
        raise ValueError("A chance of treatment must lie between 0 and 1, without both: leave out who had none.")
    if not np.isfinite(y).all():
        raise ValueError("An outcome is missing: leave out people whose outcome is not known, and say how many.")
    return t, y, p


def _mean(y: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    return float((weight * y).sum() / weight.sum())


def _influence(y: NDArray[np.float64], weight: NDArray[np.float64], mean: float) -> NDArray[np.float64]:
    return weight * (y - mean) / weight.mean()
