"""One person's whole record, and the evidence of their scores, out of everybody's."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from carestead import flow, results
from carestead.bench.measure import Figure, Setting, timed
from carestead.bench.prepare import AS_OF, lake_area
from carestead.core.area import open_area
from carestead.engines import lake
from carestead.engines.duckdb import DuckDB
from carestead.tables import delivered_tables, table

TARGET_MS = 50.0
EVIDENCE_MS = 100.0
EVIDENCE = """select e.*, c.system, c.code, c.display, s.title
from evidence e left join code c using (code_id) left join source s using (source_id) where e.person_id = $person_id"""


def figures(setting: Setting) -> Iterator[Figure]:
    """Median and 95th percentile over 200 people, against bars of 50 and 100 milliseconds."""
    area = lake_area(setting)
    if not (area.lake / "CURRENT").exists():
        flow.run(area, as_of=AS_OF, engine=DuckDB(area.scratch))
    for what, read, bar in (
        ("whole record", read_record, TARGET_MS),
        ("evidence of every score", read_evidence, EVIDENCE_MS),
    ):
        done = timed(read_many, area.path, setting.people, read, runs=1)
        median, slow, rows = done.result
        yield Figure(
            "one person", f"{what} ({rows:.0f} rows) out of {setting.people:,} people, median",
            f"the bar of {bar:.0f} ms", median, bar / 1000, done.peak_mb, 1.0, f"95th percentile {slow * 1000:.0f} ms",
        )  # fmt: skip


def read_many(path: Path, people: int, read: Callable[[results.Snapshot, int], int]) -> tuple[float, float, float]:
    """(median seconds, 95th percentile, mean rows) of what `read` reads of 200 people, chosen by seed."""
    chosen = random.Random(7).sample(range(people), 220)  # noqa: S311  not for secrets
    seconds, rows = [], 0
    with results.Snapshot(open_area(path), lake.current(open_area(path))) as snapshot:
        for n, person in enumerate(chosen):
            began = time.perf_counter()
            found = read(snapshot, person)
            if n >= 20:
                seconds.append(time.perf_counter() - began)
                rows += found
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[18], rows / len(seconds)


def read_record(snapshot: results.Snapshot, person: int) -> int:
    """Every record table of one person, codes in words: the number of rows."""
    names = [n for n, t in delivered_tables().items() if t.per == "bucket"]
    return sum(len(_read(snapshot, name, person)) for name in names)


def read_evidence(snapshot: results.Snapshot, person: int) -> int:
    """The rows behind every score of one person, codes and sources in words."""
    return len(snapshot.rows(EVIDENCE, ("evidence", "code", "source"), person))


def _read(snapshot: results.Snapshot, name: str, person: int) -> list[dict[str, object]]:
    code = "code_id" in table(name).names()
    if code:
        coded = f'select t.*, c.system, c.code, c.display from "{name}" t join code c using (code_id)'
        return snapshot.rows(f"{coded} where t.person_id = $person_id", (name, "code"), person)
    return snapshot.rows(f'select * from "{name}" where person_id = $person_id', (name,), person)
