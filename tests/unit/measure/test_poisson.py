"""Exact Poisson limits against published tables."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.measure import poisson

GARWOOD = {0: (0.0, 3.69), 1: (0.03, 5.57), 5: (1.62, 11.67), 10: (4.80, 18.39), 100: (81.36, 121.63)}


@pytest.mark.parametrize("events", GARWOOD)
def test_intervals_are_those_of_the_table(events):
    assert poisson.interval(events) == pytest.approx(GARWOOD[events], abs=0.00501)


def test_limits_at_99_8_percent_are_those_of_the_table():
    assert poisson.limits(1, 0.998) == pytest.approx((0.0010005003335835344, 9.233413476451585), rel=1e-11)


@pytest.mark.parametrize("events", [65, 1045, 50_000])
def test_large_counts_agree_with_byars_approximation(events):
    def byar(x, sign):
        return x * (1 - 1 / (9 * x) + sign * 1.959964 / (3 * math.sqrt(x))) ** 3

    assert poisson.interval(events) == pytest.approx((byar(events, -1), byar(events + 1, 1)), rel=2e-4)


@given(st.floats(1e-6, 1 - 1e-6), st.floats(0.5, 50_000))
def test_a_quantile_is_where_the_distribution_says(p, shape):
    assert poisson.regularised_gamma(shape, poisson.gamma_quantile(p, shape)) == pytest.approx(p, abs=1e-9)


@given(st.integers(0, 60), st.floats(0.1, 40))
def test_the_distribution_is_the_sum_of_poisson_terms(n, mean):
    """P(n + 1, mean) is the chance of more than n events."""
    up_to_n = math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(n + 1))
    assert poisson.regularised_gamma(n + 1, mean) == pytest.approx(1 - up_to_n, abs=1e-12)
