"""How a source writes people down: numbers missing or mistyped, names misspelt, dates turned round, old addresses."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from carestead.synth import numbers
from carestead.synth.facts import facts
from carestead.synth.identity import Demographics
from carestead.synth.streams import stream

Some = Callable[[float], np.ndarray]
"""Gives the rows that a share of records, drawn by chance, falls on."""


@dataclass(frozen=True)
class Habits:
    """Shares of records (0 to 1) that a source gets wrong in each way. `upper`: family names in capitals."""

    no_number: float = 0.003
    bad_number: float = 0.001
    other_number: float = 0.0005
    typo: float = 0.01
    nickname: float = 0.03
    swapped: float = 0.002
    maiden: float = 0.02
    date: float = 0.004
    postcode: float = 0.01
    old_address: float = 0.02
    no_phone: float = 0.15
    sex: float = 0.0005
    one_name: float = 0.3
    upper: bool = False


GP = Habits()
ACUTE = Habits(0.04, 0.004, 0.001, 0.02, 0.04, 0.004, 0.05, 0.008, 0.02, 0.07, 0.3, 0.001, 0.8, upper=True)
CONTACTS = Habits(0.06, 0.006, 0.001, 0.025, 0.06, 0.005, 0.05, 0.01, 0.025, 0.06, 0.3, 0.001, 0.9)
COUNCIL = Habits(0.35, 0.01, 0.001, 0.03, 0.09, 0.006, 0.06, 0.012, 0.03, 0.08, 0.4, 0.002, 0.95)


@dataclass
class Written:
    """What one source holds: parallel arrays, None where missing; `birth` in days, `sex` F, M, I or U."""

    number: np.ndarray
    family: np.ndarray
    given: np.ndarray
    birth: np.ndarray
    sex: np.ndarray
    address: np.ndarray
    postcode: np.ndarray
    phone: np.ndarray


def written(seed: int, source: str, truth: Demographics, rows: np.ndarray, habits: Habits) -> Written:
    """The people `rows` of the truth as `source` writes them down, in that order."""
    rng = stream(seed, "misspell", source)

    def some(share: float) -> np.ndarray:
        return np.flatnonzero(rng.random(len(rows)) < share)

    t = replace(truth, **{k: v[rows] for k, v in vars(truth).items()})
    t.family, t.given, t.birth = t.family.copy(), t.given.copy(), t.birth.copy()
    _rename(rng, t, some, habits)
    t.birth = _misdated(t.birth, some(habits.date), some(habits.date / 2), rng)
    _address(rng, t, some, habits)
    sex = np.where(t.female, "F", "M").astype(object)
    sex[some(habits.sex)] = "U"
    phone = t.phone.astype(object)
    phone[some(habits.no_phone)] = None
    number = _number(rng, t.number, some, habits)
    return Written(number, t.family, t.given, t.birth, sex, t.address, t.postcode, phone)


def _rename(rng: Generator, t: Demographics, some: Some, habits: Habits) -> None:
    changed = some(habits.maiden)
    t.family[changed] = t.maiden[changed]
    short = some(habits.one_name)
    t.given[short] = [g.split(" ")[0] for g in t.given[short]]
    nicknames = dict(zip(facts("nicknames")["name"], facts("nicknames")["short"], strict=True))
    used = some(habits.nickname * 2)
    t.given[used] = [nicknames.get(g.split(" ")[0], g) for g in t.given[used]]
    for names in (t.family, t.given):
        wrong = some(habits.typo)
        names[wrong] = [typo(n, *r) for n, r in zip(names[wrong], rng.random((len(wrong), 3)), strict=True)]
    turned = some(habits.swapped)
    t.family[turned], t.given[turned] = t.given[turned], t.family[turned]
    if habits.upper:
        t.family = np.array([f.upper() for f in t.family], dtype=object)


def typo(name: str, how: float, where: float, what: float) -> str:
    """`name` with one slip: a letter left out, doubled, replaced or put before its neighbour (draws from 0 to 1)."""
    if len(name) < 3:
        return name
    i = 1 + int(where * (len(name) - 2))
    letter = "aeinorstlmdu"[int(what * 12)]
    slips = (
        name[:i] + name[i + 1 :],
        name[:i] + name[i] + name[i:],
        name[:i] + letter + name[i + 1 :],
        name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :],
    )
    return slips[int(how * 4)]


def _misdated(birth: np.ndarray, turned: np.ndarray, slipped: np.ndarray, rng: Generator) -> np.ndarray:
    """Day and month turned round where both can be, and dates a day, a year or ten years off."""
    dates = birth[turned].astype("datetime64[D]")
    month0 = dates.astype("datetime64[M]")
    year0 = dates.astype("datetime64[Y]").astype("datetime64[M]")
    month, dayno = (month0 - year0).astype(int), (dates - month0.astype("datetime64[D]")).astype(int)
    swap = (year0 + np.minimum(dayno, 11)).astype("datetime64[D]").astype(int) + month
    birth[turned] = np.where(dayno < 12, swap, birth[turned])
    birth[slipped] -= rng.choice([1, 10, 365, 3652], len(slipped))
    return birth


def _address(rng: Generator, t: Demographics, some: Some, habits: Habits) -> None:
    old = some(habits.old_address)
    t.address, t.postcode = t.address.copy(), t.postcode.copy()
    t.address[old], t.postcode[old] = t.old_address[old], t.old_postcode[old]
    wrong = some(habits.postcode)
    letters = np.array(list("ABDEFGHJLNPQRSTUWXYZ"), dtype=object)[rng.integers(0, 20, len(wrong))]
    t.postcode[wrong] = [p[:-1] + x for p, x in zip(t.postcode[wrong], letters, strict=True)]


def _number(rng: Generator, number: np.ndarray, some: Some, habits: Habits) -> np.ndarray:
    """Missing, mistyped (fails the check), another valid number (passes it), and shared by two people."""
    number = number.copy()
    bad, other = some(habits.bad_number), some(habits.other_number)
    number[bad] = numbers.mistype(rng, number[bad])
    number[other] = numbers.another(rng, len(other))
    pairs = rng.permutation(len(number))[: 2 * min(4, len(number) // 500)].reshape(2, -1)
    number[pairs[0]] = number[pairs[1]]
    present = np.ones(len(number), dtype=bool)
    present[some(habits.no_number)] = False
    return numbers.text(number, present)
