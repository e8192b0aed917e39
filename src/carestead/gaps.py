"""The check of gaps: every invariant asked of all rows at once, on the engine; what was found, kept for pages.

The store's rows come as files (`store.export` writes them): nothing here reads a database, so a check of everybody
holds up nobody who decides.
"""

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

from carestead.care.clocks import Clock
from carestead.care.gaps import Invariant, Select, invariants, sets
from carestead.care.gaps.limits import limits
from carestead.care.hours import DeskHours
from carestead.care.rungs import Rungs
from carestead.core.area import Area
from carestead.core.finding import UsageError
from carestead.engines import lake
from carestead.engines.base import Progress
from carestead.engines.duckdb import Connection, connect
from carestead.engines.work import contract_select, parquet, quote, reference, view
from carestead.reference.calendars import working_calendar
from carestead.tables import table

LABEL = "Looking for gaps"
Paths = Mapping[str, Sequence[str]]

_SO_NOW = "(until is null or until > $at)"


@dataclass(frozen=True, slots=True)
class Count:
    """How many breaches of one invariant there are at the instant of the check, how many were over by then (of the days
    it looks back), and the seconds it took to look."""

    invariant: str
    now: int
    over: int
    seconds: float


@dataclass(frozen=True)
class Checked:
    """One check. `at` is the instant it is of, `checked_at` when it was made (both aware), `looked_at` how many rows of
    each table it looked through, `part` the file of what it found (table `gap`)."""

    at: datetime
    checked_at: datetime
    counts: tuple[Count, ...]
    looked_at: Mapping[str, int]
    part: Path

    @property
    def now(self) -> int:
        """Every breach there is."""
        return sum(c.now for c in self.counts)

    def count(self, invariant: str) -> Count:
        """That of one invariant. Raises KeyError."""
        return {c.invariant: c for c in self.counts}[invariant]

    def offenders(
        self, invariant: str, *, people: Iterable[int] | None = None, limit: int | None = None
    ) -> list[dict[str, Any]]:
        """Rows of `gap`, those that are so now first, then the oldest; of `people` alone, and of nobody in particular,
        when they are given."""
        which = "" if people is None else "and (person_id is null or person_id in (select unnest($people::integer[])))"
        sql = f"""select *, {_SO_NOW} as so_now from read_parquet({quote(self.part)})
            where invariant = $invariant {which}
            order by so_now desc, since nulls first, subject_kind, subject_id, person_id limit $limit"""
        params: dict[str, Any] = {"invariant": invariant, "at": _bare(self.at), "limit": limit or 2**31}
        with closing(connect(threads=1, memory="500MB")) as con:
            con.execute(sql, params | ({} if people is None else {"people": list(people)}))
            names = [column[0] for column in con.description]
            return [dict(zip(names, row, strict=True)) for row in con.fetchall()]


def check(
    area: Area, store: Paths, work: Path, *, at: datetime, checked_at: datetime, memory_gb: float = 4.0,
    threads: int | None = None, progress: Progress | None = None, known: Mapping[str, Clock] | None = None,
    desk: DeskHours | None = None, long_absence: timedelta | None = None, ladder: Rungs | None = None,
) -> Checked:  # fmt: skip
    """Look for every gap as of the aware instant `at`; what is found is a file in the folder `work`, until it is kept.

    `store` maps the store's tables to their files; tables of the record are those of the area's newest snapshot, empty
    when nothing was published; `known` are the site's clocks by name, `desk` the hours of its duty desks,
    `long_absence` what it tells people of by letter and `ladder` that of escalation, each as shipped unless given. The
    invariants of responsibility (R1 to R5) hold for an instant of the past too; what promises and plans were then is
    not kept, so the others are of the rows as they stand.
    """
    with closing(connect(work / "spilt", threads=threads, memory=f"{memory_gb:g}GB")) as con:
        looked_at = _lay_out(con, {**_published(area), **store})
        bound = limits(at, working_calendar(), known, desk, long_absence, ladder)
        for facts in bound.tables:
            reference(con, facts)
        for made in sets():
            con.execute(f"create temp table {made.name} as {made.sql}", _bound(made, bound.params))
        nothing = ", ".join(f'null as "{name}"' for name in table("gap").names()[1:])
        con.execute(f"create temp table found as from ({_as_gap(f'select {nothing}', 'R0')}) where false")
        counts = [_look(con, i, bound.params, n, progress) for n, i in enumerate(invariants())]
        _say(progress, len(counts))
        part = work / f"gap-{uuid.uuid4().hex[:16]}.parquet"
        order = ", ".join(f'"{name}" nulls first' for name in table("gap").order)
        con.execute(f"copy (from found order by {order}) to {quote(part)} {parquet()}")
    return Checked(at, checked_at, tuple(counts), looked_at, part)


