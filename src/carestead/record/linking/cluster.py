"""Pairs into people: join the surest pairs first, and never two valid NHS numbers or a parted pair."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Refusals:
    """Pairs (record, record, weight) that would have joined people who must stay apart."""

    numbers: list[tuple[int, int, float]] = field(default_factory=list)
    decisions: list[tuple[int, int, float]] = field(default_factory=list)


def components(n: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The smallest record of each record's connected component; int64[n]."""
    label = np.arange(n)
    while True:
        least = np.minimum(label[left], label[right])
        changed = label.copy()
        np.minimum.at(changed, label[left], least)
        np.minimum.at(changed, label[right], least)
        changed = changed[changed]
        if np.array_equal(changed, label):
            return label
        label = changed


def cluster(
    n: int,
    left: np.ndarray,
    right: np.ndarray,
    weight: np.ndarray,
    *,
    number: np.ndarray,
    apart: Iterable[tuple[int, int]] = (),
    forced: np.ndarray | None = None,
) -> tuple[np.ndarray, Refusals]:
    """The people: int64[n] with each record's smallest fellow record, and the pairs refused.

    `left`, `right`, `weight` are pairs of records 0..n-1 (weights in bits). `number` is int64[n], 0 where a record
    has no valid NHS number. `apart` are pairs that somebody parted; `forced` marks pairs that somebody joined, which
    outrank numbers. Components without a conflict are taken whole; in the others pairs join surest first.
    """
    apart = list(apart)
    forced = np.zeros(len(left), dtype=bool) if forced is None else forced
    label = components(n, left, right)
    doubtful = _doubtful(label, number, apart)
    refusals = Refusals()
    if not doubtful.any():
        return label, refusals
    inside = np.flatnonzero(doubtful[left])
    order = inside[np.lexsort((right[inside], left[inside], -weight[inside], ~forced[inside]))]
    members = np.flatnonzero(doubtful)
    groups = _Groups(members.tolist(), number, apart)
    for i in order.tolist():
        groups.join(int(left[i]), int(right[i]), float(weight[i]), bool(forced[i]), refusals)
    result = label.copy()
    result[members] = [groups.least[groups.root(m)] for m in members.tolist()]
    return result, refusals


def _doubtful(label: np.ndarray, number: np.ndarray, apart: list[tuple[int, int]]) -> np.ndarray:
    """bool[n]: the record's component holds two numbers, or both records of a parted pair."""
    bad = np.zeros(len(label), dtype=bool)
    has = np.flatnonzero(number)
    some = np.zeros(len(label), dtype=np.int64)
    some[label[has]] = number[has]
    bad[label[has[some[label[has]] != number[has]]]] = True
    for a, b in apart:
        if label[a] == label[b]:
            bad[label[a]] = True
    return bad[label]


class _Groups:
    """Disjoint sets of records that know their numbers and whom they may not meet."""

    def __init__(self, members: list[int], number: np.ndarray, apart: list[tuple[int, int]]) -> None:
        self.parent = {m: m for m in members}
        self.least = {m: m for m in members}
        self.numbers = {m: {int(number[m])} - {0} for m in members}
        self.foes: dict[int, set[int]] = {m: set() for m in members}
        self.members = {m: [m] for m in members}
        for a, b in apart:
            if a in self.parent and b in self.parent:
                self.foes[a].add(b)
                self.foes[b].add(a)

    def root(self, m: int) -> int:
        while self.parent[m] != m:
            self.parent[m] = self.parent[self.parent[m]]
            m = self.parent[m]
        return m

    def join(self, a: int, b: int, weight: float, forced: bool, refusals: Refusals) -> None:
        x, y = self.root(a), self.root(b)
        if x == y:
            return
        if any(self.root(foe) == y for foe in self.foes[x]):
            refusals.decisions.append((a, b, weight))
        elif len(self.numbers[x] | self.numbers[y]) > max(1, len(self.numbers[x]), len(self.numbers[y])) and not forced:
            refusals.numbers.append((a, b, weight))
        else:
            self._merge(x, y)

    def _merge(self, x: int, y: int) -> None:
        if len(self.members[x]) < len(self.members[y]):
            x, y = y, x
        self.parent[y] = x
        self.least[x] = min(self.least[x], self.least[y])
        self.numbers[x] |= self.numbers[y]
        self.foes[x] |= self.foes[y]
        self.members[x] += self.members.pop(y)
