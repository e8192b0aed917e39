"""A measurement that takes hours, to be cut off: `python measured_long.py MARK`. The file MARK says which process does
the work."""

import os
import sys
from pathlib import Path

from carestead.bench.measure import timed
from carestead.engines.duckdb import connect


def work(mark: str) -> None:
    con = connect(threads=1, memory="500MB")
    Path(mark).write_text(f"{os.getpid()}\n")
    con.execute("select count(*) from range(10_000_000) a, range(10_000_000) b where (a.range * b.range) % 7 = 3")


if __name__ == "__main__":
    timed(work, sys.argv[1], runs=1)
