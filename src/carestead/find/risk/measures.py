"""How well scores tell who is admitted: each measure with its interval, over arrays of equal length.

`outcome` is boolean, `score` any number that is higher for the likelier, `chance` a probability. Intervals are of 95%.
A measure that cannot be worked out, for want of people with or without the outcome, is an `Estimate` of NaN.
"""

import math
from dataclasses import dataclass

import numpy as np

Z = 1.959963984540054
NONE = float("nan")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the ends of its 95% interval."""

    value: float
    lower: float = NONE
    upper: float = NONE

    def as_dict(self, places: int = 4) -> dict[str, float | None]:
        """Rounded, for JSON; None for what is not known."""
        named = {"value": self.value, "lower": self.lower, "upper": self.upper}
        return {k: None if math.isnan(v) else round(v, places) for k, v in named.items()}


def auroc(outcome: np.ndarray, score: np.ndarray) -> Estimate:
    """How often somebody admitted scores above somebody not (ties count half): DeLong, DeLong and Clarke-Pearson,
    Biometrics 1988;44:837; the midranks are those of Sun and Xu, IEEE Signal Processing Letters 2014;21:1389."""
    positive, negative = score[outcome], score[~outcome]
    m, n = len(positive), len(negative)
    if not m or not n:
        return Estimate(NONE)
    together = _midranks(np.concatenate([positive, negative]))
    of_positive = (together[:m] - _midranks(positive)) / n
    of_negative = 1 - (together[m:] - _midranks(negative)) / m
    if m < 2 or n < 2:
        return Estimate(float(of_positive.mean()))
    error = math.sqrt(of_positive.var(ddof=1) / m + of_negative.var(ddof=1) / n)
    return _within_one(float(of_positive.mean()), error)


def auprc(outcome: np.ndarray, score: np.ndarray, *, times: int = 200, seed: int = 1) -> Estimate:
    """Average precision: the mean share admitted among those down to each person admitted. The interval is the middle
    95% of `times` bootstrap samples, drawn with `seed`."""
    if not outcome.any():
        return Estimate(NONE)
    order = np.argsort(-score, kind="stable")
    event, ends = outcome[order].astype(float), _ends(score[order])
    draw = np.random.default_rng(seed)
    n = len(event)
    samples = [_average_precision(event, ends, np.bincount(draw.integers(0, n, n), minlength=n)) for _ in range(times)]
    known = [s for s in samples if not math.isnan(s)]
    lower, upper = np.quantile(known, [0.025, 0.975]) if known else (NONE, NONE)
    return Estimate(_average_precision(event, ends, np.ones(n)), float(lower), float(upper))


def brier(outcome: np.ndarray, chance: np.ndarray) -> Estimate:
    """The mean square of chance less outcome (Brier 1950); 0 is perfect."""
    squares = (chance - outcome) ** 2
    if len(squares) < 2:
        return Estimate(float(squares.mean()) if len(squares) else NONE)
    return _within_one(float(squares.mean()), float(squares.std(ddof=1)) / math.sqrt(len(squares)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """`slope`: 1 when differences in log-odds are as large as said; `intercept`: 0 when as many are admitted as said,
    the slope held at 1; `shift` the intercept beside the slope (Cox, Biometrika 1958;45:562)."""

    slope: Estimate
    intercept: Estimate
    shift: float


def calibration(outcome: np.ndarray, chance: np.ndarray) -> Calibration:
    """Slope and intercept of the outcome on the log-odds of `chance`, by maximum likelihood, Wald intervals."""
    if outcome.all() or not outcome.any():
        return Calibration(Estimate(NONE), Estimate(NONE), NONE)
    odds = log_odds(chance)
    ones = np.ones((len(odds), 1))
    alone, alone_error = _logistic(ones, outcome, odds)
    both, both_error = _logistic(np.column_stack([ones, odds]), outcome, np.zeros(len(odds)))
    return Calibration(_wald(both[1], both_error[1]), _wald(alone[0], alone_error[0]), float(both[0]))


@dataclass(frozen=True, slots=True)
class AtCut:
    """Of the first `share` of people by score: how many are `chosen`, how many of them admitted (`right`), the share
    of them admitted (positive predictive value), the share of everybody admitted who is among them."""

    share: float
    chosen: int
    right: int
    ppv: Estimate
    sensitivity: Estimate


def at_cut(outcome: np.ndarray, score: np.ndarray, share: float) -> AtCut:
    """Halves of a person are rounded up; of people with equal scores those who come first are chosen."""
    chosen = math.floor(len(outcome) * share + 0.5)
    first = np.argsort(-score, kind="stable")[:chosen]
    right = int(outcome[first].sum())
    return AtCut(share, chosen, right, wilson(right, chosen), wilson(right, int(outcome.sum())))


def above(outcome: np.ndarray, score: np.ndarray, cut: float) -> AtCut:
    """The same for everybody whose score is at least `cut`."""
    chosen = score >= cut
    right = int(outcome[chosen].sum())
    share = float(chosen.mean()) if len(chosen) else NONE
    return AtCut(share, int(chosen.sum()), right, wilson(right, int(chosen.sum())), wilson(right, int(outcome.sum())))


def wilson(right: int, of: int) -> Estimate:
    """A proportion with Wilson's score interval (Journal of the American Statistical Association 1927;22:209)."""
    if not of:
        return Estimate(NONE)
    p, spread = right / of, Z * Z / of
    middle = (p + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(p * (1 - p) / of + spread / of / 4)
    return Estimate(p, max(0.0, middle - half), min(1.0, middle + half))


def log_odds(chance: np.ndarray) -> np.ndarray:
    """The log-odds of probabilities, held between one in a million and its opposite."""
    held = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.log(held / (1 - held))


def _midranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1; equal values share the mean of theirs."""
    _, place, times = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(times) - (times - 1) / 2)[place]


def _ends(ordered: np.ndarray) -> np.ndarray:
    """Where each run of equal scores ends."""
    return np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)


def _average_precision(event: np.ndarray, ends: np.ndarray, weight: np.ndarray) -> float:
    right = np.cumsum(event * weight)[ends]
    chosen = np.cumsum(weight)[ends]
    if not right[-1]:
        return NONE
    precision = np.divide(right, chosen, out=np.zeros(len(right)), where=chosen > 0)
    return float(np.sum(np.diff(right, prepend=0) * precision) / right[-1])


def _logistic(x: np.ndarray, y: np.ndarray, offset: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and standard errors of a small logistic regression, by Newton's method; NaN when there is no
    maximum, as when all scores are equal or part the outcomes perfectly."""
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(offset + x @ beta, -30, 30)))
        information = (x.T * (p * (1 - p))) @ x
        if np.linalg.cond(information) > 1e12:
            break
        step = np.linalg.solve(information, x.T @ (y - p))
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            return beta, np.sqrt(np.diag(np.linalg.inv(information)))
    return np.full(x.shape[1], NONE), np.full(x.shape[1], NONE)


def _wald(value: float, error: float) -> Estimate:
    return Estimate(float(value), float(value - Z * error), float(value + Z * error))


def _within_one(value: float, error: float) -> Estimate:
    return Estimate(value, max(0.0, value - Z * error), min(1.0, value + Z * error))
