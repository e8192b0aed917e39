"""How well a predicted uplift ranks people, and how right it is, on people of whom some were treated."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from carestead.find.uplift.effect import Effect, average_effect, checked

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """A tenth (or so) of the people by predicted uplift; the first has the highest. `observed` is None where all its
    people, or none, were treated."""

    place: int
    people: int
    treated: int
    predicted: float
    observed: Effect | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of a predicted uplift.

    `share` (from 0 to 1) is the part of people taken, highest prediction first; `qini_curve` the outcomes gained among
    them for each treated person of all, `uplift_curve` the mean gain a person of all if just they were treated.
    `qini` is the area between the Qini curve and the straight line to its end, which a ranking by lot follows; `auuc`
    the area under the uplift curve. `slope` and `intercept` are of observed on predicted uplift: 1 and 0 when right.
    """

    people: int
    treated: int
    overall: Effect
    share: Array
    qini_curve: Array
    uplift_curve: Array
    qini: float
    auuc: float
    slope: float
    intercept: float
    groups: tuple[Group, ...]


def evaluate(
    treated: ArrayLike,
    outcome: ArrayLike,
    predicted: ArrayLike,
    chance: ArrayLike | None = None,
    *,
    groups: int = 10,
) -> Evaluation:
    """Evaluate `predicted` uplift, one number a person; the other arguments and errors as `average_effect`.

    Curves: Radcliffe 2007 (Qini), Devriendt 2020, doi 10.1016/j.ins.2020.08.045 (uplift, absolute and joint), each
    outcome weighted by the inverse chance of its arm, so that with a constant chance both are the published ones.
    People with one prediction are taken together: between them a curve is straight. Calibration: least squares of the
    transformed outcome (Athey and Imbens 2016, doi 10.1073/pnas.1510489113), whose mean is the uplift.
    """
    t, y, p = checked(treated, outcome, chance)
    u = np.asarray(predicted, dtype=float)
    if u.shape != y.shape:
        raise ValueError(f"predicted has {u.size} people, outcome {y.size}.")
    order = np.argsort(-u, kind="stable")
    t, y, p, u = t[order], y[order], p[order], u[order]
    share, qini_curve, uplift_curve = _curves(t, y, p, u)
    slope, intercept = _line(u, y * (t / p - (1 - t) / (1 - p)))
    return Evaluation(
        people=len(y),
        treated=int(t.sum()),
        overall=average_effect(t, y, p),
        share=share,
        qini_curve=qini_curve,
        uplift_curve=uplift_curve,
        qini=float(np.trapezoid(qini_curve - share * qini_curve[-1], share)),
        auuc=float(np.trapezoid(uplift_curve, share)),
        slope=slope,
        intercept=intercept,
        groups=tuple(_group(n, i, t, y, p, u) for n, i in enumerate(np.array_split(np.arange(len(y)), groups), 1)),
    )


def _curves(t: Array, y: Array, p: Array, u: Array) -> tuple[Array, Array, Array]:
    """Share, Qini and uplift curve at the end of each run of one prediction, and at the start."""
    last = np.r_[np.flatnonzero(np.diff(u)), len(u) - 1]
    yes, no = t / p, (1 - t) / (1 - p)
    n_yes, n_no, y_yes, y_no = (np.cumsum(a)[last] for a in (yes, no, yes * y, no * y))
    with np.errstate(divide="ignore", invalid="ignore"):
        qini = np.where(n_no > 0, y_yes - y_no * n_yes / n_no, 0) / yes.sum()
        gain = np.where((n_no > 0) & (n_yes > 0), y_yes / n_yes - y_no / n_no, 0)
    share = (last + 1) / len(u)
    return np.r_[0, share], np.r_[0, qini], np.r_[0, gain * share]


def _line(x: Array, z: Array) -> tuple[float, float]:
    """Slope and intercept of z on x; a slope of 0 when all x are one."""
    spread = x - x.mean()
    slope = float((spread * z).sum() / (spread**2).sum()) if spread.any() else 0.0
    return slope, float(z.mean() - slope * x.mean())


def _group(place: int, i: NDArray[np.int64], t: Array, y: Array, p: Array, u: Array) -> Group:
    both = t[i].any() and not t[i].all()
    observed = average_effect(t[i], y[i], p[i]) if both else None
    return Group(place, len(i), int(t[i].sum()), float(u[i].mean()) if len(i) else 0.0, observed)
