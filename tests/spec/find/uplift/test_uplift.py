"""Uplift where the answer is known: a made-up trial, a roll-out to the worst off, people chosen for their past."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carestead.find.uplift import TLearner, average_effect, evaluate, policy_value


def trial(n=40_000, seed=1):
    """Half are treated by lot. A year at home is 50% likely; treatment adds 20 points where x > 0, else takes 10."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3))
    effect = np.where(x[:, 0] > 0, 0.2, -0.1)
    treated = rng.random(n) < 0.5
    outcome = rng.random(n) < 0.5 + effect * treated
    return x, treated, outcome.astype(float), effect


def covers(effect, truth):
    return effect.low <= truth <= effect.high


def test_by_hand():
    """Four people; the two treated are at home, of the others one is. First the two with the higher prediction."""
    got = evaluate([1, 0, 1, 0], [1, 0, 1, 1], [0.9, 0.9, 0.1, 0.1], groups=2)
    assert got.overall.value == pytest.approx(0.5)
    assert got.share.tolist() == [0, 0.5, 1]
    assert got.qini_curve.tolist() == [0, 0.5, 0.5]
    assert got.uplift_curve.tolist() == [0, 0.5, 0.5]
    assert got.qini == pytest.approx(0.125)  # a triangle of height 0.25 above the straight line
    assert got.auuc == pytest.approx(0.375)
    assert [(g.people, g.treated, g.observed.value) for g in got.groups] == [(2, 1, 1.0), (2, 1, 0.0)]
    assert got.slope == pytest.approx(1 / 0.8)
    assert got.intercept == pytest.approx(-0.125)


def test_the_true_effect_is_found_calibrated_and_ranks_first():
    _, treated, outcome, effect = trial()
    got = evaluate(treated, outcome, effect)
    assert covers(got.overall, 0.05)
    assert got.slope == pytest.approx(1, abs=0.12)
    assert got.intercept == pytest.approx(0, abs=0.02)
    for g in got.groups:
        assert covers(g.observed, 0.2 if g.place <= 5 else -0.1) or abs(g.observed.value - g.predicted) < 0.05
    assert got.uplift_curve[1] == pytest.approx(0.1, abs=0.01)  # half of the people, 0.2 each


def test_a_ranking_by_lot_gains_nothing_and_a_wrong_one_loses():
    _, treated, outcome, effect = trial()
    lot = np.random.default_rng(7).random(len(effect))
    right, by_lot, wrong = (evaluate(treated, outcome, u).qini for u in (effect, lot, -effect))
    assert right > 0.03 > abs(by_lot)
    assert abs(by_lot) < 0.005
    assert wrong < -0.03
    assert abs(evaluate(treated, outcome, lot).slope) < 0.1


def test_one_prediction_for_everybody_is_a_straight_line():
    _, treated, outcome, _ = trial(2000)
    got = evaluate(treated, outcome, np.zeros(2000))
    assert (got.share.tolist(), got.qini, got.slope) == ([0, 1], 0, 0)


def test_the_learner_finds_who_benefits_in_people_it_has_not_seen():
    x, treated, outcome, _ = trial()
    new_x, new_treated, new_outcome, _ = trial(seed=2)
    predicted = TLearner().fit(x, treated, outcome).predict(new_x)
    got = evaluate(new_treated, new_outcome, predicted)
    best = evaluate(new_treated, new_outcome, trial(seed=2)[3])
    assert got.qini > 0.8 * best.qini
    assert got.groups[0].observed.low > 0 > got.groups[-1].observed.high
    assert np.corrcoef(predicted, trial(seed=2)[3])[0, 1] > 0.7


def test_the_learner_finds_nothing_where_there_is_nothing():
    x, treated, _, _ = trial()
    outcome = np.random.default_rng(3).random(len(x)) < 0.4
    fresh = np.random.default_rng(4).random(len(x)) < 0.4
    predicted = TLearner().fit(x, treated, outcome).predict(x)
    assert abs(evaluate(treated, fresh.astype(float), predicted).qini) < 0.005


def test_predict_before_fit():
    with pytest.raises(ValueError, match="call fit first"):
        TLearner().predict([[1.0]])


