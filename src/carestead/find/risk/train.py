"""Fitting: a logistic regression with a ridge penalty, and boosted trees beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carestead.core.finding import UsageError
from carestead.find.risk import measures, split
from carestead.find.risk.people import People
from carestead.find.risk.terms import design, labels

Fit = Callable[[np.ndarray, np.ndarray], Callable[[np.ndarray], np.ndarray]]
"""(matrix, outcome) → a function from a matrix to log-odds."""


@dataclass(frozen=True)
class Logistic:
    """Coefficients of the terms as they are, and the intercept, of the `penalty` that predicts best out of fold."""

    coefficients: np.ndarray
    intercept: float
    penalty: float

    def log_odds(self, matrix: np.ndarray) -> np.ndarray:
        """Log-odds of each row of people × terms."""
        return self.intercept + matrix @ self.coefficients


def logistic(people: People, *, penalties: Sequence[float], folds: int, seed: int) -> tuple[Logistic, np.ndarray]:
    """The model, and the log-odds of each person by a model that was fitted without their fold."""
    matrix, fold = design(people.columns), split.folds(people.practice, folds, seed)
    tried = [(_out_of_fold(_ridge(c), matrix, people.admitted, fold), c) for c in penalties]
    held_out, best = min(tried, key=lambda pair: log_loss(people.admitted, pair[0]))
    return fit_ridge(matrix, people.admitted, best), held_out


def boosted(people: People, *, settings: dict[str, Any], folds: int, seed: int) -> tuple[str, np.ndarray]:
    """The trees as LightGBM's text, and out-of-fold log-odds as above."""
    matrix, fold = features(people), split.folds(people.practice, folds, seed)
    held_out = _out_of_fold(lambda x, y: _trees(x, y, settings, seed)[1], matrix, people.admitted, fold)
    return _trees(matrix, people.admitted, settings, seed)[0], held_out


def features(people: People) -> np.ndarray:
    """People × features as the trees take them: as they are, NaN where not known."""
    return np.column_stack([people.columns[name] for name in labels()])


def fit_ridge(matrix: np.ndarray, outcome: np.ndarray, penalty: float) -> Logistic:
    """Terms are put on one scale before the penalty, and coefficients are given on that of the terms. One thread: the
    matrices are narrow, and sums are added in one order, so that the same people give the same model."""
    linear_model = _imported("sklearn.linear_model")
    scale = matrix.std(axis=0)
    scale[scale == 0] = 1
    with _imported("threadpoolctl").threadpool_limits(1):
        fitted = linear_model.LogisticRegression(C=penalty, solver="newton-cholesky").fit(matrix / scale, outcome)
    return Logistic(fitted.coef_[0] / scale, float(fitted.intercept_[0]), penalty)


def tree_log_odds(text: str, matrix: np.ndarray) -> np.ndarray:
    """Log-odds by trees kept as text."""
    booster = _imported("lightgbm").Booster(model_str=text)
    return np.asarray(booster.predict(matrix, raw_score=True))


def tree_importance(text: str) -> dict[str, float]:
    """Share of the gain of all splits that each feature has."""
    booster = _imported("lightgbm").Booster(model_str=text)
    gain = booster.feature_importance("gain")
    return dict(zip(labels(), (gain / (gain.sum() or 1)).tolist(), strict=True))


def log_loss(outcome: np.ndarray, odds: np.ndarray) -> float:
    """Mean of minus the log of the chance that was given to what happened."""
    return float(np.mean(np.logaddexp(0, np.where(outcome, -odds, odds))))


def isotonic(odds: np.ndarray, outcome: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """The best rising step function from log-odds to chance."""
    fitted = _imported("sklearn.isotonic").IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
    fitted.fit(odds, outcome.astype(float))
    return lambda other: np.asarray(fitted.predict(other))


def recalibration(outcome: np.ndarray, odds: np.ndarray) -> tuple[float, float]:
    """(shift, slope) of logistic recalibration (Cox 1958; Platt 1999): the outcome on the log-odds."""
    found = measures.calibration(outcome, 1 / (1 + np.exp(-odds)))
    if np.isnan(found.shift):
        raise UsageError(
            "Too few people were admitted, or not, to fit a risk.", "Name an index date with a year after it."
        )
    return found.shift, found.slope.value


def versions() -> dict[str, str]:
    """Of what did the fitting."""
    return {
        name: _imported(module).__version__ for name, module in (("scikit-learn", "sklearn"), ("lightgbm", "lightgbm"))
    }


def _ridge(penalty: float) -> Fit:
    return lambda x, y: fit_ridge(x, y, penalty).log_odds


def _trees(
    matrix: np.ndarray, outcome: np.ndarray, settings: dict[str, Any], seed: int
) -> tuple[str, Callable[[np.ndarray], np.ndarray]]:
    lightgbm = _imported("lightgbm")
    parameters = {
        "objective": "binary", "learning_rate": settings["learning_rate"], "num_leaves": settings["leaves"],
        "min_data_in_leaf": settings["smallest_leaf"], "seed": seed, "deterministic": True, "force_row_wise": True,
        "num_threads": 1, "max_bin": 63, "verbosity": -1,
    }  # fmt: skip
    data = lightgbm.Dataset(matrix, label=outcome.astype(float), feature_name=list(labels()), params={"verbosity": -1})
    text = lightgbm.train(parameters, data, num_boost_round=settings["rounds"]).model_to_string()
    return text, lambda other: tree_log_odds(text, other)


def _out_of_fold(fit: Fit, matrix: np.ndarray, outcome: np.ndarray, fold: np.ndarray) -> np.ndarray:
    odds = np.empty(len(outcome))
    for number in np.unique(fold):
        inside = fold == number
        odds[inside] = fit(matrix[~inside], outcome[~inside])(matrix[inside])
    return odds


def _imported(module: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{module.partition('.')[0]} is not installed; fitting a risk needs it.",
            "Type: pip install 'carestead[ml]'",
        ) from error
