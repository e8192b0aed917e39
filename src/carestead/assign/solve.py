"""Placing people with holders at the least cost, exactly: a minimum-cost flow over arrays of whole numbers."""

import numpy as np
from ortools.graph.python import min_cost_flow

from carestead.assign.problem import NOBODY, Arcs, Ints

TIE_LEVELS = 10
LARGEST = 2**62
"""The solver multiplies costs by the number of its nodes, in 64 bits."""


def solve(
    homes: Ints, unplaced: Ints, capacity: Ints, known: Arcs, anyone: Arcs, *, steps: tuple[Ints, Ints] | None = None
) -> Ints:
    """The holder of each person, an index into `capacity`, or `NOBODY`; the sum of the costs is the least there is.

    `homes` (n people): each person's home, or NOBODY for whoever goes only along arcs of their own; `unplaced` (n): the
    cost of no holder, so that a placement always exists; `capacity` (g holders): people they have room for. `known`
    starts at people: holders they know. `anyone` starts at homes: holders who may take whoever lives there, which
    spares an arc for each person and holder and loses nothing. With `steps`, sizes (levels, g) and costs (levels), a
    holder's first places are cheaper than the next. Of people for whom all costs are equal, the first in order keep
    whom they know. Equal arrays give equal answers.
    """
    n, g, h = len(homes), len(capacity), int(homes.max()) + 1 if len(homes) else 0
    if not n or not capacity.sum():
        return np.full(n, NOBODY, dtype=np.int64)
    anyone, people, by_home = anyone.of(anyone.start < h), np.arange(n), np.flatnonzero(homes != NOBODY)
    hub, holder, whole, sink = n, n + h, n + h + g, n + h + 2 * g
    sizes, step_cost = steps or (capacity[None, :], np.zeros(1, dtype=np.int64))
    levels = len(sizes)
    scale, tie = _ties(n, int(unplaced.max()) * (sink + 2))
    flow = min_cost_flow.SimpleMinCostFlow()
    _add(flow, people, np.full(n, sink), 1, unplaced * scale)
    to_known = _add(flow, known.start, holder + known.holder, 1, known.cost * scale)
    to_hub = _add(flow, by_home, hub + homes[by_home], 1, tie[by_home])
    from_hub = _add(flow, hub + anyone.start, holder + anyone.holder, n, anyone.cost * scale)
    at, then = np.tile(holder + np.arange(g), levels), np.tile(whole + np.arange(g), levels)
    _add(flow, at, then, sizes.ravel(), np.repeat(step_cost * scale, g))
    _add(flow, whole + np.arange(g), np.full(g, sink), capacity, np.zeros(g, dtype=np.int64))
    flow.set_nodes_supplies(np.append(people, sink), np.append(np.ones(n, dtype=np.int64), -n))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"The solver said {status.name}: costs must be whole and below 2^63 / people.")
    went = by_home[flow.flows(to_hub) > 0]
    return _read(n, homes, known, anyone, flow.flows(to_known), flow.flows(from_hub), went)


def _add(flow: min_cost_flow.SimpleMinCostFlow, tails: Ints, heads: Ints, capacity: Ints | int, cost: Ints) -> Ints:
    capacities = np.broadcast_to(np.asarray(capacity, dtype=np.int64), len(tails))
    return flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), np.ascontiguousarray(capacities), cost.astype(np.int64)
    )


def _ties(n: int, largest: int) -> tuple[int, Ints]:
    """What to multiply every cost by, and what going by the hub costs each person besides: more for the first, and
    less than 1 for all together. No ties are broken where that would pass the solver's range."""
    scale = TIE_LEVELS * n
    if largest * scale >= LARGEST:
        return 1, np.zeros(n, dtype=np.int64)
    return scale, TIE_LEVELS - 1 - np.arange(n) * TIE_LEVELS // n


def _read(n: int, homes: Ints, known: Arcs, anyone: Arcs, used: Ints, taken: Ints, by_hub: Ints) -> Ints:
    """The answer from the flows: `used` of the known arcs, `taken` of the anyone arcs, and who went by their hub."""
    answer = np.full(n, NOBODY, dtype=np.int64)
    answer[known.start[used > 0]] = known.holder[used > 0]
    for home in np.unique(homes[by_hub]):
        here = anyone.start == home
        answer[by_hub[homes[by_hub] == home]] = dealt(anyone.holder[here], taken[here])
    return answer


def dealt(holders: Ints, counts: Ints) -> Ints:
    """The holders in turn, each as often as counted, so that nobody is dealt all of the first by need."""
    cards = np.repeat(holders, counts)
    turn = np.concatenate([(np.arange(c) + 0.5) / c for c in counts if c] or [np.empty(0)])
    return cards[np.argsort(turn, kind="stable")]
