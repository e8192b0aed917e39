"""The people of one group of practices: age and sex as in England, homes, practices, deaths, moves, births."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from carestead.synth.facts import facts
from carestead.synth.frailty import Frailty, frailty
from carestead.synth.group import Group, group
from carestead.synth.streams import between, pick, pick_rows, stream

YEAR = 365.25
WINDOW = 730
_DIED, _LEFT, _MOVED = 0.018, 0.03, 0.02
NEVER = 2**30
"""A day that never comes: no death, no end."""


def day(when: date) -> int:
    """Days since 1970."""
    return int(np.datetime64(when, "D").astype(int))


@dataclass
class People:
    """Parallel arrays, one row a person; days count from 1970.

    `birth`, `death` (NEVER while alive), `left` (day of leaving the group, else NEVER); `practice` now, `start` of that
    registration, `before` the earlier practice in the group (-1: none) with `before_start`; `lsoa` number, `decile`.
    """

    as_of: int
    female: np.ndarray
    birth: np.ndarray
    death: np.ndarray
    left: np.ndarray
    practice: np.ndarray
    start: np.ndarray
    before: np.ndarray
    before_start: np.ndarray
    lsoa: np.ndarray
    decile: np.ndarray
    ethnicity: np.ndarray
    frail: Frailty = field(repr=False)
    group: Group = field(repr=False)

    def __len__(self) -> int:
        return len(self.birth)

    @property
    def end(self) -> np.ndarray:
        """First day after the person's time with the group, at most the day after `as_of`."""
        return np.minimum(np.minimum(self.death, self.left), self.as_of + 1)

    @property
    def here(self) -> np.ndarray:
        """Who is alive and registered on `as_of`."""
        return (self.death > self.as_of) & (self.left > self.as_of)

    def age(self, on: np.ndarray | int | None = None) -> np.ndarray:
        """Age in years on a day, by default on `as_of` or at death."""
        return ((np.minimum(self.death, self.as_of) if on is None else on) - self.birth) / YEAR


@dataclass(frozen=True)
class Places:
    """The areas (LSOAs) of a group: how many each practice serves, its first one's number, each area's decile."""

    areas: np.ndarray
    first: np.ndarray
    decile: np.ndarray


def places(seed: int, g: Group, people: int) -> Places:
    """Areas of about 1,600 people, deciles of deprivation as in England, each practice with a mix of its own."""
    rng = stream(seed, "places")
    areas = np.maximum(1, np.round(g.share * people / 1_600)).astype(int)
    total, first = int(areas.sum()), np.concatenate([[0], np.cumsum(areas)[:-1]])
    owner = np.repeat(np.arange(len(areas)), areas)
    centre = rng.permutation(len(areas))[owner] / max(1, len(areas) - 1) + rng.normal(0, 0.45, total)
    decile = np.empty(total, dtype=np.int8)
    decile[np.argsort(centre, kind="stable")] = 1 + (np.arange(total) + rng.random()) * 10 // total
    return Places(areas, first, np.clip(decile, 1, 10))


def population(seed: int, people: int, as_of: date) -> People:
    """`people` persons ever with the group in the two years up to `as_of`: 1.8% died, 3% left, the others are here."""
    g = group(seed, people, as_of)
    return draw(seed, g, places(seed, g, people), people, as_of)


def draw(seed: int, g: Group, where: Places, people: int, as_of: date) -> People:
    """Draw `people` persons of the group `g`, living in the areas `where`: all of them, or a part of many more."""
    rng, today = stream(seed, "population"), day(as_of)
    died, left = rng.random(people) < _DIED, rng.random(people) < _LEFT
    female, birth = _age_and_sex(rng, people, died & ~left, today)
    death = np.where(died & ~left, between(rng, np.maximum(birth + 1, today - WINDOW), np.full(people, today)), NEVER)
    gone = np.where(left, between(rng, np.maximum(birth + 1, today - WINDOW), np.full(people, today)), NEVER)
    practice = pick(rng, g.share, people)
    lsoa = where.first[practice] + rng.integers(0, where.areas[practice])
    decile = where.decile[lsoa]
    age = (np.minimum(death, today) - birth) / YEAR
    frail = frailty(seed, age + died * 4.0, female, decile)
    start = _starts(rng, birth, np.minimum(death, gone), today)
    before, before_start, start = _moves(rng, practice, birth, start, np.minimum(death, gone), today, g)
    ethnicity = pick_rows(rng, _ethnic_weights(age))
    return People(
        today, female, birth, death, gone, practice, start, before, before_start, lsoa, decile, ethnicity, frail, g
    )


def _age_and_sex(rng: np.random.Generator, n: int, died: np.ndarray, today: int) -> tuple[np.ndarray, np.ndarray]:
    f = facts("age_sex")
    living = np.concatenate([f["female"], f["male"]])
    ages = np.tile(f["age"], 2)
    deaths = living * np.exp(0.09 * ages)  # mortality rises about 9% with each year of age (Gompertz)
    cell = np.where(died, pick(rng, deaths, n), pick(rng, living, n))
    age = ages[cell] + np.where(ages[cell] == 95, np.minimum(rng.exponential(2.2, n), 12), 0).astype(int)
    return cell < 96, (today - np.floor((age + rng.random(n)) * YEAR)).astype(np.int32)


def _ethnic_weights(age: np.ndarray) -> np.ndarray:
    share = facts("ethnicity")["share"]
    other = np.clip(1.5 - age / 60, 0.25, 1.5)[:, None]  # minorities are younger
    weights = np.tile(share, (len(age), 1))
    weights[:, 1:] *= other
    return weights


def _starts(rng: np.random.Generator, birth: np.ndarray, end: np.ndarray, today: int) -> np.ndarray:
    """First day of registration: years ago, at birth for most children; a few joined in the last two years."""
    years = np.where(rng.random(len(birth)) < 0.12, rng.random(len(birth)) * 2, 2 + rng.exponential(14, len(birth)))
    start = np.minimum(today - years * YEAR, end - 1)
    return np.maximum(start, birth).astype(np.int32)


def _moves(
    rng: np.random.Generator,
    practice: np.ndarray,
    birth: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    today: int,
    g: Group,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two in a hundred moved between practices of the group in the two years: practice before, its start, new start."""
    n, many = len(practice), len(g.codes)
    move = between(rng, np.full(n, today - 700), np.full(n, today - 20))
    moved = (rng.random(n) < _MOVED) & (many > 1) & (start < today - 1000) & (move < end)
    before = np.where(moved, (practice + rng.integers(1, max(2, many), n)) % many, -1)
    return before, np.where(moved, start, NEVER), np.where(moved, move, start)
