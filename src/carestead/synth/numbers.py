"""Made-up NHS numbers, in ranges the NHS never issues, with right (or wrong) check digits."""

import numpy as np
from numpy.random import Generator

_WEIGHTS = np.arange(10, 1, -1)


def _check(nine: np.ndarray) -> np.ndarray:
    digits = nine[:, None] // 10 ** np.arange(8, -1, -1) % 10
    return (11 - digits @ _WEIGHTS % 11) % 11  # 10 means that no digit is right


def valid(rng: Generator, n: int) -> np.ndarray:
    """`n` different valid NHS numbers as integers: 999..., then 998... and so on down when there are too many.

    999 holds about 909,000 valid numbers, the ranges down to 990 about 9 million. Raises ValueError beyond.
    """
    ranges = 1 + int(n / 880_000)
    if ranges > 10:
        raise ValueError(f"There are fewer than {n:,} test NHS numbers; ask for at most 8,800,000 people.")
    nine = np.arange(1_000_000 - 1, -1, -1) + (999 * 1_000_000)
    nine = np.concatenate([nine - r * 1_000_000 for r in range(ranges)])
    check = _check(nine)
    numbers = (nine * 10 + check)[check < 10]
    return rng.choice(numbers, n, replace=False, shuffle=True)


def another(rng: Generator, n: int) -> np.ndarray:
    """`n` valid NHS numbers of the range 999, perhaps somebody's: what a clerk takes from the wrong record."""
    nine = 999_000_000 + rng.integers(0, 1_000_000, 2 * n + 40)
    check = _check(nine)
    return (nine * 10 + check)[check < 10][:n]


def mistype(rng: Generator, numbers: np.ndarray) -> np.ndarray:
    """Each number with one of its last seven digits changed: its check digit is then wrong."""
    place = 10 ** rng.integers(0, 7, len(numbers))
    digit = numbers // place % 10
    return numbers + ((digit + rng.integers(1, 10, len(numbers))) % 10 - digit) * place


def text(numbers: np.ndarray, present: np.ndarray) -> np.ndarray:
    """The numbers as text, None where not `present`."""
    out = numbers.astype(str).astype(object)
    out[~present] = None
    return out
