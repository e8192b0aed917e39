"""A map: which of a supplier's files fill which contract tables, and how.

title: Council adult social care extract
files:
  - match: clients            # file name without .csv, .csv.gz or .parquet; * stands for anything
    record: client            # what one row is called in the counts
    required: [ClientId]      # a row without is refused
    ignore: {column: Status, is: [VOID]}    # rows that are counted as ignored
    shapes: {CODE: "[0-9]+"}  # what a column looks like, to tell which one is missing from short rows
    tables:
      patient: {source_person_id: ClientId, ...}
      diagnosis:
        unpivot: {prefix: DIAG_4_, first: 1, last: 20, width: 2}
        where: {unpivoted: value}           # rows for which this is null are not made
        columns: {...}
"""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from carestead.core.finding import InputError
from carestead.sources.extract.expression import Expression, checks, columns_of, compile_sql, quoted
from carestead.tables import delivered_tables


@dataclass(frozen=True)
class TableMap:
    """How rows of one contract table are made of one record."""

    table: str
    columns: dict[str, Expression]
    where: Expression | None = None
    unpivot: dict[str, Any] | None = None


@dataclass(frozen=True)
class FileMap:
    """How the records of one kind of file are read."""

    match: str
    record: str
    tables: tuple[TableMap, ...]
    required: tuple[str, ...] = ()
    ignore: dict[str, Any] | None = None
    shapes: dict[str, str] = field(default_factory=dict)

    def needed(self) -> set[str]:
        """The supplier's columns the map reads, without those it unpivots."""
        read = {
            c
            for t in self.tables
            for e in [*t.columns.values(), *([t.where] if t.where else [])]
            for c in columns_of(e)
        }
        ignored = {self.ignore["column"]} if self.ignore else set()
        return read | set(self.required) | ignored

    def matches(self, name: str) -> bool:
        """True when a file of this name is meant."""
        return fnmatchcase(name.lower(), self.match.lower())

    def problem_sql(self) -> str:
        """A CASE that gives null for a good row, 'ignored', or the reason to refuse it."""
        parts = []
        if self.ignore:
            values = ", ".join("'" + str(v).replace("'", "''") + "'" for v in self.ignore["is"])
            parts.append(f"when {compile_sql(self.ignore['column'])} in ({values}) then 'ignored'")
        parts += [f"when {compile_sql(c)} is null then 'field.missing'" for c in self.required]
        found = dict.fromkeys(c for t in self.tables for e in t.columns.values() for c in checks(e))
        parts += [f"when {condition} then '{reason}'" for reason, condition in found]
        return f"case {' '.join(parts)} end" if parts else "null::varchar"


@dataclass(frozen=True)
class ExtractMap:
    """A supplier's layout."""

    name: str
    title: str
    files: tuple[FileMap, ...]

    def for_file(self, stem: str) -> FileMap | None:
        """The part for a file, by its name without ending; None when the map knows no such file."""
        return next((f for f in self.files if f.matches(stem)), None)


def stem(path: Path) -> str:
    """A file's name without .csv, .csv.gz or .parquet."""
    return path.name.removesuffix(".gz").rpartition(".")[0]


def load_map(name: str, folder: Path | None = None) -> ExtractMap:
    """A map that ships with carestead by its name, or one beside the data by its file name. Raises InputError."""
    own = folder / name if folder and name.endswith((".yaml", ".yml")) else None
    text = own.read_text(encoding="utf-8") if own and own.is_file() else _shipped(name)
    if text is None:
        raise InputError(
            f"There is no map {name}.", f"Use a YAML file in the folder, or one of {', '.join(shipped())}."
        )
    try:
        return parse_map(name, yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InputError(f"The map {name} is not valid YAML: {error}.", "Correct it.") from error


@cache
def shipped() -> tuple[str, ...]:
    """The names of the maps that ship with carestead."""
    names = (f.name for f in (files("carestead.sources") / "maps").iterdir() if f.name.endswith(".yaml"))
    return tuple(sorted(n.removesuffix(".yaml") for n in names))


def _shipped(name: str) -> str | None:
    plain = name.removesuffix(".yaml")
    if plain not in shipped():
        return None
    return (files("carestead.sources") / "maps" / f"{plain}.yaml").read_text(encoding="utf-8")


def parse_map(name: str, said: Any) -> ExtractMap:
    """A map from its YAML. Raises InputError that names the table or column nobody knows."""
    if not isinstance(said, dict) or not isinstance(said.get("files"), list):
        raise InputError(f"The map {name} needs a list `files`.", "See docs for the layout of a map.")
    return ExtractMap(name, str(said.get("title", name)), tuple(_file_map(name, f) for f in said["files"]))


def _file_map(name: str, said: dict[str, Any]) -> FileMap:
    tables = tuple(_table_map(name, t, body) for t, bodies in said.get("tables", {}).items() for body in _many(bodies))
    return FileMap(
        str(said["match"]),
        str(said.get("record", said["match"])),
        tables,
        tuple(said.get("required", ())),
        said.get("ignore"),
        dict(said.get("shapes", {})),
    )


def _many(bodies: Any) -> list[dict[str, Any]]:
    return bodies if isinstance(bodies, list) else [bodies]


def _table_map(name: str, table: str, body: dict[str, Any]) -> TableMap:
    if table not in delivered_tables():
        raise InputError(
            f"The map {name} fills a table {table} that is not delivered.",
            f"Use one of {', '.join(delivered_tables())}.",
        )
    whole = "columns" in body
    columns = body["columns"] if whole else body
    unknown = set(columns) - set(delivered_tables()[table].delivered())
    if unknown:
        raise InputError(
            f"The map {name}: table {table} has no column {', '.join(sorted(unknown))}.",
            f"Use {', '.join(delivered_tables()[table].delivered())}.",
        )
    for expression in columns.values():
        compile_sql(expression)
    return TableMap(table, columns, body.get("where") if whole else None, body.get("unpivot") if whole else None)


def table_sql(map_: TableMap, relation: str, there: set[str]) -> str:
    """The SELECT that makes delivered rows of a staged file. `there` are the file's columns."""
    columns = delivered_tables()[map_.table].delivered()
    made = {c: compile_sql(e) for c, e in map_.columns.items()} | {
        "source_row": "source_row",
        "source_file": "source_file",
    }
    select = ", ".join(
        f'cast({made[c]} as {t}) as "{c}"' if c in made else f'null::{t} as "{c}"' for c, t in columns.items()
    )
    where = f" and {compile_sql(map_.where)} is not null" if map_.where else ""
    return f"select {select} from {_unpivoted(map_, relation, there)} where problem is null{where}"


def _unpivoted(map_: TableMap, relation: str, there: set[str]) -> str:
    if map_.unpivot is None:
        return relation
    u = map_.unpivot
    numbers = range(u["first"], u["last"] + 1)
    names = [(i, f"{u['prefix']}{i:0{u.get('width', 1)}d}") for i in numbers]
    names = [(i, n) for i, n in names if n in there]
    values = ", ".join(f"{{'p': {i}, 'k': '{n}', 'v': {quoted(n)}}}" for i, n in names)
    return (
        f"(select * exclude (u), u.v as unpivoted_value, u.p as unpivoted_position, u.k as unpivoted_key from "
        f"(select *, unnest([{values}]) as u from {relation}))"
    )
