"""NHS numbers (NHS Data Dictionary, NHS NUMBER): ten digits, the last a modulus-11 check digit."""

import re

TEST_RANGE = "999"
"""First digits that the NHS never issues: numbers of made-up people start with them."""

_WEIGHTS = range(10, 1, -1)


def normalise(text: str | None) -> str | None:
    """The digits of `text` without spaces and hyphens, or None when nothing is left."""
    digits = re.sub(r"[\s-]", "", text or "")
    return digits or None


def check_digit(first_nine: str) -> int | None:
    """The modulus-11 check digit of nine digits; None when no tenth digit makes them valid (the sum gives 10)."""
    remainder = 11 - sum(w * int(d) for w, d in zip(_WEIGHTS, first_nine, strict=True)) % 11
    return None if remainder == 10 else remainder % 11


def is_valid(number: str | None) -> bool:
    """True for ten digits whose check digit is right and that are not all the same digit."""
    if number is None or not re.fullmatch(r"[0-9]{10}", number) or len(set(number)) == 1:
        return False
    return check_digit(number[:9]) == int(number[9])


def display(number: str) -> str:
    """Three, three and four digits, as the NHS Common User Interface asks."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"
