"""Fitted on some practices and in one year, tested on others and in a later one."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.core.finding import UsageError
from carestead.find.risk import split


@given(st.dictionaries(st.text("ABC123", min_size=1, max_size=4), st.integers(1, 9000), min_size=2), st.integers(0, 9))
def test_every_practice_is_fitted_or_tested_on_and_both_have_some(people, seed):
    found = split.by_practice(people, test_share=0.3, seed=seed)
    assert found.fit | found.test == set(people)
    assert not found.fit & found.test
    assert found.fit
    assert found.test
    assert found == split.by_practice(dict(reversed(people.items())), test_share=0.3, seed=seed)


def test_of_equal_practices_about_the_share_is_tested_on():
    found = split.by_practice({f"P{n}": 1000 for n in range(10)}, test_share=0.3, seed=1)
    assert len(found.test) == 3


def test_one_practice_is_refused_with_what_to_do():
    with pytest.raises(UsageError, match="one practice with people") as refused:
        split.by_practice({"A": 1000}, test_share=0.3, seed=1)
    assert "Ingest another practice" in refused.value.do


@pytest.mark.parametrize(("earlier", "fit"), [(50, date(2024, 4, 1)), (49, date(2025, 4, 1))])
def test_an_earlier_year_is_fitted_on_when_half_as_much_was_recorded(earlier, fit):
    test = date(2025, 4, 1)
    dates = split.by_time(test, {test: 100, date(2024, 4, 1): earlier})
    assert (dates.fit, dates.test, dates.apart) == (fit, test, fit < test)
    assert bool(dates.why) != dates.apart


def test_folds_are_whole_practices_where_there_are_enough():
    practice = np.array(["A", "B", "C", "D"] * 50)
    found = split.folds(practice, 3, seed=1)
    assert all(len(set(found[practice == p])) == 1 for p in "ABCD")
    assert set(split.folds(np.array(["A", "B"] * 50), 3, seed=1)) == {0, 1, 2}
