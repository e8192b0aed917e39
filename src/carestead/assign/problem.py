"""Placing people with holders as arrays of whole numbers: the problem, and what an answer to it costs."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NOBODY = -1
NO_ARC = np.iinfo(np.int64).max
STEPS_A_SHARE = 5
"""A holder's fair share of a band is parted in so many steps, each dearer than the one before."""


@dataclass(frozen=True)
class Arcs:
    """Who may go where: `start[i]` to holder `holder[i]` at `cost[i]` (whole numbers, 0 or more)."""

    start: Ints
    holder: Ints
    cost: Ints

    def of(self, chosen: NDArray[np.bool_]) -> "Arcs":
        """The arcs chosen."""
        return Arcs(self.start[chosen], self.holder[chosen], self.cost[chosen])


@dataclass(frozen=True)
class Problem:
    """People (n) to be placed with holders (g), in order of need.

    `home` (n): where each lives, or NOBODY for somebody who may go only along arcs of their own. `known` starts at
    people; `anyone` starts at homes: holders who may take whoever lives there, which spares an arc for each person and
    holder and loses nothing. `band` (n): how much work a person is; `minutes` (bands): what that takes of a holder's
    `room` (g). `even` (g): each holder's part in a fair share-out. `stays` (n): who holds each person now, or NOBODY;
    whoever has somebody needs arcs of their own to everybody they may go to. `need` (n): what leaving a person without
    a holder is worth avoiding. `together`: people who live together, as tuples of indices, with arcs of their own;
    each holder beyond the first costs `apart`. `even_step` is what a step over a fair share costs.
    """

    home: Ints
    band: Ints
    minutes: Ints
    room: Ints
    even: Ints
    known: Arcs
    anyone: Arcs
    stays: Ints
    need: Ints
    together: tuple[tuple[int, ...], ...] = ()
    apart: int = 0
    even_step: int = 1

    @property
    def people(self) -> int:
        """How many are to be placed."""
        return len(self.home)


def first_first(n: int) -> Ints:
    """The need of n people in order: most for the first."""
    return 1 + np.arange(n, 0, -1)


def fair_steps(problem: Problem) -> tuple[Ints, Ints]:
    """How each band's people are shared out: sizes (steps, g, bands) in people and the cost of a place in each step.

    A fair share of a band is that of the holder's part of `even`. Up to twice the share the steps get dearer; beyond
    that a place costs as the last.
    """
    people = np.bincount(problem.band, minlength=len(problem.minutes))
    levels = np.arange(1, 2 * STEPS_A_SHARE)
    ends = people * problem.even[:, None] * levels[:, None, None] // (max(1, int(problem.even.sum())) * STEPS_A_SHARE)
    ends = np.concatenate([ends, np.maximum(ends[-1:], people)])
    return np.diff(ends, axis=0, prepend=0), problem.even_step * np.arange(len(ends))


def cost(problem: Problem, answer: Ints) -> int:
    """What an answer costs: its arcs, the steps over fair shares, the households parted; those left out add nothing."""
    return int(arc_costs(problem, answer).sum()) + _unevenness(problem, answer) + parted(problem, answer)


def arc_costs(problem: Problem, answer: Ints) -> Ints:
    """The cost of each person's own arc; 0 for nobody. Raises ValueError where there is no such arc."""
    placed = answer != NOBODY
    least = np.where(placed, cheapest(problem)[np.arange(problem.people), answer], 0)
    if (least == NO_ARC).any():
        raise ValueError("Somebody was placed with a holder they may not have.")
    return least


def cheapest(problem: Problem) -> Ints:
    """The cost of the cheapest arc of each person (n) to each holder (g); NO_ARC where there is none."""
    g, homes = len(problem.room), int(max(problem.home.max(initial=0), problem.anyone.start.max(initial=0))) + 1
    shared = np.full((homes + 1, max(1, g)), NO_ARC)  # the last row is of those without a home
    np.minimum.at(shared, (problem.anyone.start, problem.anyone.holder), problem.anyone.cost)
    least = shared[problem.home]
    np.minimum.at(least, (problem.known.start, problem.known.holder), problem.known.cost)
    return least


def holding(problem: Problem) -> Problem:
    """The same with everybody who has a holder they may keep tied to that holder."""
    least, people = cheapest(problem), np.arange(problem.people)
    keeps = (problem.stays != NOBODY) & (least[people, problem.stays] != NO_ARC)
    free = problem.known.of(~keeps[problem.known.start])
    tied = np.flatnonzero(keeps)
    known = Arcs(
        np.concatenate([free.start, tied]),
        np.concatenate([free.holder, problem.stays[tied]]),
        np.concatenate([free.cost, least[tied, problem.stays[tied]]]),
    )
    return replace(problem, home=np.where(keeps, NOBODY, problem.home), known=known)


def moved(problem: Problem, answer: Ints) -> int:
    """How many have a holder and get another."""
    return int(((problem.stays != NOBODY) & (answer != NOBODY) & (answer != problem.stays)).sum())


def counts(problem: Problem, answer: Ints) -> Ints:
    """People of each band with each holder (g, bands)."""
    found = np.zeros((len(problem.room), len(problem.minutes)), dtype=np.int64)
    placed = answer != NOBODY
    np.add.at(found, (answer[placed], problem.band[placed]), 1)
    return found


def fits(problem: Problem, answer: Ints) -> bool:
    """True when nobody has more minutes than room."""
    return bool((counts(problem, answer) @ problem.minutes <= problem.room).all())


def parted(problem: Problem, answer: Ints) -> int:
    """What parting households costs: each holder beyond the first."""
    extra = (len({int(answer[i]) for i in home} - {NOBODY}) - 1 for home in problem.together)
    return problem.apart * sum(max(0, e) for e in extra)


def _unevenness(problem: Problem, answer: Ints) -> int:
    sizes, price = fair_steps(problem)
    before = np.concatenate([np.zeros_like(sizes[:1]), np.cumsum(sizes, axis=0)[:-1]])
    inside = np.clip(counts(problem, answer)[None] - before, 0, sizes)
    return int((inside * price[:, None, None]).sum())
