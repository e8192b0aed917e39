"""The same flow on a real Spark cluster, a master and two workers, against this machine alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from carestead import flow
from carestead.bench.measure import Figure, Setting, timed
from carestead.bench.prepare import AS_OF, publish, records_area
from carestead.core.area import open_area
from carestead.engines.spark_cluster import local_cluster


def figures(setting: Setting) -> Iterator[Figure]:
    """A whole run each, from nothing published; the cluster is up, the session is counted."""
    area = records_area(setting)
    shutil.rmtree(area.lake, ignore_errors=True)
    here = timed(publish, area.path, runs=1)
    shutil.rmtree(area.lake)
    with local_cluster(setting.folder / "spark") as cluster:
        there = timed(publish_on, area.path, cluster.url, runs=1)
    same = "the same snapshot id" if there.result == here.result else "A DIFFERENT SNAPSHOT"
    yield Figure(
        "cluster", "the whole flow on Spark, two workers", "the same flow on DuckDB alone",
        there.seconds, here.seconds, there.peak_mb, note=f"{same}; driver's memory; session start counted",
    )  # fmt: skip


def publish_on(path: Path, url: str) -> str:
    """A whole run on the cluster: the snapshot's id."""
    from carestead.engines.spark import Spark

    area = open_area(path)
    engine = Spark(area.scratch, master=url)
    try:
        return flow.run(area, as_of=AS_OF, engine=engine).manifest.id
    finally:
        engine.close()
