"""The published tables, as pages read them: one query a `.sql` file beside its page, parameters bound."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from carestead import results
from carestead.core.finding import UsageError

_WEB = Path(__file__).parent
_lock = threading.Lock()
_newest: "Published | None" = None

Row = dict[str, Any]


@dataclass(frozen=True)
class Query:
    """A SELECT and the contract tables its first line names: `-- reads: person, score`."""

    sql: str
    tables: tuple[str, ...]


@cache
def query(name: str) -> Query:
    """The query in `web/<name>.sql`."""
    sql = (_WEB / f"{name}.sql").read_text(encoding="utf-8")
    named = re.match(r"-- reads: (.+)\n", sql)
    if not named:
        raise TypeError(f"{name}.sql must begin with the line '-- reads: table, table'.")
    return Query(sql, tuple(t.strip() for t in named[1].split(",")))


class Published:
    """A snapshot and what pages look up in it again and again."""

    def __init__(self, snapshot: results.Snapshot) -> None:
        self.snapshot = snapshot
        self.id = snapshot.manifest.id
        self._kept: dict[tuple[object, ...], list[Row]] = {}

    @property
    def as_of(self) -> date:
        """The day the tables are for."""
        return self.snapshot.as_of

    def rows(self, name: str, person_id: int | None = None, **params: Any) -> list[Row]:
        """The rows of the query `web/<name>.sql`; with `person_id`, of that person's bucket alone."""
        wanted = query(name)
        return self.snapshot.rows(wanted.sql, wanted.tables, person_id, **{"as_of": self.as_of, **params})

    def rows_once(self, name: str, **params: Any) -> list[Row]:
        """As `rows`, asked once a snapshot: for what scans everybody and never changes within it."""
        key = (name, *sorted(params.items()))
        if key not in self._kept:
            self._kept[key] = self.rows(name, **params)
        return self._kept[key]

    @cached_property
    def sources(self) -> list[Row]:
        """Each source, with `silent_days`: how many days its delivery is overdue; nought when it is not."""
        return self.rows("sources/sources")

    @cached_property
    def silent(self) -> list[Row]:
        """The sources whose delivery is overdue."""
        return [s for s in self.sources if s["silent_days"] > 0]

    @cached_property
    def practices(self) -> dict[str, Row]:
        """Practices by code."""
        return {r["practice_code"]: r for r in self.rows("assign/practices")}

    @cached_property
    def practitioners(self) -> Mapping[str, Row]:
        """Practitioners by code."""
        return {r["practitioner_code"]: r for r in self.rows("assign/practitioners")}

    @cached_property
    def organisations(self) -> Mapping[str, Row]:
        """Organisations by code."""
        return {r["organisation_code"]: r for r in self.rows("assign/organisations")}

    @cached_property
    def workload(self) -> list[Row]:
        """Each holder's capacity and the people proposed for them."""
        return self.rows("assign/workload")

    def practitioner_name(self, code: str | None) -> str:
        """A practitioner's name, or their code."""
        return (self.practitioners.get(code or "", {}).get("name") or code) or "nobody"

    def organisation_name(self, code: str | None) -> str:
        """An organisation's name, or its code."""
        named = self.practices.get(code or "") or self.organisations.get(code or "") or {}
        return named.get("name") or code or "not known"


def published() -> Published:
    """The newest snapshot of the area served. Raises UsageError when there is none."""
    global _newest
    if settings.AREA is None:
        raise UsageError("No area is being served.", "Set CARESTEAD_AREA to the area's folder.")
    found = results.newest(settings.AREA)
    with _lock:
        if _newest is None or _newest.snapshot is not found:
            _newest = Published(found)
        return _newest


def forget() -> None:
    """Let go of the snapshot and of what was looked up in it (`results.forget`)."""
    global _newest
    results.forget()
    with _lock:
        _newest = None
