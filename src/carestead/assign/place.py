"""Placing everybody of a pool: by flows where they are enough, by the mixed-integer program where they are not."""

from dataclasses import dataclass

import numpy as np

from carestead.assign.problem import NOBODY, Ints, Problem, cost, fair_steps, fits, holding, parted
from carestead.assign.program import Program
from carestead.assign.shortage import shortage
from carestead.assign.solve import solve


@dataclass(frozen=True)
class Placed:
    """The holder of each person, or NOBODY; what it costs; what no placement can cost less than; and how it was found.

    `by` is `flow` or `program`. `proven`: none is better, neither with fewer left out, nor fewer moved, nor cheaper.
    """

    answer: Ints
    cost: int
    bound: int
    by: str
    proven: bool = True

    @property
    def gap(self) -> float:
        """The share of the cost that a better placement could save at most; 0 when none is better."""
        return max(0, self.cost - self.bound) / self.cost if self.cost else 0.0


def place(problem: Problem) -> Placed:
    """The best placement: the fewest left out (the first by need last), then the fewest moved, then the least cost.

    Those who have a holder are tied to that holder first, and the bands of people placed each by a flow of its own,
    which knows neither rooms in minutes nor households: where its answer fits both, no placement is better. Otherwise
    the program decides, with everybody placed and tied, and only if that cannot be, with people moved and left out.
    """
    if not problem.people or not len(problem.room):
        return Placed(np.full(problem.people, NOBODY, dtype=np.int64), 0, 0, "flow")
    tied = holding(problem)
    answer = _by_bands(tied)
    if answer is not None and fits(tied, answer) and not parted(tied, answer):
        spent = cost(tied, answer)
        return Placed(answer, spent, spent, "flow")
    if answer is not None:
        program = Program(tied)
        best = program.solve()
        if best.values is not None:
            return _placed(problem, program.answer(best), best.bound, best.proven)
    return _short(problem)


def _short(problem: Problem) -> Placed:
    """Not everybody can be placed, or not without moves."""
    short = shortage(problem)
    program = Program(problem, short.out)
    best = program.solve(short.moves)
    # so many branches may end before the program has an answer; there is one already, which costs more than need be
    answer = short.answer if best.values is None else program.answer(best)
    return _placed(problem, answer, best.bound, best.values is not None and best.proven and short.proven)


def _placed(problem: Problem, answer: Ints, bound: float, proven: bool) -> Placed:
    spent = cost(problem, answer)
    return Placed(answer, spent, spent if proven else min(int(np.ceil(bound - 1e-6)), spent), "program", proven)


def _by_bands(problem: Problem) -> Ints | None:
    """Each band placed by itself; None when not everybody can be, which no placement of all together could either."""
    answer = np.full(problem.people, NOBODY, dtype=np.int64)
    sizes, price = fair_steps(problem)
    dear = [problem.known.cost.max(initial=0), problem.anyone.cost.max(initial=0), price.max(initial=0)]
    for band in np.unique(problem.band):
        here = np.flatnonzero(problem.band == band)
        number = np.full(problem.people, NOBODY, dtype=np.int64)
        number[here] = np.arange(len(here))
        known = problem.known.of(problem.band[problem.known.start] == band)
        answer[here] = solve(
            problem.home[here],
            np.full(len(here), int(sum(dear) + 1) * (len(here) + 1)),
            problem.room // problem.minutes[band],
            type(known)(number[known.start], known.holder, known.cost),
            problem.anyone,
            steps=(sizes[:, :, band], price),
        )
    return answer if (answer != NOBODY).all() else None
