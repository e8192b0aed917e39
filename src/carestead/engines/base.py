"""The engine port: what a task is, what comes back, and the few verbs an engine has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from carestead.core.step import ReferenceTable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, how many there are."""


@dataclass(frozen=True)
class Statement:
    """One SELECT whose rows become one Parquet part of the contract table `gives`, at `output`.

    `key` names the inputs, text and parameters the part was made of; `step` who made it.
    """

    step: str
    gives: str
    sql: str
    output: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    references: tuple[ReferenceTable, ...] = ()


@dataclass(frozen=True)
class Task:
    """Work on one bucket (or on the area when `bucket` is None): statements in order, each able to read the views
    and what statements before it gave. Plain data: it can be sent to another machine."""

    bucket: int | None
    views: Mapping[str, tuple[str, ...]]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class SpreadTask:
    """One delivered table put into person buckets in its published form (see engines/spread.py).

    `wanted` maps each bucket to be written to the folder its rows go to.
    """

    table: str
    source_file: str
    link: str
    code: str
    source_id: int
    first_file_id: int
    buckets: int
    wanted: Mapping[int, str]


@dataclass(frozen=True)
class Receipt:
    """Proof of a part: `rows`, an order-free `checksum` of their values, `breaches` of the table's contract by
    `column:constraint`, and what made it in how many seconds. Two runs are equal when rows and checksums are."""

    step: str
    table: str
    bucket: int | None
    path: str
    rows: int
    checksum: str
    seconds: float
    key: str
    engine: str
    breaches: Mapping[str, int] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[str, str, int | None, int, str]:
        """What must be equal on every engine."""
        return (self.table, self.step, self.bucket, self.rows, self.checksum)


class Engine(Protocol):
    """What the flow asks of an engine."""

    name: str

    def run(self, tasks: Iterable[Task], *, label: str, progress: Progress | None = None) -> list[Receipt]:
        """Run tasks in any order, anywhere; every part appears whole or not at all."""
        ...

    def spread(self, tasks: Iterable[SpreadTask], *, label: str, progress: Progress | None = None) -> None:
        """Put delivered tables into buckets."""
        ...

    def close(self) -> None:
        """Let go of what the engine holds."""
        ...
