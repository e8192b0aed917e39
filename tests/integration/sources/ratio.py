"""How long an ingest of FHIR NDJSON takes against a bare typed read of the same files, both in this process.

python tests/integration/sources/ratio.py FOLDER [REPEATS]
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from carestead.sources import ingest
from carestead.sources.discover import discover
from carestead.sources.fhir.schema import columns_sql
from carestead.sources.fhir.stage import _read


def connect() -> duckdb.DuckDBPyConnection:
    """A fresh engine with two threads."""
    return duckdb.connect(config={"threads": 2})


def bare_read(folder: Path) -> float:
    """Seconds to read every NDJSON file of `folder` into tables, typed as the ingest reads them."""
    files = discover([folder])[0].files
    started = time.perf_counter()
    con = connect()
    for i, file in enumerate(files):
        con.execute(f"create temp table t{i} as select * from {_read(file.path, columns_sql(file.kind))}")
        con.execute(f"drop table t{i}")
    return time.perf_counter() - started


def whole_ingest(folder: Path) -> float:
    """Seconds to ingest `folder` into a new area."""
    with tempfile.TemporaryDirectory() as home:
        area = Path(home)
        (area / "area.json").write_text('{"format": 1, "name": "ratio", "buckets": 4, "synthetic": true}')
        started = time.perf_counter()
        ingest(connect, area, [folder], delivered_on=date(2026, 1, 1))
        return time.perf_counter() - started


def ratio(folder: Path, repeats: int = 3) -> tuple[float, float]:
    """(median seconds of the bare read, of the ingest), taken in turn."""
    pairs = [(bare_read(folder), whole_ingest(folder)) for _ in range(repeats)]
    return sorted(p[0] for p in pairs)[repeats // 2], sorted(p[1] for p in pairs)[repeats // 2]


if __name__ == "__main__":
    bare, whole = ratio(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    print(f"bare typed read {bare:.2f} s, ingest {whole:.2f} s, ratio {whole / bare:.2f}")
