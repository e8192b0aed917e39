"""Who is left without a holder when not everybody fits, and how few must move: settled before anything is weighed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carestead.assign.mip import Mip
from carestead.assign.problem import NO_ARC, NOBODY, Ints, Problem, cheapest


@dataclass(frozen=True)
class Shortage:
    """Who is left out (n), how many of the others move at least, and whether both are proven."""

    out: NDArray[np.bool_]
    moves: int
    proven: bool


def shortage(problem: Problem) -> Shortage:
    """The least need left out; of all ways to that, the fewest moves.

    People of a band who may go to the same holders and have the same one now are alike: the program counts them. Of
    those alike, the ones with least need are left out.
    """
    may = cheapest(problem)[:, : len(problem.room)] != NO_ARC
    alike = np.column_stack([problem.band, problem.stays, may])
    kinds, kind = np.unique(alike, axis=0, return_inverse=True)
    mip, n = Mip(), problem.people
    # people fill "left out" from the least need up, by price alone: no whole numbers are needed for them
    out = mip.columns(n, whole=False)
    of, holder = np.nonzero(kinds[:, 2:])
    go = mip.columns(len(of), n)
    people = np.bincount(kind, minlength=len(kinds))
    mip.rows(people, people, (kind, out, 1), (of, go, 1))
    mip.rows(np.full(len(problem.room), -np.inf), problem.room, (holder, go, problem.minutes[kinds[of, 0]]))
    need, moves = mip.objective((out, problem.need)), mip.objective((go, _moved(kinds[of, 1], holder)))
    least = mip.minimise(need)
    fewest = least
    if moves.any():
        mip.at_most(need, float(need[out] @ least.whole(out)))
        fewest = mip.minimise(moves)
    left = fewest.whole(out) > 0
    return Shortage(left, int(moves[go] @ fewest.whole(go)), least.proven and fewest.proven)


def _moved(stays: Ints, holder: Ints) -> NDArray[np.bool_]:
    return (stays != NOBODY) & (holder != stays)
