"""Each measure against scikit-learn, a simulation or a sum done by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.find.risk import measures

metrics = pytest.importorskip("sklearn.metrics")


def drawn(seed: int, n: int = 400, ties: bool = True):
    draw = np.random.default_rng(seed)
    chance = draw.beta(1, 8, n)
    chance = np.round(chance, 2) if ties else chance
    return draw.random(n) < chance, chance


@given(st.integers(0, 10_000), st.booleans())
def test_auroc_auprc_and_brier_are_those_of_scikit_learn(seed, ties):
    outcome, chance = drawn(seed, ties=ties)
    if not outcome.any():
        return
    assert measures.auroc(outcome, chance).value == pytest.approx(metrics.roc_auc_score(outcome, chance))
    found = measures.auprc(outcome, chance, times=2)
    assert found.value == pytest.approx(metrics.average_precision_score(outcome, chance))
    assert measures.brier(outcome, chance).value == pytest.approx(metrics.brier_score_loss(outcome, chance))


def test_auroc_by_hand():
    """Two admitted (3, 1), two not (2, 0): of four pairs three are in order."""
    found = measures.auroc(np.array([True, True, False, False]), np.array([3.0, 1.0, 2.0, 0.0]))
    assert found.value == 0.75
    # placements of the admitted: 1 and 1/2; of the others: 1/2 and 1; both variances are 1/8
    error = math.sqrt(0.125 / 2 + 0.125 / 2)
    assert found.lower == pytest.approx(0.75 - measures.Z * error)
    assert found.upper == 1.0


def test_delong_is_as_wide_as_the_figure_varies():
    """Over 400 samples of one process, the interval's half-width is 1.96 times the figure's standard deviation."""
    found = [measures.auroc(*drawn(seed, ties=False)) for seed in range(400)]
    varies = np.std([f.value for f in found])
    said = np.mean([(f.upper - f.lower) / 2 / measures.Z for f in found if f.upper < 1])
    assert said == pytest.approx(varies, rel=0.1)


def test_average_precision_by_hand():
    """In order: admitted, not, admitted. (1/1 + 2/3) / 2."""
    found = measures.auprc(np.array([True, False, True]), np.array([0.9, 0.5, 0.1]), times=10)
    assert found.value == pytest.approx(5 / 6)


def test_the_same_seed_gives_the_same_interval():
    outcome, chance = drawn(1)
    assert measures.auprc(outcome, chance, seed=7) == measures.auprc(outcome, chance, seed=7)
    found = measures.auprc(outcome, chance, seed=7)
    assert found.lower < found.value < found.upper


def test_calibration_is_the_logistic_regression_on_the_log_odds():
    outcome, chance = drawn(5, 3000)
    found = measures.calibration(outcome, chance)
    from sklearn.linear_model import LogisticRegression

    odds = measures.log_odds(chance).reshape(-1, 1)
    fitted = LogisticRegression(C=1e9, tol=1e-10, max_iter=1000).fit(odds, outcome)
    assert found.slope.value == pytest.approx(fitted.coef_[0][0], rel=1e-3)
    assert found.shift == pytest.approx(fitted.intercept_[0], abs=1e-3)


def test_risks_twice_too_far_apart_have_a_slope_of_a_half_and_true_ones_of_one():
    outcome, chance = drawn(2, 200_000, ties=False)
    chance = np.clip(chance, 0.001, 0.999)
    apart = 1 / (1 + np.exp(-2 * measures.log_odds(chance)))
    assert measures.calibration(outcome, chance).slope.value == pytest.approx(1, abs=0.03)
    assert measures.calibration(outcome, chance).intercept.value == pytest.approx(0, abs=0.03)
    assert measures.calibration(outcome, apart).slope.value == pytest.approx(0.5, abs=0.02)


def test_intercept_by_hand():
    """A risk of one half said of everybody, three of four admitted: log-odds are log 3 too low; its standard error is
    1 / sqrt(4 x 3/4 x 1/4). A slope cannot be told from equal risks."""
    found = measures.calibration(np.array([True, True, True, False]), np.full(4, 0.5))
    assert found.intercept.value == pytest.approx(math.log(3))
    assert found.intercept.upper - found.intercept.value == pytest.approx(measures.Z / math.sqrt(0.75))
    assert math.isnan(found.slope.value)


def test_wilson_is_that_of_the_paper_s_worked_example():
    """Newcombe, Statistics in Medicine 1998;17:857, table I: 81 of 263 is 0.2553 to 0.3662; 0 of 20 is 0 to 0.1611."""
    found = measures.wilson(81, 263)
    assert (round(found.lower, 4), round(found.upper, 4)) == (0.2553, 0.3662)
    none = measures.wilson(0, 20)
    assert (none.lower, round(none.upper, 4)) == (0.0, 0.1611)


def test_the_cut_by_hand():
    """Ten people, two in ten chosen: one of the two is admitted, of four admitted in all."""
    outcome = np.array([True, False, True, True, True, *[False] * 5])
    found = measures.at_cut(outcome, np.arange(10, 0, -1), 0.2)
    assert (found.chosen, found.right, found.ppv.value, found.sensitivity.value) == (2, 1, 0.5, 0.25)
    assert measures.above(outcome, np.arange(10, 0, -1), 9) == found


@pytest.mark.parametrize("outcome", [np.zeros(5, dtype=bool), np.ones(5, dtype=bool), np.zeros(0, dtype=bool)])
def test_what_cannot_be_worked_out_is_not_known(outcome):
    chance = np.linspace(0.1, 0.5, len(outcome))
    assert measures.auroc(outcome, chance).as_dict()["value"] is None
    assert measures.calibration(outcome, chance).slope.as_dict() == {"value": None, "lower": None, "upper": None}
