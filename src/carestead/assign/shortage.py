"""Who is left without a holder when not everybody fits, and how few must move: settled before anything is weighed."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from carestead.assign.mip import Mip
from carestead.assign.problem import NO_ARC, NOBODY, Ints, Problem, cheapest
from carestead.assign.solve import dealt


@dataclass(frozen=True)
class Shortage:
    """Who is left out (n), how many of the others move at least, whether both are proven, and a placement (n) that is
    so: all that is wanted but the least cost."""

    out: NDArray[np.bool_]
    moves: int
    proven: bool
    answer: Ints


def shortage(problem: Problem) -> Shortage:
    """The least need left out; of all ways to that, the fewest moves.

    People of a band who may go to the same holders and have the same one now are alike: the program counts them. Of
    those alike, the ones with least need are left out.
    """
    may = cheapest(problem)[:, : len(problem.room)] != NO_ARC
    alike = np.column_stack([problem.band, problem.stays, may])
    kinds, kind = np.unique(alike, axis=0, return_inverse=True)
    mip, n = Mip(), problem.people
    # people fill "left out" from the least need up, by price alone: they need not be whole, nor are they read
    out = mip.columns(n, whole=False)
    of, holder = np.nonzero(kinds[:, 2:])
    go = mip.columns(len(of), n)
    people = np.bincount(kind, minlength=len(kinds))
    mip.rows(people, people, (kind, out, 1), (of, go, 1))
    mip.rows(np.full(len(problem.room), -np.inf), problem.room, (holder, go, problem.minutes[kinds[of, 0]]))
    need, moves = mip.objective((out, problem.need)), mip.objective((go, _moved(kinds[of, 1], holder)))
    least = mip.minimise(need)
    left = _left(problem, kind, people - _taken(of, least.whole(go), len(people)))
    fewest = least
    if moves.any():
        mip.at_most(need, float(problem.need[left].sum()))
        found = mip.minimise(moves)
        fewest = found if found.values is not None else replace(least, proven=False)
        left = _left(problem, kind, people - _taken(of, fewest.whole(go), len(people)))
    went = fewest.whole(go)
    answer = np.full(n, NOBODY, dtype=np.int64)
    for k in range(len(people)):
        answer[(kind == k) & ~left] = dealt(holder[of == k], went[of == k])
    return Shortage(left, int(moves[go] @ went), least.proven and fewest.proven, answer)


def _taken(of: Ints, went: Ints, kinds: int) -> Ints:
    """How many of each kind go to somebody."""
    return np.bincount(of, weights=went, minlength=kinds).astype(np.int64)


def _left(problem: Problem, kind: Ints, out: Ints) -> NDArray[np.bool_]:
    """So many of each kind, those with least need."""
    by_need = np.lexsort((problem.need, kind))
    first = np.searchsorted(kind[by_need], np.arange(len(out)))
    left = np.zeros(problem.people, dtype=bool)
    left[by_need] = np.arange(problem.people) - first[kind[by_need]] < out[kind[by_need]]
    return left


def _moved(stays: Ints, holder: Ints) -> NDArray[np.bool_]:
    return (stays != NOBODY) & (holder != stays)
