"""Some steps of the flow by themselves, over a lake that is there: what a run does for them, and nothing else."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from carestead import flow
from carestead.bench.prepare import AS_OF
from carestead.core.area import Area, open_area
from carestead.core.step import SetStep
from carestead.engines import lake
from carestead.engines.base import Receipt, Statement, Task
from carestead.engines.duckdb import DuckDB


def carry_out(path: Path, names: Sequence[str]) -> dict[str, int]:
    """Run the steps called `names` on every bucket, from nothing, each after what it reads: the rows each gave.

    What none of them gives must be in the lake, or is empty.
    """
    area = open_area(path)
    out = given_parts(path)
    shutil.rmtree(out, ignore_errors=True)
    chosen = [s for s in flow.steps() if s.name in names and isinstance(s, SetStep)]
    assert {s.name for s in chosen} == set(names), set(names) - {s.name for s in chosen}
    given = {t for s in chosen for t in flow.gives(s)}
    ready = {t for s in chosen for t in s.reads} - given
    parts, engine = lake.adopted(area), DuckDB(area.scratch)
    made: list[Receipt] = []
    for stage in flow.stages(chosen, ready):
        sets = [s for s in stage if isinstance(s, SetStep)]
        buckets: list[int | None] = list(range(area.buckets)) if sets[0].per == "bucket" else [None]
        made += engine.run([_task(area, sets, b, [*parts, *made], out) for b in buckets], label="bench")
    return {name: sum(r.rows for r in made if r.step == name) for name in names}


def given_parts(path: Path) -> Path:
    """The folder of what was given last: a part a step and bucket, `<step>-<bucket>.parquet`."""
    return path / "bench-parts"


def _task(area: Area, sets: Sequence[SetStep], bucket: int | None, parts: Sequence[Receipt], out: Path) -> Task:
    wanted = {name for step in sets for name in step.reads}
    views = {
        name: tuple(p.path for p in parts if p.table == name and (bucket is None or p.bucket in (bucket, None)))
        for name in wanted
    }
    return Task(bucket, views, tuple(_statement(s, out / f"{s.name}-{bucket}.parquet") for s in sets))


def _statement(step: SetStep, output: Path) -> Statement:
    return Statement(step.name, step.gives, step.text(), str(output), "bench", step.bound(AS_OF), step.references)
