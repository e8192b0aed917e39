"""Mixed-integer programs as arrays, minimised and proved: HiGHS, through OR-Tools."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from carestead.assign.problem import Ints

Floats = NDArray[np.float64]
Part = tuple[Ints, Ints, Any]
"""Entries of a block of rows: (row within the block, column, coefficient)."""

NODES = 300
"""Branches looked at before the best answer so far is taken, with its gap: not seconds, so that a busy machine answers
the same."""

KEEP, WIDER, MOST = 60.0, 10, 5_000.0
"""Columns whose reduced cost is above the first are left out at first; where no answer is left, so many times more are
kept, and above the last all of them."""

NONE = mathopt.TerminationReason.INFEASIBLE


@dataclass(frozen=True)
class Best:
    """The value of each column, or None when there is no answer; what no answer can be below; whether this is proven
    (objectives are whole numbers: no answer lies between the bound and the next whole number)."""

    values: Floats | None
    bound: float = 0.0
    proven: bool = True

    def whole(self, columns: Ints) -> Ints:
        """The values of columns, as whole numbers."""
        if self.values is None:
            raise ArithmeticError("There is no answer to read.")
        return np.rint(self.values[columns]).astype(np.int64)


class Mip:
    """Columns from 0 to a bound, rows between two bounds, added block by block; then one objective after another."""

    def __init__(self) -> None:
        self.upper, self.is_whole = np.empty(0), np.empty(0, dtype=bool)
        self._bounds: list[tuple[Any, Any]] = []
        self._entries: list[Part] = []
        self._rows = 0

    def columns(self, n: int, upper: Any = 1, *, whole: bool = True) -> Ints:
        """`n` more columns from 0 to `upper`; their numbers."""
        first = len(self.upper)
        self.upper = np.append(self.upper, np.broadcast_to(np.asarray(upper, dtype=np.float64), n))
        self.is_whole = np.append(self.is_whole, np.full(n, whole))
        return np.arange(first, first + n)

    def rows(self, lower: Sequence[float] | Any, upper: Sequence[float] | Any, *parts: Part) -> None:
        """As many more rows as bounds; each between its `lower` and `upper`."""
        self._bounds.append((np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)))
        for row, column, value in parts:
            self._entries.append((row + self._rows, column, np.broadcast_to(np.asarray(value, float), len(row))))
        self._rows += len(self._bounds[-1][0])

    def objective(self, *parts: tuple[Ints, Any]) -> Floats:
        """Prices of columns, as one array; columns not named cost nothing."""
        found = np.zeros(len(self.upper))
        for columns, price in parts:
            found[columns] = price
        return found

    def at_most(self, objective: Floats, value: float) -> None:
        """A row that keeps an objective at what was reached, while the next is minimised."""
        used = np.flatnonzero(objective)
        if len(used):
            self.rows([-np.inf], [round(value)], (np.zeros(len(used), dtype=np.int64), used, objective[used]))

    def minimise(self, objective: Floats, nodes: int = NODES) -> Best:
        """The best answer, found among few columns and proved for all.

        Whatever uses a column costs the relaxation's value and that column's reduced cost at least. So an answer that
        costs no more than the dearest column kept is best of all; else the columns that it leaves in doubt are added.
        """
        program = self._program(objective)
        relaxed = _run(program, nodes, whole=False)
        if not relaxed.has_primal_feasible_solution():
            return Best(None, proven=relaxed.termination.reason == NONE)
        least, reduced = relaxed.objective_value(), np.array(list(relaxed.reduced_costs().values()))
        spare = KEEP
        while True:
            found = _run(program, nodes, leave=reduced > spare)
            value = found.objective_value() if found.has_primal_feasible_solution() else np.inf
            if value - least <= spare or spare == np.inf:
                return _best(found, least, spare)
            spare = value - least + 1e-3 if value < np.inf else _wider(spare)

    def _program(self, objective: Floats) -> model_pb2.ModelProto:
        program = model_pb2.ModelProto()
        columns, rows, matrix = program.variables, program.linear_constraints, program.linear_constraint_matrix
        columns.ids.extend(range(len(self.upper)))
        columns.lower_bounds.extend(np.zeros(len(self.upper)))
        columns.upper_bounds.extend(self.upper)
        columns.integers.extend(self.is_whole.tolist())
        rows.ids.extend(range(self._rows))
        rows.lower_bounds.extend(np.concatenate([low for low, _ in self._bounds]))
        rows.upper_bounds.extend(np.concatenate([high for _, high in self._bounds]))
        row, column, value = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        order = np.lexsort((column, row))
        matrix.row_ids.extend(row[order])
        matrix.column_ids.extend(column[order])
        matrix.coefficients.extend(value[order])
        used = np.flatnonzero(objective)
        program.objective.linear_coefficients.ids.extend(used)
        program.objective.linear_coefficients.values.extend(objective[used])
        return program


def _wider(spare: float) -> float:
    return spare * WIDER if spare < MOST else np.inf


def _best(found: mathopt.SolveResult, least: float, spare: float) -> Best:
    if not found.has_primal_feasible_solution():
        return Best(None, least, proven=found.termination.reason == NONE)
    bound = max(least, min(found.best_objective_bound(), least + spare))
    return Best(np.array(list(found.variable_values().values())), bound, found.objective_value() - bound < 1 - 1e-4)


def _run(
    program: model_pb2.ModelProto, nodes: int, *, whole: bool = True, leave: NDArray[np.bool_] | None = None
) -> mathopt.SolveResult:
    """Solve the program, or without `whole` its relaxation; with `leave`, without those columns. One seed and so many
    branches, so that equal programs give equal answers."""
    part = model_pb2.ModelProto()
    part.CopyFrom(program)
    if not whole:
        part.variables.integers[:] = [False] * len(part.variables.ids)
    if leave is not None:
        part.variables.upper_bounds[:] = np.where(leave, 0.0, part.variables.upper_bounds)
    how = mathopt.SolveParameters(
        random_seed=1, node_limit=nodes if whole else None, relative_gap_tolerance=0, absolute_gap_tolerance=0.9
    )
    return mathopt.solve(mathopt.Model.from_model_proto(part), mathopt.SolverType.HIGHS, params=how)
