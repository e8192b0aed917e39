"""The words of the ground floor."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carestead.core import money, nhs_number, ods_code
from carestead.core.area import buckets_for
from carestead.core.listing import listed
from carestead.core.period import Period, age, financial_year

# Published examples: NHS Data Dictionary's 401 023 2137, and two of the official UK Core and BaRS examples.
VALID = ["4010232137", "9912003888", "9476719931"]
INVALID = ["9912003890", "3478526985", "7778521234", "401023213", "40102321370", "4444444444", "40102321x7", ""]


@pytest.mark.parametrize("number", VALID)
def test_valid_numbers(number: str):
    assert nhs_number.is_valid(number)


@pytest.mark.parametrize("number", [*INVALID, None])
def test_invalid_numbers(number: str | None):
    assert not nhs_number.is_valid(number)


@given(st.integers(0, 10**9 - 1))
def test_a_wrong_check_digit_is_always_seen(n: int):
    nine = f"{n:09d}"
    right = nhs_number.check_digit(nine)
    accepted = [d for d in range(10) if nhs_number.is_valid(f"{nine}{d}")]
    assert accepted == ([] if right is None or len(set(f"{nine}{right}")) == 1 else [right])


def test_numbers_are_written_three_three_four():
    assert nhs_number.display("4010232137") == "401 023 2137"
    assert nhs_number.normalise(" 401 023-2137 ") == "4010232137"
    assert nhs_number.normalise("  ") is None


@pytest.mark.parametrize(("code", "practice"), [("A81001", True), ("RJ1", False), ("I81001", False)])
def test_practice_codes(code: str, practice: bool):
    assert bool(ods_code.PRACTICE.fullmatch(code)) is practice


def test_pounds_become_pence_or_are_refused():
    assert money.pence("12.34") == 1234
    assert money.pounds(-5) == "-£0.05"
    assert money.pounds(123456) == "£1,234.56"
    with pytest.raises(ValueError, match="parts of a penny"):
        money.pence("0.001")


def test_a_price_times_a_quantity_rounds_half_to_even():
    assert [money.times(5, Decimal(q)) for q in ("0.5", "0.7", "1.5")] == [2, 4, 8]


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_shares_add_up_to_the_penny(total: int, weights: list[int]):
    parts = money.share(total, weights)
    assert sum(parts) == total
    assert all(abs(p - Decimal(total) * w / sum(weights)) < 1 for p, w in zip(parts, weights, strict=True))


def test_a_period_holds_its_start_and_not_its_end():
    year = Period(date(2025, 4, 1), date(2026, 4, 1))
    assert date(2025, 4, 1) in year
    assert date(2026, 4, 1) not in year
    assert date(2100, 1, 1) in Period(date(2025, 4, 1))
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2025, 4, 1), date(2025, 3, 31))


def test_ages_turn_on_the_birthday():
    assert age(date(1945, 7, 14), date(2026, 7, 13)) == 80
    assert age(date(1945, 7, 14), date(2026, 7, 14)) == 81
    assert age(date(1944, 2, 29), date(2026, 2, 28)) == 81
    assert age(date(1944, 2, 29), date(2026, 3, 1)) == 82


def test_financial_years_start_in_april():
    assert [financial_year(date(2026, m, 1)) for m in (1, 3, 4, 12)] == [2025, 2025, 2026, 2026]


@pytest.mark.parametrize(
    ("people", "buckets"), [(1, 4), (250_000, 4), (1_000_000, 16), (10_000_000, 160), (60_000_000, 256)]
)
def test_buckets_suit_the_people(people: int, buckets: int):
    assert buckets_for(people) == buckets


def test_things_are_named_in_one_sentence():
    assert [listed(w) for w in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert listed(("a", "b", "c"), "or") == "a, b or c"
