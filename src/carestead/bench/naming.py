"""Naming a GP for everybody, against the same solver with an arc from each person to each GP."""

from collections.abc import Iterator

import numpy as np

from carestead.assign.problem import Arcs, Ints
from carestead.assign.solve import solve
from carestead.bench.measure import Figure, Setting, timed
from carestead.reference import load

PEOPLE, GPS = 5_650, 7
"""Of a group of practices: a million people are 177 groups."""

SPARE = 1.02
"""Room for so many times the people: nearly none to spare."""


def figures(setting: Setting) -> Iterator[Figure]:
    """Everybody named in groups; both forms must cost the same, or the figure is refused."""
    groups = max(1, setting.people // PEOPLE)
    hub = timed(named, groups, False, runs=setting.runs)
    dense = timed(named, groups, True, runs=1)
    if hub.result[0] != dense.result[0]:
        raise ArithmeticError(f"The two forms differ: {hub.result[0]} and {dense.result[0]}.")
    yield Figure(
        "naming",
        f"a named GP for {groups * PEOPLE:,} people in {groups} groups of {GPS} GPs",
        "an arc from each person to each GP",
        hub.seconds,
        dense.seconds,
        hub.peak_mb,
        target=1.0,
        note=f"{hub.result[1]:.1%} keep the usual GP",
    )


def named(groups: int, is_dense: bool) -> tuple[int, float]:
    """Place the people of so many groups: what it cost in all, and the share who keep their usual GP."""
    random, rule = np.random.default_rng(1), load("assign", "continuity")
    total = kept = 0
    for _ in range(groups):
        usual, cost = _group(random, rule)
        capacity = np.full(GPS, -(-PEOPLE * SPARE // GPS), dtype=np.int64)
        known = np.isfinite(cost) | is_dense
        person, holder = np.nonzero(known)
        cost = np.where(np.isfinite(cost), cost, rule["any_gp"]).astype(np.int64)
        anyone = Arcs(np.zeros(GPS, dtype=np.int64), np.arange(GPS), np.full(GPS, rule["any_gp"]))
        unplaced = rule["no_gp_per_rank"] * np.arange(PEOPLE + 1, 1, -1)
        arcs = Arcs(person, holder, cost[known])
        answer = solve(np.zeros(PEOPLE, dtype=np.int64), unplaced, capacity, arcs, anyone)
        total += int(cost[np.arange(PEOPLE), answer].sum())
        kept += int((answer == usual).sum())
    return total, kept / (groups * PEOPLE)


def _group(random: np.random.Generator, rule: dict[str, int]) -> tuple[Ints, np.ndarray]:
    """Each person's usual GP, some GPs more sought than others, and the cost of each GP they know, else infinity."""
    usual = random.choice(GPS, PEOPLE, p=random.dirichlet(np.full(GPS, 8.0)))
    cost = np.full((PEOPLE, GPS), np.inf)
    people = np.arange(PEOPLE)
    for _ in range(2):
        cost[people, random.integers(0, GPS, PEOPLE)] = rule["seen_gp"] - rule["per_contact"] * random.integers(
            1, 20, PEOPLE
        )
    cost[people, usual] = rule["usual_gp"] - rule["per_contact"] * random.integers(0, 20, PEOPLE)
    return usual, cost
