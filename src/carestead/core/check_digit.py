"""Check digits of codes: Verhoeff's of SNOMED CT and dm+d, Luhn's of LOINC."""

_TIMES = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
"""Multiplication in the group of the turns and flips of a pentagon."""

_MOVED = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""Verhoeff's permutation."""


def _places() -> tuple[tuple[int, ...], ...]:
    """What each digit stands for at each of eight places from the right: permuted once more a place."""
    rows = [tuple(range(10))]
    for _ in range(7):
        rows.append(tuple(_MOVED[d] for d in rows[-1]))
    return tuple(rows)


_PLACES = _places()


def verhoeff(digits: str) -> bool:
    """True when the last digit is Verhoeff's check digit of those before.

    Source: SNOMED International, Release File Specification, section "Check-digit".
    """
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _TIMES[check][_PLACES[place % 8][int(digit)]]
    return check == 0


def luhn(digits: str) -> bool:
    """True when the last digit is Luhn's (modulus 10) check digit of those before. Source: LOINC Users' Guide."""
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0
