"""Who lives with whom: couples, children with a household of their area, care homes, people alone; and who cares."""

from dataclasses import dataclass

import numpy as np

from carestead.synth.population import People
from carestead.synth.streams import pick, stream


@dataclass(frozen=True)
class Homes:
    """`household` number of each person, `partner` row or -1, `care_home` number or -1, `head` row of the household;
    `carer` (rows of carers) and `cared_for` (rows cared for, as long), `outside` (rows with a carer on no list)."""

    household: np.ndarray
    head: np.ndarray
    partner: np.ndarray
    care_home: np.ndarray
    carer: np.ndarray
    cared_for: np.ndarray
    outside: np.ndarray


def homes(seed: int, people: People) -> Homes:
    """Put the people into households. Areas (LSOAs) are never crossed, except by care homes."""
    rng = stream(seed, "homes")
    n, age = len(people), people.age()
    care_home = _care_homes(rng, people, age)
    partner = _couples(rng, people, age, care_home < 0)
    head = np.where((partner >= 0) & (partner < np.arange(n)), partner, np.arange(n))
    head = _children(rng, people, age, head, partner)
    lives = np.where(care_home >= 0, n + care_home, head)
    household = np.unique(lives, return_inverse=True)[1]
    carer, cared_for, outside = _carers(rng, people, age, partner, head, care_home)
    return Homes(household, head, partner, care_home, carer, cared_for, outside)


def _care_homes(rng: np.random.Generator, people: People, age: np.ndarray) -> np.ndarray:
    frail = people.frail
    chance = np.where(age >= 65, 0.002 * np.exp(0.055 * (age - 65)) * (1 + frail.count / 5), 0)
    chance *= 1 + 2 * frail.of("cognitive-problems") + frail.of("care-requirement")
    in_home = (rng.random(len(age)) < chance) & people.here
    return np.where(in_home, rng.integers(0, len(people.group.care_homes), len(age)), -1)


def _couples(rng: np.random.Generator, people: People, age: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Within each area, women and men in order of age (with some noise) are put together two by two."""
    partner = np.full(len(age), -1)
    seeking = free & (age >= 24) & people.here & (rng.random(len(age)) < np.where(age < 80, 0.66, 0.45))
    noisy = age + rng.normal(0, 1.5, len(age))
    sides = [np.flatnonzero(seeking & s) for s in (people.female, ~people.female)]
    sides = [rows[np.lexsort((noisy[rows], people.lsoa[rows]))] for rows in sides]
    rank = [_rank_within(people.lsoa[rows]) for rows in sides]
    key = [people.lsoa[rows].astype(np.int64) * 2**20 + r for rows, r in zip(sides, rank, strict=True)]
    _, a, b = np.intersect1d(key[0], key[1], assume_unique=True, return_indices=True)
    women, men = sides[0][a], sides[1][b]
    close = np.abs(age[women] - age[men]) < 12
    partner[women[close]], partner[men[close]] = men[close], women[close]
    return partner


def _rank_within(sorted_groups: np.ndarray) -> np.ndarray:
    first = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]]) if len(sorted_groups) else []
    lengths = np.diff(np.r_[first, len(sorted_groups)]).astype(int)
    return np.arange(len(sorted_groups)) - np.repeat(first, lengths)


def _children(
    rng: np.random.Generator, people: People, age: np.ndarray, head: np.ndarray, partner: np.ndarray
) -> np.ndarray:
    """Children, and half of those of 18 to 24, go to a household of their area whose woman could be their mother."""
    young = np.flatnonzero((age < 18) | ((age < 25) & (rng.random(len(age)) < 0.5) & (partner < 0)))
    mothers = np.flatnonzero(people.female & (age >= 20) & (age < 60) & people.here)
    mothers = mothers[np.lexsort((age[mothers], people.lsoa[mothers]))]
    place = people.lsoa[mothers] * 1000.0 + age[mothers]
    low = np.searchsorted(place, people.lsoa[young] * 1000.0 + age[young] + 19)
    high = np.searchsorted(place, people.lsoa[young] * 1000.0 + age[young] + 40)
    found = high > low
    chosen = mothers[low[found] + (rng.random(found.sum()) * (high - low)[found]).astype(int)]
    head = head.copy()
    head[young[found]] = head[chosen]
    return head


def _carers(
    rng: np.random.Generator,
    people: People,
    age: np.ndarray,
    partner: np.ndarray,
    head: np.ndarray,
    care_home: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    frail = people.frail
    need = frail.of("care-requirement") | frail.of("activity-limitation") | frail.of("cognitive-problems")
    need |= frail.of("housebound") | (frail.count >= 11)
    need &= people.here & (care_home < 0) & (age >= 18)
    rows = np.flatnonzero(need & (rng.random(len(age)) < 0.72))
    with_partner = rows[partner[rows] >= 0]
    others = rows[(partner[rows] < 0) & (age[rows] >= 60)]
    on_list = others[rng.random(len(others)) < 0.5]
    adults = np.flatnonzero((age >= 32) & (age < 66) & people.here)
    if not len(adults):
        return partner[with_partner], with_partner, others
    child = adults[pick(rng, np.where(people.female[adults], 1.6, 1.0), len(on_list))]
    carer, cared_for = np.r_[partner[with_partner], child], np.r_[with_partner, on_list]
    return carer, cared_for, np.setdiff1d(others, on_list)
