"""Nobody can work a small number out from what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.measure.disclosure import hidden, hidden_in_table, lumped, rounded, show, total_is_safe

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40))


@given(COUNTS, st.integers(1, 10))
def test_what_is_withheld_is_never_one_number_nor_a_small_sum(counts, below):
    gone = hidden(counts, below)
    assert {k for k, n in counts.items() if n < below} <= gone
    if gone and total_is_safe(counts, below):
        assert len(gone) > 1
        assert sum(counts[k] for k in gone) >= below
    if gone and not total_is_safe(counts, below):
        assert gone == set(counts)


@given(COUNTS)
def test_nothing_is_withheld_without_need(counts):
    if all(n >= 5 for n in counts.values()):
        assert hidden(counts) == set()
        assert total_is_safe(counts)


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(0, 30)))
def test_no_row_or_column_of_a_table_gives_a_cell_away(cells):
    gone = hidden_in_table(cells)
    for axis in (0, 1):
        for name in {c[axis] for c in cells}:
            line = [c for c in cells if c[axis] == name]
            withheld = [c for c in line if c in gone]
            safe = not withheld or (len(withheld) > 1 and sum(cells[c] for c in withheld) >= 5)
            assert safe or len(withheld) == len(line)


def test_the_second_smallest_goes_with_the_smallest():
    assert hidden({"a": 3, "b": 12, "c": 9, "d": 80}) == {"a", "c"}


def test_two_noughts_are_not_enough():
    assert hidden({"a": 0, "b": 0, "c": 9, "d": 80}) == {"a", "b", "c"}


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_rounding_to_five(count, shown):
    assert rounded(count) == shown


def test_a_withheld_number_is_a_star():
    assert (show(1234, is_hidden=False), show(3, is_hidden=True)) == ("1,234", "*")


@given(
    st.lists(
        st.tuples(st.uuids().map(str), st.integers(0, 30).map(float), st.integers(0, 10**6)), unique_by=lambda x: x[0]
    )
)
def test_lumped_lines_agree_to_the_penny_and_show_no_small_number(lines):
    shown = lumped(lines)
    assert sum(a for _, _, a in shown) == sum(a for _, _, a in lines)
    assert sum(q for _, q, _ in shown) == sum(q for _, q, _ in lines)
    if sum(q for _, q, _ in lines) >= 5 and len(lines) > 1:
        assert all(q >= 5 for _, q, _ in shown)


def test_lines_without_small_numbers_stay():
    assert lumped([("a", 5.0, 1), ("b", 6.0, 2)]) == [("a", 5.0, 1), ("b", 6.0, 2)]
    assert lumped([("a", 9.0, 900), ("b", 1.0, 100), ("c", 50.0, 5)]) == [
        ("c", 50.0, 5),
        ("Small numbers together", 10.0, 1000),
    ]
