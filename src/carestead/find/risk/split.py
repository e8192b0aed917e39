"""Which practices a model is fitted on and which it is tested on; which index dates."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from carestead.core.finding import UsageError

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Split:
    """Practices to fit on and to test on."""

    fit: frozenset[str]
    test: frozenset[str]


def by_practice(people: Mapping[str, int], *, test_share: float, seed: int) -> Split:
    """Practices are drawn, by a hash of `seed` and code, and each is tested on that brings those so far nearer to
    `test_share` of all people; the largest is always fitted on. Raises UsageError when there is but one practice: then
    nothing can be said of any other."""
    if len(people) < 2:
        raise UsageError(
            "A model is fitted on some practices and tested on others, and this area has one practice with people.",
            "Ingest another practice's records, or fit where there are several.",
        )
    largest = max(people, key=lambda c: (people[c], c))
    drawn = sorted((c for c in people if c != largest), key=lambda c: hashlib.sha256(f"{seed}/{c}".encode()).digest())
    wanted, test = test_share * sum(people.values()), [drawn[0]]
    for code in drawn[1:]:
        so_far = sum(people[c] for c in test)
        if abs(so_far + people[code] - wanted) < abs(so_far - wanted):
            test.append(code)
    return Split(frozenset(people) - frozenset(test), frozenset(test))


@dataclass(frozen=True, slots=True)
class Dates:
    """Index dates: of those fitted on and those tested on. Features are what was known by the end of the day before;
    the outcome is that of the 365 days from the date. `why` says why the two are one, where they are."""

    fit: date
    test: date
    why: str = ""

    @property
    def apart(self) -> bool:
        """True when people are tested in a year after that which was fitted."""
        return self.fit < self.test


def by_time(test: date, meetings_before: Mapping[date, int]) -> Dates:
    """The year before `test` is fitted on, when records reach back far enough: when at least half as many meetings
    were recorded in the year before it as in the year before `test`. `meetings_before` has both counts, by date."""
    earlier = test - YEAR
    if meetings_before[earlier] * 2 >= meetings_before[test]:
        return Dates(earlier, test)
    why = (
        f"records do not reach back far enough: {meetings_before[earlier]:,} meetings in the year before {earlier}, "
        f"{meetings_before[test]:,} in the year before {test}"
    )
    return Dates(test, test, why)


def folds(practice: np.ndarray, most: int, seed: int) -> np.ndarray:
    """The fold (0, 1 ...) of each person: whole practices where there are at least three, else people at random."""
    codes, place = np.unique(practice, return_inverse=True)
    if len(codes) >= 3:
        return place % min(most, len(codes))
    return np.random.default_rng(seed).permutation(len(practice)) % most
