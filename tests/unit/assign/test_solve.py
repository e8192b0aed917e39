"""The solver against every placement there is."""

from itertools import product

import numpy as np
import pytest

from carestead.assign.problem import NOBODY, Arcs
from carestead.assign.solve import solve


def cost(answer, homes, unplaced, known, anyone) -> int:
    by_known = {(s, h): c for s, h, c in zip(known.start, known.holder, known.cost, strict=True)}
    by_home = {(s, h): c for s, h, c in zip(anyone.start, anyone.holder, anyone.cost, strict=True)}
    return sum(
        int(unplaced[p]) if g == NOBODY else int(min(by_known.get((p, g), 10**9), by_home.get((homes[p], g), 10**9)))
        for p, g in enumerate(answer)
    )


def within(answer, capacity) -> bool:
    return all(list(answer).count(g) <= room for g, room in enumerate(capacity))


@pytest.mark.parametrize("seed", range(12))
def test_no_placement_is_cheaper(seed):
    random = np.random.default_rng(seed)
    n, g = 5, 3
    homes, capacity = random.integers(0, 2, n), random.integers(0, 3, g)
    unplaced = 100 * (n - np.arange(n))
    known = Arcs(random.integers(0, n, 6), random.integers(0, g, 6), random.integers(0, 20, 6))
    known = Arcs(
        *(
            a[np.unique(known.start * g + known.holder, return_index=True)[1]]
            for a in (known.start, known.holder, known.cost)
        )
    )
    anyone = Arcs(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2]), np.array([30, 31, 32, 33]))
    answer = solve(homes, unplaced, capacity, known, anyone)
    least = min(
        cost(a, homes, unplaced, known, anyone) for a in product([NOBODY, *range(g)], repeat=n) if within(a, capacity)
    )
    assert within(answer, capacity)
    assert cost(answer, homes, unplaced, known, anyone) == least


def empty() -> Arcs:
    return Arcs(*(np.empty(0, dtype=np.int64) for _ in range(3)))


def test_nobody_to_place_and_nobody_to_hold():
    assert solve(np.empty(0, dtype=np.int64), np.empty(0), np.array([3]), empty(), empty()).tolist() == []
    assert solve(np.zeros(2, dtype=np.int64), np.array([9, 9]), np.array([0]), empty(), empty()).tolist() == [-1, -1]


def test_equal_arrays_give_equal_answers_and_parts_spread_the_work():
    homes, unplaced = np.zeros(30, dtype=np.int64), np.full(30, 1000)
    anyone = Arcs(np.zeros(3, dtype=np.int64), np.arange(3), np.full(3, 10))
    steps = np.full((10, 3), 2), np.arange(10)
    answers = [solve(homes, unplaced, np.array([20, 20, 20]), empty(), anyone, steps=steps) for _ in range(3)]
    assert all((a == answers[0]).all() for a in answers)
    assert np.bincount(answers[0]).tolist() == [10, 10, 10]
    assert sorted(answers[0][:3].tolist()) == [0, 1, 2]  # the first by need are not all one holder's


def test_very_large_costs_are_solved_without_breaking_ties_and_larger_ones_are_refused():
    homes, anyone = np.zeros(2, dtype=np.int64), Arcs(np.array([0]), np.array([0]), np.array([1]))
    assert solve(homes, np.array([2**57, 2**56]), np.array([1]), empty(), anyone).tolist() == [0, NOBODY]
    with pytest.raises(ArithmeticError, match="costs must be whole and below"):
        solve(homes, np.array([2**61, 2**61]), np.array([1]), empty(), anyone)
