"""The whole run for everybody and for a tenth of them: how its time grows with people, and what memory it takes."""

import math
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from carestead import flow
from carestead.bench.measure import Figure, Setting, timed
from carestead.bench.prepare import AS_OF, lake_area
from carestead.core.area import open_area
from carestead.engines.duckdb import DuckDB


def figures(setting: Setting) -> Iterator[Figure]:
    """Time for `setting.people` against ten times that for a tenth; the exponent is 1 when it grows as people do."""
    small = replace(setting, people=max(1000, setting.people // 10))
    seconds = {}
    for each in (small, setting):
        done = timed(whole_run, lake_area(each).path, runs=1)
        seconds[each.people] = done.seconds
    times = setting.people / small.people
    exponent = math.log(done.seconds / seconds[small.people]) / math.log(times)
    yield Figure(
        "scale", f"the whole run for {setting.people:,} people, about 100 events each",
        f"{times:.0f} x the run for {small.people:,}", done.seconds, seconds[small.people] * times, done.peak_mb, 1.0,
        f"time grows with people to the power {exponent:.2f}",
    )  # fmt: skip


def whole_run(path: Path) -> str:
    """Every step, from nothing made or published before: the snapshot's id."""
    area = open_area(path)
    for made in ("parts", "manifests"):
        shutil.rmtree(area.lake / made, ignore_errors=True)
    (area.lake / "CURRENT").unlink(missing_ok=True)
    return flow.run(area, as_of=AS_OF, engine=DuckDB(area.scratch)).manifest.id
