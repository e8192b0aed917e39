"""Naming a GP for everybody: the flow against the same flow with an arc from each person to each GP, and the whole
placement, with rooms in minutes, households and wishes, against a bar in minutes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from carestead.assign.holder import holders
from carestead.assign.named_gp import Asked, named_gps
from carestead.assign.pool import Before
from carestead.assign.problem import Arcs, Ints
from carestead.assign.solve import solve
from carestead.assign.wish import Wish
from carestead.assign.work import work
from carestead.bench.measure import Figure, Setting, timed
from carestead.reference import load

PEOPLE, GPS = 5_650, 7
"""Of a group of practices: a million people are 177 groups."""

SPARE = 1.02
"""Room for so many times the people: nearly none to spare."""

UNPLACED = 10_000
"""What each place in the order of need is worth to the flow: more than any gain of continuity."""

AT_ONCE = 16
"""Groups made up and placed at a time, so that the rows of a million people need not be in memory together."""

BAR = 600.0
"""Seconds: a million people are to be placed within minutes."""

LIVING_TOGETHER, WISHING = 0.15, 0.03
"""The shares of people who live with another on the list, and who ask for a GP or for a doctor of one sex."""


def figures(setting: Setting) -> Iterator[Figure]:
    """Everybody named in groups; both forms of the flow must cost the same, or the figure is refused."""
    groups = max(1, -(-setting.people // PEOPLE))
    hub = timed(named, groups, False, runs=setting.runs)
    dense = timed(named, groups, True, runs=1)
    if hub.result[0] != dense.result[0]:
        raise ArithmeticError(f"The two forms differ: {hub.result[0]} and {dense.result[0]}.")
    who = f"{groups * PEOPLE:,} people in {groups} groups of {GPS} GPs"
    yield Figure(
        "naming", f"a named GP for {who}, by flow", "an arc from each person to each GP", hub.seconds, dense.seconds,
        hub.peak_mb, target=1.0, note=f"{hub.result[1]:.1%} keep the usual GP",
    )  # fmt: skip
    whole = timed(placed, groups, runs=1)
    proven, gap, kept = whole.result
    yield Figure(
        "naming", f"the whole placement of {who}: time, households, wishes, reasons",
        "the bar of ten minutes",
        whole.seconds, BAR, whole.peak_mb, target=1.0,
        note=f"{proven} of {groups} groups proven, largest gap {gap:.4%}; {kept:.1%} keep the usual GP",
    )  # fmt: skip


def placed(groups: int) -> tuple[int, float, float]:
    """Place the people of so many groups as a run does, from rows to reasons: groups proven to the last point, the
    largest gap, and the share who keep their usual GP."""
    random, proven, gap, kept = np.random.default_rng(1), 0, 0.0, 0
    continuity, gp_work = load("assign", "continuity"), work(load("assign", "capacity"), "gp")
    for first in range(0, groups, AT_ONCE):
        people, gps, asked = _rows(random, first, min(groups, first + AT_ONCE))
        chosen, pools = named_gps(people, gps, asked, continuity, gp_work)
        proven += sum(p.placed.proven for p in pools)
        gap = max(gap, *(p.placed.gap for p in pools))
        kept += sum(c.is_usual for c in chosen.values())
    return proven, gap, kept / (groups * PEOPLE)


def _rows(random: np.random.Generator, first: int, last: int) -> tuple[list[dict[str, Any]], list[Any], Asked]:
    """People, GPs and what is known of them, of groups `first` up to `last`, each placed as one practice."""
    people: list[dict[str, Any]] = []
    staff: list[dict[str, Any]] = []
    contacts: dict[int, dict[str, int]] = {}
    wishes: dict[int, Wish] = {}
    for group in range(first, last):
        weights, usual = random.choice([5, 9, 12], PEOPLE, p=[0.33, 0.47, 0.2]), _usual(random)
        seen, times = random.integers(0, GPS, (PEOPLE, 2)), random.integers(1, 20, (PEOPLE, 3))
        codes = [f"{group}-{n}" for n in range(GPS)]
        for n in range(PEOPLE):
            number = group * PEOPLE + n
            people.append(
                {"person_id": number, "rank": n + 1, "weight": int(weights[n]), "practice_code": f"{group:03}",
                 "usual_gp_code": codes[usual[n]], "household": None}
            )  # fmt: skip
            contacts[number] = {codes[g]: int(t) for g, t in zip((*seen[n], usual[n]), times[n], strict=True)}
        for k, n in enumerate(random.permutation(PEOPLE)[: int(PEOPLE * LIVING_TOGETHER)].tolist()):
            people[n - PEOPLE]["household"] = str(k // 2)
        for n in random.choice(PEOPLE, int(PEOPLE * WISHING), replace=False).tolist():
            wishes[group * PEOPLE + n] = Wish(sex="female") if n % 2 else Wish(gp=codes[n % GPS])
        minutes = int(np.array([3, 4, 6])[np.searchsorted([6, 10], weights)].sum())
        sessions = -(-minutes * SPARE // GPS) / 24
        staff += [
            {"practitioner_code": code, "role": "gp", "organisation_code": f"{group:03}", "sessions": sessions,
             "leave_start": None, "leave_end": None, "sex": "female" if n % 2 else "male", "source_id": 1, "file_id": 0,
             "source_row": n}
            for n, code in enumerate(codes)
        ]  # fmt: skip
    gps = holders(staff, "gp", date(2026, 3, 31), load("assign", "capacity"))
    return people, gps, Asked(contacts, wishes, Before())


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
        unplaced = UNPLACED * np.arange(PEOPLE + 1, 1, -1)
        arcs = Arcs(person, holder, cost[known])
        answer = solve(np.zeros(PEOPLE, dtype=np.int64), unplaced, capacity, arcs, anyone)
        total += int(cost[np.arange(PEOPLE), answer].sum())
        kept += int((answer == usual).sum())
    return total, kept / (groups * PEOPLE)


def _group(random: np.random.Generator, rule: dict[str, int]) -> tuple[Ints, np.ndarray]:
    """Each person's usual GP, some GPs more sought than others, and the cost of each GP they know, else infinity."""
    usual = _usual(random)
    cost = np.full((PEOPLE, GPS), np.inf)
    people = np.arange(PEOPLE)
    for _ in range(2):
        cost[people, random.integers(0, GPS, PEOPLE)] = rule["seen_gp"] - rule["per_contact"] * random.integers(
            1, 20, PEOPLE
        )
    cost[people, usual] = rule["usual_gp"] - rule["per_contact"] * random.integers(0, 20, PEOPLE)
    return usual, cost


def _usual(random: np.random.Generator) -> Ints:
    """Each person's usual GP, some GPs more sought than others."""
    return random.choice(GPS, PEOPLE, p=random.dirichlet(np.full(GPS, 8.0)))
