"""Pools placed side by side, and what came of each."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from carestead.assign.holder import Holder
from carestead.assign.place import Placed, place
from carestead.assign.pool import Person, Pool
from carestead.assign.problem import NO_ARC, NOBODY, Ints, Problem, cheapest, counts, moved


@dataclass(frozen=True)
class Settled:
    """A pool, its problem, and the placement."""

    pool: Pool
    problem: Problem
    placed: Placed

    @property
    def left(self) -> Ints:
        """Minutes of room that each holder has left; below 0 for whoever agreed to hold more."""
        room = np.array([h.room for h in self.pool.holders], dtype=np.int64)
        return room - counts(self.problem, self.placed.answer) @ self.problem.minutes

    @property
    def without(self) -> int:
        """How many are left without a holder."""
        return int((self.placed.answer == NOBODY).sum())

    @property
    def moved(self) -> int:
        """How many are proposed to leave a holder they could have kept."""
        return moved(self.problem, self.placed.answer)

    def holder(self, n: int) -> Holder | None:
        """The holder of the n-th person."""
        index = int(self.placed.answer[n])
        return None if index == NOBODY else self.pool.holders[index]

    def best(self) -> tuple[list[int | None], list[Holder | None]]:
        """For each person: points above the holder who would be best for them alone, and that holder when another."""
        if not self.pool.holders:
            return [None] * len(self.pool.people), [None] * len(self.pool.people)
        prices = cheapest(self.problem)
        least, answer = prices.argmin(axis=1), self.placed.answer
        each = np.arange(len(answer))
        lost = prices[each, answer] - prices[each, least]
        over = [None if a == NOBODY else int(x) for a, x in zip(answer, lost, strict=True)]
        other = [self.pool.holders[i] if (a == NOBODY or x) and p != NO_ARC else None
                 for a, x, i, p in zip(answer, lost, least, prices[each, least], strict=True)]  # fmt: skip
        return over, other

    def together(self) -> dict[int, int]:
        """person_id to how many others of their household have the same holder."""
        found = {}
        for home in self.problem.together:
            for i in home:
                same = sum(self.placed.answer[i] == self.placed.answer[j] != NOBODY for j in home) - 1
                found[self.pool.people[i]["person_id"]] = same
        return found

    def person(self, n: int) -> Person:
        """The n-th person."""
        return self.pool.people[n]


def settle(pools: Sequence[Pool]) -> list[Settled]:
    """Each pool placed. They do not touch, so they are placed side by side; the answer does not depend on how many."""
    if len(pools) < 2:
        return [_settle(p) for p in pools]
    with ThreadPoolExecutor(os.cpu_count()) as side_by_side:
        return list(side_by_side.map(_settle, pools))


def _settle(pool: Pool) -> Settled:
    problem = pool.problem()
    return Settled(pool, problem, place(problem))
