"""One person's whole record, out of everybody's."""

import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from carestead import flow, results
from carestead.bench.measure import Figure, Setting, timed
from carestead.bench.prepare import AS_OF, lake_area
from carestead.core.area import open_area
from carestead.engines import lake
from carestead.engines.duckdb import DuckDB
from carestead.tables import delivered_tables, table

TARGET_MS = 50.0


def figures(setting: Setting) -> Iterator[Figure]:
    """Median and 95th percentile over 200 people, in milliseconds against the bar of 50."""
    area = lake_area(setting)
    if not (area.lake / "CURRENT").exists():
        flow.run(area, as_of=AS_OF, engine=DuckDB(area.scratch))
    done = timed(read_many, area.path, setting.people, runs=1)
    median, slow, rows = done.result
    yield Figure(
        "one person", f"whole record ({rows:.0f} rows) out of {setting.people:,} people, median", "the bar of 50 ms",
        median, TARGET_MS / 1000, done.peak_mb, 1.0, f"95th percentile {slow * 1000:.0f} ms",
    )  # fmt: skip


def read_many(path: Path, people: int) -> tuple[float, float, float]:
    """(median seconds, 95th percentile, mean rows) of reading every record table of 200 people, chosen by seed."""
    names = [n for n, t in delivered_tables().items() if t.per == "bucket"]
    chosen = random.Random(7).sample(range(people), 220)  # noqa: S311  not for secrets
    seconds, rows = [], 0
    with results.Snapshot(open_area(path), lake.current(open_area(path))) as snapshot:
        for n, person in enumerate(chosen):
            began = time.perf_counter()
            found = sum(len(_read(snapshot, name, person)) for name in names)
            if n >= 20:
                seconds.append(time.perf_counter() - began)
                rows += found
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[18], rows / len(seconds)


def _read(snapshot: results.Snapshot, name: str, person: int) -> list[dict[str, object]]:
    code = "code_id" in table(name).names()
    if code:
        coded = f'select t.*, c.system, c.code, c.display from "{name}" t join code c using (code_id)'
        return snapshot.rows(f"{coded} where t.person_id = $person_id", (name, "code"), person)
    return snapshot.rows(f'select * from "{name}" where person_id = $person_id', (name,), person)
