"""Scores over everybody's events, against a bare scan of the columns they read."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from carestead import flow
from carestead.bench.measure import Figure, Setting, timed
from carestead.bench.prepare import AS_OF, lake_area
from carestead.core.area import Area, open_area
from carestead.core.step import SetStep
from carestead.engines import lake
from carestead.engines.base import Statement, Task
from carestead.engines.duckdb import DuckDB, connect

SCANS = {
    "efi": ("event", "sum(person_id), sum(code_id), max(date)"),
    "efi_evidence": ("event", "sum(person_id), sum(code_id), max(date)"),
}
TARGETS = {"efi": 3.0}


def figures(setting: Setting) -> Iterator[Figure]:
    """One figure a score: all buckets, one at a time a processor, result written to Parquet."""
    area = lake_area(setting)
    rows = {p.table: 0 for p in lake.adopted(area)}
    for p in lake.adopted(area):
        rows[p.table] += p.rows
    for name, (source, columns) in SCANS.items():
        bare = timed(scan, area.path, source, columns, runs=setting.runs)
        score = timed(run_step, area.path, name, runs=setting.runs)
        what = f"{name} for {setting.people:,} people, {rows[source]:,} rows of {source}"
        yield Figure(
            "scores", what, "a bare scan of its columns", score.seconds, bare.seconds, score.peak_mb, TARGETS.get(name),
        )  # fmt: skip


def scan(path: Path, source: str, columns: str) -> list[tuple[object, ...]]:
    """Read the columns of every part, and nothing else."""
    files = [p.path for p in lake.adopted(open_area(path)) if p.table == source]
    con = connect(threads=2)
    return con.execute(f"select {columns} from read_parquet($files)", {"files": files}).fetchall()


def run_step(path: Path, name: str) -> int:
    """Run one step on every bucket, from nothing, as a run does."""
    area = open_area(path)
    out = area.path / "bench-parts"
    shutil.rmtree(out, ignore_errors=True)
    step = next(s for s in flow.steps() if s.name == name)
    assert isinstance(step, SetStep)
    receipts = DuckDB(area.scratch).run(_tasks(area, step, out), label=name)
    return sum(r.rows for r in receipts)


def _tasks(area: Area, step: SetStep, out: Path) -> list[Task]:
    params = {k: v for k, v in {"as_of": AS_OF, **step.params}.items() if f"${k}" in step.text()}
    parts = lake.adopted(area)
    tasks = []
    for bucket in range(area.buckets):
        views = {n: tuple(p.path for p in parts if p.table == n and p.bucket in (bucket, None)) for n in step.reads}
        output = str(out / f"{step.name}-{bucket}.parquet")
        statement = Statement(step.name, step.gives, step.text(), output, "bench", params, step.references)
        tasks.append(replace(Task(bucket, views, ()), statements=(statement,)))
    return tasks