def rollout(n=60_000, seed=5):
    """The worse off are treated more often: treated people do worse although treatment helps everybody by 10."""
    rng = np.random.default_rng(seed)
    ill = rng.random(n)
    chance = 0.1 + 0.8 * ill
    treated = rng.random(n) < chance
    outcome = rng.random(n) < 0.8 - 0.6 * ill + 0.1 * treated
    return treated, outcome.astype(float), chance


def test_treating_the_worst_off_looks_like_harm_until_chance_is_weighed():
    treated, outcome, chance = rollout()
    assert outcome[treated].mean() < outcome[~treated].mean()
    assert average_effect(treated, outcome).high < 0
    weighed = average_effect(treated, outcome, chance)
    assert covers(weighed, 0.1)
    assert weighed.low > 0


def test_what_a_policy_is_worth():
    """Treat all 0.55, nobody 0.5, those who benefit 0.6: by hand from the trial's effects."""
    _, treated, outcome, effect = trial()
    for treat, worth in ((np.ones(len(effect)), 0.55), (np.zeros(len(effect)), 0.5), (effect > 0, 0.6)):
        assert covers(policy_value(treat, treated, outcome), worth)


def test_what_a_policy_is_worth_where_treatment_was_not_by_lot():
    treated, outcome, chance = rollout()
    nobody, all_ = np.zeros(len(treated)), np.ones(len(treated))
    assert covers(policy_value(nobody, treated, outcome, chance), 0.5)
    assert covers(policy_value(all_, treated, outcome, chance), 0.6)


def test_people_chosen_for_past_admissions_get_better_anyway():
    """Regression to the mean: what does nothing looks like a cure before and after, and not against controls."""
    rng = np.random.default_rng(11)
    rate = rng.gamma(0.5, 0.6, 200_000)
    before, after = rng.poisson(rate), rng.poisson(rate)
    chosen = before >= 2
    treated = rng.random(chosen.sum()) < 0.5
    fall = 1 - after[chosen][treated].mean() / before[chosen][treated].mean()
    assert fall > 0.4
    effect = average_effect(treated, -after[chosen])
    assert covers(effect, 0)
    assert abs(effect.value) < 0.03


def test_intervals_cover_the_truth_as_often_as_they_say():
    hits = [covers(average_effect(*trial(400, seed)[1:3]), 0.05) for seed in range(300)]
    assert 0.91 <= np.mean(hits) <= 0.98
    weighed = [covers(average_effect(*rollout(600, seed)), 0.1) for seed in range(300)]
    assert np.mean(weighed) > 0.9


@pytest.mark.parametrize(
    ("treated", "outcome", "chance", "says"),
    [
        ([1, 1], [1, 0], None, "Everybody was treated, or nobody"),
        ([0, 0], [1, 0], None, "Everybody was treated, or nobody"),
        ([1, 0, 1], [1, 0], None, "one number a person"),
        ([1, 0], [1, 0], [1.0, 0.5], "between 0 and 1"),
        ([1, 0], [1, np.nan], None, "An outcome is missing"),
    ],
)
def test_what_cannot_be_compared_is_refused(treated, outcome, chance, says):
    with pytest.raises(ValueError, match=says):
        average_effect(treated, outcome, chance)


def test_lengths_that_differ_and_policies_nobody_followed_are_refused():
    with pytest.raises(ValueError, match="predicted has 1 people, outcome 2"):
        evaluate([1, 0], [1, 0], [0.5])
    with pytest.raises(ValueError, match="treat has 1 people, outcome 2"):
        policy_value([True], [1, 0], [1, 0])
    with pytest.raises(ValueError, match="Nobody was treated as the policy says"):
        policy_value([False, True], [1, 0], [1, 0])


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 60))
def test_the_curves_end_at_the_overall_effect_and_only_the_order_of_predictions_counts(seed, n):
    rng = np.random.default_rng(seed)
    treated, outcome, u = np.r_[True, False, rng.random(n - 2) < 0.5], rng.random(n) < 0.5, rng.integers(0, 5, n) / 4
    one, other = (evaluate(treated, outcome.astype(float), v) for v in (u, 3 * u**3 - 7))
    assert one.uplift_curve[-1] == pytest.approx(one.overall.value)
    assert one.qini_curve[-1] == pytest.approx(one.overall.value)
    assert np.allclose(one.qini_curve, other.qini_curve)
    assert sum(g.people for g in one.groups) == n
