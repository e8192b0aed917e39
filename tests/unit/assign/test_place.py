"""The placement against every placement there is: nobody is left out, moved or charged for nothing."""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from carestead.assign import place as placing
from carestead.assign.mip import Best
from carestead.assign.place import place
from carestead.assign.problem import NO_ARC, NOBODY, Arcs, Problem, cheapest, cost, first_first, fits, moved, parted
from carestead.assign.shortage import shortage

MINUTES = np.array([3, 4, 6])


@st.composite
def problems(draw, *, held: bool = True) -> Problem:
    """Up to five people, three holders and two homes; some live together, some have a holder, some may not go home."""
    n, g = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    numbers = st.integers(0, 20)
    stays = np.array([draw(st.sampled_from([NOBODY, *range(g)])) if held else NOBODY for _ in range(n)])
    together = draw(st.sampled_from([(), ((0, 1),), ((0, 1, 2),), ((0, 1), (2, 3))]))
    together = tuple(h for h in together if max(h) < n)
    own = {i for h in together for i in h} | set(np.flatnonzero(stays != NOBODY).tolist())
    home = np.array([NOBODY if i in own else draw(st.sampled_from([0, 1, NOBODY])) for i in range(n)])
    known = [(i, j, draw(numbers)) for i in range(n) for j in range(g) if draw(st.booleans())]
    shared = [(h, j, 20 + draw(numbers)) for h in (0, 1) for j in range(g) if draw(st.booleans())]
    return Problem(
        home=home, band=np.array([draw(st.integers(0, 2)) for _ in range(n)]), minutes=MINUTES,
        room=np.array([draw(st.integers(0, 14)) for _ in range(g)]),
        even=np.array([draw(st.integers(0, 9)) for _ in range(g)]),
        known=arcs(known), anyone=arcs(shared), stays=stays, need=first_first(n), together=together,
        apart=draw(st.integers(0, 15)), even_step=draw(st.integers(0, 4)),
    )  # fmt: skip


def arcs(rows) -> Arcs:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Arcs(table[:, 0], table[:, 1], table[:, 2])


def every(problem: Problem):
    """Every placement within rooms and rights."""
    may = cheapest(problem) != NO_ARC
    choices = [[NOBODY, *np.flatnonzero(row[: len(problem.room)]).tolist()] for row in may]
    return [a for a in map(np.array, product(*choices)) if fits(problem, a)]


def left_out(problem: Problem, answer) -> int:
    return int(problem.need[answer == NOBODY].sum())


@settings(deadline=None, max_examples=150)
@given(problems())
def test_the_fewest_are_left_out_then_the_fewest_move_then_it_costs_the_least(problem):
    placed, all_of_them = place(problem), every(problem)
    assert fits(problem, placed.answer)
    assert (left_out(problem, placed.answer), moved(problem, placed.answer)) == min(
        (left_out(problem, a), moved(problem, a)) for a in all_of_them
    )
    alike = [
        a for a in all_of_them
        if ((a == NOBODY) == (placed.answer == NOBODY)).all() and moved(problem, a) <= moved(problem, placed.answer)
    ]  # fmt: skip
    least = min(cost(problem, a) for a in alike)
    assert (placed.cost, placed.bound, placed.gap, placed.proven) == (least, least, 0, True)
    assert cost(problem, placed.answer) == least


@settings(deadline=None, max_examples=80)
@given(problems())
def test_what_is_settled_first_is_a_placement_already(problem):
    """So that there is one however early the program ends that looks for the least cost."""
    short = shortage(problem)
    assert fits(problem, short.answer)
    assert ((short.answer == NOBODY) == short.out).all()
    assert (left_out(problem, short.answer), moved(problem, short.answer)) == min(
        (left_out(problem, a), moved(problem, a)) for a in every(problem)
    )


def test_a_program_that_ends_without_an_answer_leaves_one_that_is_not_proven(monkeypatch):
    class GivesUp(placing.Program):
        def solve(self, moves=None):
            return Best(None, 12.0, proven=False)

    monkeypatch.setattr(placing, "Program", GivesUp)
    full = Problem(
        home=np.full(3, NOBODY), band=np.zeros(3, dtype=np.int64), minutes=MINUTES, room=np.array([4, 3]),
        even=np.array([1, 1]), known=arcs([(i, j, 10 + i) for i in range(3) for j in range(2)]), anyone=arcs([]),
        stays=np.full(3, NOBODY), need=first_first(3),
    )  # fmt: skip
    placed = place(full)
    assert (placed.answer == NOBODY).tolist() == [False, False, True]
    assert (placed.proven, placed.bound, placed.cost) == (False, 12, cost(full, placed.answer))


@settings(deadline=None, max_examples=60)
@given(problems(held=False), st.data())
def test_after_a_change_no_more_move_than_must(problem, data):
    """What was placed stays where it was when a holder's room changes, but for as few as can be."""
    before = place(problem).answer
    own = cheapest(problem)
    table = [(i, j, own[i, j]) for i in range(problem.people) for j in range(len(problem.room)) if own[i, j] != NO_ARC]
    which = data.draw(st.integers(0, len(problem.room) - 1))
    room = problem.room.copy()
    room[which] = data.draw(st.integers(0, 14))
    after = replace(
        problem, room=room, stays=before, home=np.full(problem.people, NOBODY), known=arcs(table), anyone=arcs([])
    )
    placed = place(after)
    assert (left_out(after, placed.answer), moved(after, placed.answer)) == min(
        (left_out(after, a), moved(after, a)) for a in every(after)
    )
    if (room >= problem.room).all() and (before != NOBODY).all():
        assert (placed.answer == before).all()


def alone(n: int, **more) -> Problem:
    """So many people who may go to either of two holders."""
    shared = arcs([(0, 0, 10), (0, 1, 10)])
    return Problem(
        home=np.zeros(n, dtype=np.int64), band=np.ones(n, dtype=np.int64), minutes=MINUTES, room=np.array([40, 40]),
        even=np.array([1, 1]), known=arcs([]), anyone=shared, stays=np.full(n, NOBODY), need=first_first(n), **more,
    )  # fmt: skip


def test_equal_people_are_placed_by_flow_and_shared_evenly():
    placed = place(alone(10))
    assert placed.by == "flow"
    assert np.bincount(placed.answer).tolist() == [5, 5]


def test_a_household_needs_the_program_only_when_the_flow_parts_it():
    both = arcs([(i, j, 10) for i in (0, 1) for j in (0, 1)])
    pair = replace(alone(2, together=((0, 1),), apart=50), home=np.full(2, NOBODY), known=both)
    placed = place(pair)
    assert placed.by == "program"
    assert placed.answer[0] == placed.answer[1]
    assert parted(pair, placed.answer) == 0


def test_nobody_to_place_and_nobody_to_hold():
    assert place(alone(0)).answer.tolist() == []
    none = replace(alone(2), room=np.empty(0, dtype=np.int64), even=np.empty(0, dtype=np.int64), anyone=arcs([]))
    assert place(none).answer.tolist() == [NOBODY, NOBODY]
