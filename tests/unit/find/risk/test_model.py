"""The model in whole numbers: reasons add up, and say what the coefficients say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.made_up_people import made_up_people

from carestead.find.risk import model
from carestead.find.risk.terms import Term, design, labels, terms


def some_model(seed: int, columns):
    draw = np.random.default_rng(seed)
    coefficients = draw.normal(0, 0.3, len(terms()))
    return coefficients, model.whole(terms(), coefficients, -2.5, columns, shift=0.1, slope=0.9)


def test_a_term_is_how_far_the_value_is_within_its_ends():
    values = np.array([0.0, 70.0, 99.0, np.nan])
    assert Term("age", 65, 80).of(values).tolist() == [0, 5, 15, 0]
    assert Term("age", 0, 0, for_missing=True).of(values).tolist() == [0, 0, 0, 1]


def test_every_feature_has_a_term_and_every_known_value_is_a_number():
    columns = made_up_people(50).columns
    assert {t.feature for t in terms()} == set(labels())
    assert design(columns).shape == (50, len(terms()))
    assert not np.isnan(design(columns)).any()


@given(st.integers(0, 1000))
def test_points_are_the_recalibrated_log_odds_to_a_few_thousandths(seed):
    columns = made_up_people(200, seed).columns
    coefficients, kept = some_model(seed, columns)
    odds = 0.1 + 0.9 * (-2.5 + design(columns) @ coefficients)
    # each of 59 features and the baseline is rounded to a thousandth once
    assert np.abs(kept.points(columns) / 1000 - odds).max() <= 60 * 0.0005 + 1e-4


@given(st.integers(0, 1000))
def test_reasons_and_baseline_add_up_exactly(seed):
    columns = made_up_people(100, seed).columns
    _, kept = some_model(seed, columns)
    reasons = kept.reasons(columns)
    assert all((r == np.round(r)).all() for r in reasons.values())
    assert (kept.baseline + sum(reasons.values()) == kept.points(columns)).all()


def test_somebody_usual_has_no_reasons():
    columns = made_up_people(300).columns
    _, kept = some_model(3, columns)
    usual = {n: np.array([np.floor(np.median(v[~np.isnan(v)]))]) for n, v in columns.items()}
    assert all((r == 0).all() for r in kept.reasons(usual).values())


def test_a_model_is_the_same_after_it_was_kept():
    _, kept = some_model(1, made_up_people(50).columns)
    assert model.from_dict(kept.as_dict()) == kept


def test_probability_by_hand():
    assert model.probability(0) == 0.5
    assert round(float(model.probability(-2197)), 3) == 0.1
