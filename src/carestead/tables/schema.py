"""What a contract table is: its columns with type, unit, meaning, constraint, and who fills them.

A table exists in two forms. *Delivered*: what one source said, with the source's own ids and code texts.
*Published*: in the lake, one dense `person_id` across sources, codes interned to integers. `Table.delivered`
derives the first from the second, so that each column is written down once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

SqlType = Literal[
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UBIGINT", "FLOAT", "DOUBLE", "DATE", "TIMESTAMP", "VARCHAR"
]
Role = Literal["plain", "person", "code", "key", "provenance"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `role` says how it gets from delivered to published form: `person` (`source_person_id` text becomes the dense
    id; any other name `x_id` is delivered as `source_x_id`), `code` (`x_id` is delivered as `x_system`, `x`,
    `x_display`), `key` (`x_key`, a 64-bit hash, is delivered as the text `source_x_key`), `provenance` (set by the
    loader). `allowed`, `minimum`, `maximum` are checked after every room; dates are ISO 8601 text here.
    """

    name: str
    type: SqlType
    meaning: str
    unit: str = ""
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: str | None = None
    maximum: str | None = None
    unique: bool = False
    role: Role = "plain"
    filled_by: str = ""

    def delivered(self) -> Iterator[tuple[str, str]]:
        """(name, DuckDB type) of the column or columns a source delivers for this one; none for provenance."""
        stem = self.name.removesuffix("_id")
        if self.role == "person":
            yield f"source_{self.name}", "VARCHAR"
        elif self.role == "code":
            yield from ((f"{stem}_system", "VARCHAR"), (stem, "VARCHAR"), (f"{stem}_display", "VARCHAR"))
        elif self.role == "key":
            yield f"source_{self.name}", "VARCHAR"
        elif self.role == "plain":
            yield self.name, self.type


@dataclass(frozen=True, slots=True)
class Table:
    """A contract table. `per` is `bucket` when rows belong to one person, else `area`.

    `order` is the sort order of a published part (total, so that equal rows give equal files). `room` names who
    makes it: `sources` for what suppliers send, else the room.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    room: str = "sources"
    per: Literal["bucket", "area"] = "bucket"
    fhir: str = ""

    def names(self) -> tuple[str, ...]:
        """Published column names, in order."""
        return tuple(c.name for c in self.columns)

    def types(self) -> dict[str, str]:
        """Published column names and DuckDB types."""
        return {c.name: c.type for c in self.columns}

    def delivered(self) -> dict[str, str]:
        """Delivered column names and DuckDB types; always ends with `source_row` (1-based) and `source_file`."""
        pairs = {name: kind for c in self.columns for name, kind in c.delivered()}
        return {**pairs, "source_row": "BIGINT", "source_file": "INTEGER"}

    def column(self, name: str) -> Column:
        """The column called `name`. Raises KeyError."""
        return next(c for c in self.columns if c.name == name) if name in self.names() else _unknown(self, name)


def _unknown(table: Table, name: str) -> Column:
    raise KeyError(f"Table {table.name} has no column {name}; it has {', '.join(table.names())}.")


def person_id(*, unique: bool = False) -> Column:
    """The person a row is about."""
    return Column(
        "person_id",
        "INTEGER",
        "the person, one number across all sources; says nothing of itself",
        required=True,
        role="person",
        filled_by="record",
        unique=unique,
    )


def instant(name: str, meaning: str, *, required: bool = False) -> Column:
    """An instant, stored without its zone, which is UTC."""
    return Column(name, "TIMESTAMP", meaning, unit="UTC", required=required)


def row_key() -> Column:
    """The identity of the row at its source, so that a newer delivery replaces an older one."""
    return Column(
        "row_key",
        "UBIGINT",
        "64-bit hash of the source and the row's own id there; a later delivery of the same key replaces the row; "
        "null when the source gives its rows no id",
        role="key",
        filled_by="sources",
    )


PROVENANCE = (
    Column("source_id", "SMALLINT", "which source said it (table source)", required=True, role="provenance"),
    Column("file_id", "INTEGER", "which delivered file (table file)", required=True, role="provenance"),
    Column("source_row", "BIGINT", "1-based line, entry or record number in that file", role="provenance"),
)


def code(name: str = "code_id", meaning: str = "what was recorded", *, required: bool = False) -> Column:
    """A coded value, interned: the system and the code's text are in table `code`."""
    return Column(name, "INTEGER", f"{meaning} (table code)", required=required, role="code")


def key(name: str, meaning: str) -> Column:
    """A reference to a row of another table by its `row_key`."""
    return Column(name, "UBIGINT", meaning, role="key")
