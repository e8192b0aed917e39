"""The plainest learner of uplift: one model of the outcome with treatment, one without, and their difference."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from carestead.core.finding import UsageError


class TLearner:
    """Two logistic regressions (T-learner: Kunzel 2019, doi 10.1073/pnas.1804597116), on features of one scale.

    `strength` is scikit-learn's C: the smaller, the more both models are held to the mean. Needs the `ml` extra.
    """

    def __init__(self, *, strength: float = 1.0) -> None:
        self.strength = strength
        self._models: tuple[Any, Any] | None = None

    def fit(self, features: ArrayLike, treated: ArrayLike, outcome: ArrayLike) -> "TLearner":
        """Learn from people × features, boolean `treated` and `outcome`. Each arm must have both outcomes
        (else scikit-learn raises ValueError)."""
        x, t, y = np.asarray(features, float), np.asarray(treated, bool), np.asarray(outcome, bool)
        self._models = self._one(x[t], y[t]), self._one(x[~t], y[~t])
        return self

    def predict(self, features: ArrayLike) -> NDArray[np.float64]:
        """The uplift of each person: the probability of the outcome with treatment less that without."""
        if self._models is None:
            raise ValueError("Nothing was learned yet: call fit first.")
        x = np.asarray(features, float)
        with_, without = (m.predict_proba(x)[:, 1] for m in self._models)
        return with_ - without

    def _one(self, x: NDArray[np.float64], y: NDArray[np.bool_]) -> Any:
        try:
            from sklearn.linear_model import LogisticRegression
            from sklearn.pipeline import make_pipeline
            from sklearn.preprocessing import StandardScaler
        except ModuleNotFoundError as error:
            raise UsageError("scikit-learn is not installed.", "Type: pip install 'carestead[ml]'") from error
        return make_pipeline(StandardScaler(), LogisticRegression(C=self.strength, max_iter=1000)).fit(x, y)
