"""Published tables, read: the one way from the lake to a page, a command or an answer."""

import threading
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from carestead.core.area import Area, open_area
from carestead.core.finding import UsageError
from carestead.engines import lake
from carestead.engines.duckdb import Connection, connect
from carestead.engines.work import view
from carestead.tables import all_tables, table

KEPT = ("code", "source", "organisation", "practitioner", "practice")
"""Small tables that a snapshot holds in memory once they have been asked for."""


class Snapshot:
    """One published snapshot. Cheap to open; holds one connection; close it, or use it in a `with`."""

    def __init__(self, area: Area, manifest: lake.Manifest) -> None:
        self.area = area
        self.manifest = manifest
        self._kept: set[str] = set()
        self._keeping = threading.Lock()

    @property
    def as_of(self) -> date:
        """The day the run was for."""
        return self.manifest.as_of

    @property
    def published_at(self) -> str:
        """When it was published, ISO 8601, UTC."""
        return self.manifest.published_at

    @cached_property
    def _con(self) -> Connection:
        con = connect(threads=2, memory="1GB")
        con.execute("set parquet_metadata_cache = true")
        return con

    def bucket(self, person_id: int) -> int:
        """The bucket a person is in."""
        return person_id % self.area.buckets

    def rows(
        self, sql: str, tables: Iterable[str] = (), person_id: int | None = None, **params: Any
    ) -> list[dict[str, Any]]:
        """The rows of a SELECT over the contract tables named in `tables`, parameters bound as `$name`.

        With `person_id` only that person's bucket is opened, and `$person_id` is bound too.
        """
        cursor, bound = self._ready(sql, tables, person_id, params)
        cursor.execute(sql, bound)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def arrow(self, sql: str, tables: Iterable[str] = (), person_id: int | None = None, **params: Any) -> Any:
        """As `rows`, as a pyarrow.Table."""
        cursor, bound = self._ready(sql, tables, person_id, params)
        return cursor.sql(sql, params=bound).to_arrow_table()

    def count(self, name: str) -> int:
        """How many rows a contract table has."""
        return self.manifest.rows(_known(name))

    def _ready(
        self, sql: str, tables: Iterable[str], person_id: int | None, params: Mapping[str, Any]
    ) -> tuple[Connection, dict[str, Any]]:
        """A cursor on which the tables are views, and the parameters that the SQL mentions."""
        cursor = self._con.cursor()
        for name in tables:
            if _known(name) in KEPT:
                self._keep(name)
                continue
            per_bucket = table(name).per == "bucket"
            bucket = self.bucket(person_id) if person_id is not None and per_bucket else None
            view(cursor, name, self.manifest.paths(name, bucket), temporary=True)
        bound = dict(params) | ({"person_id": person_id} if person_id is not None else {})
        return cursor, {k: v for k, v in bound.items() if f"${k}" in sql}

    def _keep(self, name: str) -> None:
        """Hold a small table in memory: it is joined to every person's record."""
        with self._keeping:
            if name not in self._kept:
                view(self._con, name, self.manifest.paths(name))
                self._con.execute(f'create table "_{name}" as select * from "{name}"')
                self._con.execute(f'create or replace view "{name}" as select * from "_{name}"')
                self._kept.add(name)

    def close(self) -> None:
        """Let go of the connection."""
        if "_con" in self.__dict__:
            self._con.close()
            del self.__dict__["_con"]

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _known(name: str) -> str:
    if name not in all_tables():
        raise UsageError(f"There is no table {name}.", f"There are: {', '.join(all_tables())}")
    return name


def latest(area: Path | Area) -> Snapshot:
    """The newest snapshot of an area. Raises UsageError when nothing was published."""
    opened = area if isinstance(area, Area) else open_area(Path(area))
    return Snapshot(opened, lake.current(opened))


_lock = threading.Lock()
_open: Snapshot | None = None


def newest(area: Path | Area) -> Snapshot:
    """As `latest`, kept open from one call to the next, one a process: opening takes longer than asking. An older one
    is left to whoever still reads it."""
    global _open
    found = latest(area)
    with _lock:
        if _open is None or (_open.manifest.id, _open.area.path) != (found.manifest.id, found.area.path):
            _open = found
        return _open


def forget() -> None:
    """Let go of the snapshot kept open: a process that forks must not share its connection with its children."""
    global _open
    with _lock:
        if _open is not None:
            _open.close()
        _open = None


def at(area: Path | Area, name: str) -> Snapshot:
    """An older snapshot, by its id."""
    opened = area if isinstance(area, Area) else open_area(Path(area))
    return Snapshot(opened, lake.read(opened, name))


def practice_groups(area: Path | Area) -> dict[str, str]:
    """The group of each practice that is in one, by code; empty when nothing was published yet."""
    try:
        with latest(area) as snapshot:
            found = snapshot.rows("select practice_code, group_code from practice", ("practice",))
    except UsageError:
        return {}
    return {r["practice_code"]: r["group_code"] for r in found if r["group_code"]}
