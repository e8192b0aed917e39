"""A step: one piece of work, described first and run later by an engine.

Sets are SQL in DuckDB's dialect, one `.sql` file a step; decisions are Python. Both say what they read and what
they give; the flow orders them by that and runs them on any engine.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

Per = Literal["bucket", "area"]


@dataclass(frozen=True)
class ReferenceTable:
    """A small table made of a reference file, readable by a step under `name`.

    `columns` maps column names to DuckDB types; `rows` are tuples in that order.
    """

    name: str
    columns: Mapping[str, str]
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)


@dataclass(frozen=True)
class SetStep:
    """One SELECT over contract tables, run on each bucket or once for the area.

    `sql` is the file, beside the module that declares the step. `reads` are names of contract tables, `references`
    small tables of facts, `gives` the name of the contract table whose rows it makes (several steps may give rows
    to one table). `$as_of` and the other `params` are bound, never pasted.
    """

    name: str
    sql: Path
    reads: tuple[str, ...]
    gives: str
    per: Per = "bucket"
    references: tuple[ReferenceTable, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The SQL, as written in the file."""
        return self.sql.read_text(encoding="utf-8")

    def bound(self, as_of: date) -> dict[str, Any]:
        """What is bound when the step runs for `as_of`: that day and the params, those of them that the SQL names."""
        text = self.text()
        return {k: v for k, v in {"as_of": as_of, **self.params}.items() if f"${k}" in text}


@dataclass(frozen=True)
class DecisionStep:
    """A Python function over small tables: `decide(tables, as_of, params) -> Outcome`.

    `tables` maps each name in `reads` to a list of dict rows; it runs once for the area. `decide` must be pure.
    """

    name: str
    decide: Callable[..., "Outcome"]
    reads: tuple[str, ...]
    gives: tuple[str, ...]
    params: Mapping[str, Any] = field(default_factory=dict)
    per: Per = "area"


@dataclass(frozen=True)
class Outcome:
    """What a decision gives: rows for each contract table, and findings."""

    tables: Mapping[str, list[dict[str, Any]]]
    findings: list[Any] = field(default_factory=list)


Step = SetStep | DecisionStep


def rows(table: Any) -> list[dict[str, Any]]:
    """A table handed to a decision, as dict rows: an Arrow table, or rows already."""
    found: list[dict[str, Any]] = table.to_pylist() if hasattr(table, "to_pylist") else list(table)
    return found