def keep(area: Area, checked: Checked) -> Checked:
    """Let a check be the area's newest, whole or not at all, and let go of what was found before."""
    folder = folder_of(area)
    part = checked.part.rename(folder / checked.part.name)
    said = {
        "at": checked.at.isoformat(), "checked_at": checked.checked_at.isoformat(), "part": part.name,
        "counts": [asdict(c) for c in checked.counts], "looked_at": checked.looked_at,
    }  # fmt: skip
    temporary = folder / f".newest-{uuid.uuid4().hex[:8]}.tmp"
    temporary.write_text(json.dumps(said, indent=1), encoding="utf-8")
    temporary.replace(folder / "newest.json")
    for old in folder.glob("gap-*.parquet"):
        if old != part:
            old.unlink(missing_ok=True)
    return replace(checked, part=part)


def folder_of(area: Area) -> Path:
    """Where an area's newest check is."""
    return area.path / "gaps"


def newest(area: Area) -> Checked | None:
    """The area's newest check; None when there was none yet."""
    folder = folder_of(area)
    try:
        said = json.loads((folder / "newest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    counts = tuple(Count(**c) for c in said["counts"])
    when = (datetime.fromisoformat(said[name]) for name in ("at", "checked_at"))
    return Checked(*when, counts, said["looked_at"], folder / said["part"])


@contextmanager
def working_folder(area: Area) -> Iterator[Path]:
    """A folder for what a check needs for the moment: people's rows are in it, so it is gone afterwards."""
    work = folder_of(area) / f".work-{uuid.uuid4().hex[:12]}"
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        rmtree(work, ignore_errors=True)


def _published(area: Area) -> Paths:
    """The files of the record's tables."""
    try:
        manifest = lake.current(area)
    except UsageError:
        return {}
    return {name: manifest.paths(name) for name in _read()}


def _read() -> list[str]:
    """Every table that is read."""
    return sorted({name for select in (*sets(), *(i.select for i in invariants())) for name in select.reads})


def _lay_out(con: Connection, paths: Paths) -> dict[str, int]:
    """Make every table readable, empty where there is none: how many rows each has."""
    for name in _read():
        view(con, name, tuple(paths.get(name, ())), temporary=True)
    rows = (con.execute(f'select count(*) from "{name}"').fetchall()[0][0] for name in _read())
    return dict(zip(_read(), rows, strict=True))


def _look(con: Connection, invariant: Invariant, params: dict[str, Any], n: int, progress: Progress | None) -> Count:
    _say(progress, n)
    began = time.perf_counter()
    con.execute(f"insert into found {_as_gap(invariant.select.sql, invariant.id)}", _bound(invariant.select, params))
    counted = f"select count(*) filter (where {_SO_NOW}), count(*) from found where invariant = $invariant"
    now, every = con.execute(counted, {"at": params["at"], "invariant": invariant.id}).fetchall()[0]
    return Count(invariant.id, now, every - now, round(time.perf_counter() - began, 3))


def _as_gap(sql: str, invariant: str) -> str:
    return contract_select(table("gap"), f"select '{invariant}' as invariant, * from ({sql})")


def _bound(select: Select, params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if f"${name}" in select.sql}


def _say(progress: Callable[[str, int, int], None] | None, done: int) -> None:
    if progress:
        progress(LABEL, done, len(invariants()))


def _bare(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
