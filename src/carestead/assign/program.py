"""The program of a placement: rooms in minutes, households together, even shares, no more moves than need be."""

from typing import Any

import numpy as np

from carestead.assign.mip import Best, Floats, Mip
from carestead.assign.problem import NOBODY, Ints, Problem, fair_steps
from carestead.assign.solve import dealt


class Program:
    """The program of a problem in which everybody is placed but those `out` (n, true for who is left out).

    Those of a home and a band who go by their home are alike: one whole number says how many go to each holder.
    """

    def __init__(self, problem: Problem, out: Any = None) -> None:
        self.problem, self.mip = problem, Mip()
        self.placed = np.ones(problem.people, dtype=bool) if out is None else ~out
        self.bands = len(problem.minutes)
        known = problem.known.of(self.placed[problem.known.start])
        self.arcs, self.known = known, self.mip.columns(len(known.start))
        self.hub_people = np.flatnonzero((problem.home != NOBODY) & self.placed)
        self.by_hub = self.mip.columns(len(self.hub_people))
        self.kinds, self.kind = np.unique(
            (problem.home * self.bands + problem.band)[self.hub_people], return_inverse=True
        )
        self.flow_kind, self.flow_holder, self.flow_cost = self._flows()
        self.flow_band = self.kinds[self.flow_kind] % self.bands
        self.dealt = self.mip.columns(len(self.flow_kind), problem.people)
        self._everybody_once()
        self._rooms()
        self.step, self.step_price = self._shares()
        self.extra = self._households()

    def _flows(self) -> tuple[Ints, Ints, Ints]:
        """(kind, holder, cost) of each way from a home: a kind is the people of a home and a band."""
        anyone = self.problem.anyone
        kind, arc = np.nonzero((self.kinds // self.bands)[:, None] == anyone.start[None, :])
        return kind, anyone.holder[arc], anyone.cost[arc]

    def _everybody_once(self) -> None:
        one = self.placed.astype(np.int64)
        self.mip.rows(one, one, (self.arcs.start, self.known, 1), (self.hub_people, self.by_hub, 1))
        none = np.zeros(len(self.kinds))
        self.mip.rows(none, none, (self.kind, self.by_hub, 1), (self.flow_kind, self.dealt, -1))

    def _rooms(self) -> None:
        minutes, room = self.problem.minutes, self.problem.room
        self.mip.rows(
            np.full(len(room), -np.inf), room,
            (self.arcs.holder, self.known, minutes[self.problem.band[self.arcs.start]]),
            (self.flow_holder, self.dealt, minutes[self.flow_band]),
        )  # fmt: skip

    def _shares(self) -> tuple[Ints, Ints]:
        """Columns for the people in each step over a fair share, and what each costs."""
        sizes, price = fair_steps(self.problem)
        step = self.mip.columns(sizes.size, sizes.ravel(), whole=False)
        cells = len(self.problem.room) * self.bands
        band = self.problem.band[self.arcs.start]
        self.mip.rows(
            np.zeros(cells), np.zeros(cells), (self.arcs.holder * self.bands + band, self.known, 1),
            (self.flow_holder * self.bands + self.flow_band, self.dealt, 1),
            (np.tile(np.arange(cells), len(sizes)), step, -1),
        )  # fmt: skip
        return step, np.repeat(price, cells)

    def _households(self) -> Ints:
        """A column a household for its holders beyond the first."""
        homes, g = self.problem.together, len(self.problem.room)
        of = np.full(self.problem.people, NOBODY, dtype=np.int64)
        for number, members in enumerate(homes):
            of[list(members)] = number
        arcs = np.flatnonzero(of[self.arcs.start] != NOBODY)
        pairs, pair = np.unique(of[self.arcs.start[arcs]] * g + self.arcs.holder[arcs], return_inverse=True)
        used = self.mip.columns(len(pairs), whole=False)
        extra = self.mip.columns(len(homes), g, whole=False)
        each = np.arange(len(arcs))
        self.mip.rows(
            np.zeros(len(arcs)), np.full(len(arcs), np.inf), (each, used[pair], 1), (each, self.known[arcs], -1)
        )
        self.mip.rows(
            np.full(len(homes), -np.inf), np.ones(len(homes)), (pairs // max(1, g), used, 1),
            (np.arange(len(homes)), extra, -1),
        )  # fmt: skip
        return extra

    def _moves(self) -> Floats:
        stays = self.problem.stays[self.arcs.start]
        return self.mip.objective((self.known, (stays != NOBODY) & (self.arcs.holder != stays)))

    def _cost(self) -> Floats:
        return self.mip.objective(
            (self.known, self.arcs.cost), (self.dealt, self.flow_cost), (self.step, self.step_price),
            (self.extra, self.problem.apart),
        )  # fmt: skip

    def solve(self, moves: int | None = None) -> Best:
        """The least cost, with no more than so many `moves`."""
        if moves is not None:
            self.mip.at_most(self._moves(), moves)
        return self.mip.minimise(self._cost())

    def answer(self, best: Best) -> Ints:
        """The holder of each person; NOBODY for those left out."""
        answer = np.full(self.problem.people, NOBODY, dtype=np.int64)
        chosen = best.whole(self.known) > 0
        answer[self.arcs.start[chosen]] = self.arcs.holder[chosen]
        went, taken = best.whole(self.by_hub) > 0, best.whole(self.dealt)
        for kind in np.unique(self.kind[went]):
            here = self.flow_kind == kind
            answer[self.hub_people[went & (self.kind == kind)]] = dealt(self.flow_holder[here], taken[here])
        return answer
