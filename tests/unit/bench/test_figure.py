"""A figure's ratio and bar: times as long, or times as fast."""

import pytest

from carestead.bench import Figure


def test_a_ratio_of_times_should_stay_under_its_bar():
    figure = Figure("scores", "efi", "a bare scan", 3.0, 1.5, 100, target=3.0)
    assert (figure.ratio, figure.bar) == (2.0, "≤ 3")
    assert figure.as_dict()["ratio"] == 2.0


def test_a_ratio_of_rates_should_stay_over_its_bar():
    figure = Figure("x", "hfrs", "pandas", 2.0, 4.0, 100, 20.0, at_least=True, amount=1000, against_amount=100)
    assert (figure.ratio, figure.bar) == (pytest.approx(20.0), "≥ 20")


def test_without_a_bar_there_is_none():
    assert Figure("x", "a", "b", 1.0, 2.0, 1).bar == ""
