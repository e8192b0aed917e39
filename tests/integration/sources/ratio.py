"""How long an ingest of FHIR NDJSON takes against a bare typed read of the same files, both in this process.

python tests/integration/sources/ratio.py FOLDER [REPEATS]
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from carestead.sources import ingest
from carestead.sources.discover import discover
from carestead.sources.fhir.schema import columns_sql
from carestead.sources.fhir.stage import _read

Clock = Callable[[], float]


def connect() -> duckdb.DuckDBPyConnection:
    """A fresh engine with two threads."""
    return duckdb.connect(config={"threads": 2})


def bare_read(folder: Path, clock: Clock = time.perf_counter) -> float:
    """Seconds to read every NDJSON file of `folder` into tables, typed as the ingest reads them."""
    files = discover([folder])[0].files
    started = clock()
    con = connect()
    for i, file in enumerate(files):
        con.execute(f"create temp table t{i} as select * from {_read(file.path, columns_sql(file.kind))}")
        con.execute(f"drop table t{i}")
    return clock() - started


def whole_ingest(folder: Path, clock: Clock = time.perf_counter) -> float:
    """Seconds to ingest `folder` into a new area."""
    with tempfile.TemporaryDirectory() as home:
        area = Path(home)
        (area / "area.json").write_text('{"format": 1, "name": "ratio", "buckets": 4, "synthetic": true}')
        started = clock()
        ingest(connect, area, [folder], delivered_on=date(2026, 1, 1))
        return clock() - started


def ratio(folder: Path, repeats: int = 3, clock: Clock = time.perf_counter) -> tuple[float, float]:
    """(median seconds of the bare read, of the ingest), taken in turn, by this clock: `time.process_time` counts the
    processors' seconds, which a busy machine disturbs less."""
    pairs = [(bare_read(folder, clock), whole_ingest(folder, clock)) for _ in range(repeats)]
    return sorted(p[0] for p in pairs)[repeats // 2], sorted(p[1] for p in pairs)[repeats // 2]


if __name__ == "__main__":
    for name, clock in (("by the clock", time.perf_counter), ("of processor time", time.process_time)):
        bare, whole = ratio(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3, clock)
        print(f"{name}: bare typed read {bare:.2f} s, ingest {whole:.2f} s, ratio {whole / bare:.2f}")
