"""A Spark cluster: the same tasks, carried out by the same DuckDB inside Spark tasks.

Spark brings what a cluster is for: where things run, retries, machines that are lost. Executors need this package
and the area's folder at the same path (a mounted volume). No rows pass through Spark.
"""

import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from carestead.core.finding import UsageError
from carestead.engines.base import Progress, Receipt, SpreadTask, Task
from carestead.engines.spread import spread
from carestead.engines.work import work

with warnings.catch_warnings():
    # It warns of pandas 3 on import; no data frame of it is used here.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    from pyspark import SparkConf, SparkContext


class Spark:
    """Runs tasks as jobs of an existing cluster at `master` (such as `spark://host:7077`)."""

    name = "spark"

    def __init__(self, scratch: Path, *, master: str, memory_gb: float = 1.0) -> None:
        self._scratch = str(scratch)
        self._memory = f"{memory_gb:.2f}GB"
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        if any(h in master for h in ("127.0.0.1", "localhost", "local[", "local-cluster")):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        conf = SparkConf().setMaster(master).setAppName("carestead")
        conf.set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false")
        conf.set("spark.task.maxFailures", "8")
        conf.set("spark.executorEnv.PYTHONPATH", os.pathsep.join(p for p in sys.path if p))
        try:
            self._context = SparkContext(conf=conf)
        except Exception as error:
            raise UsageError(
                f"No Spark cluster answers at {master}.", "Start it, or name another: --spark-master URL"
            ) from error
        self._context.setLogLevel("ERROR")

    def run(self, tasks: Iterable[Task], *, label: str, progress: Progress | None = None) -> list[Receipt]:
        """See `Engine.run`."""
        scratch, memory = self._scratch, self._memory
        made = self._each(
            lambda t: _on_connection(lambda con: work(con, t, "spark"), scratch, memory), tasks, label, progress
        )
        return [receipt for receipts in made for receipt in receipts]

    def spread(self, tasks: Iterable[SpreadTask], *, label: str, progress: Progress | None = None) -> None:
        """See `Engine.spread`."""
        scratch, memory = self._scratch, self._memory
        self._each(lambda t: _on_connection(lambda con: spread(con, t), scratch, memory), tasks, label, progress)

    def close(self) -> None:
        """Give the cluster's executors back."""
        self._context.stop()

    def _each(self, do: Callable[[Any], Any], tasks: Iterable[Any], label: str, progress: Progress | None) -> list[Any]:
        """One Spark task a task. Progress is asked of the scheduler while the job runs."""
        every = list(tasks)
        if not every:
            return []
        group = f"carestead-{id(every)}"
        self._context.setJobGroup(group, label)
        ended = threading.Event()
        watch = threading.Thread(target=self._watch, args=(group, label, len(every), progress, ended), daemon=True)
        watch.start()
        try:
            return self._context.parallelize(every, len(every)).map(do).collect()
        finally:
            ended.set()
            watch.join()

    def _watch(self, group: str, label: str, total: int, progress: Progress | None, ended: threading.Event) -> None:
        tracker = self._context.statusTracker()
        while not ended.wait(0.5):
            stages = [s for job in tracker.getJobIdsForGroup(group) for s in _stages(tracker, job)]
            if progress and stages:
                progress(label, sum(s.numCompletedTasks for s in stages), total)
        if progress:
            progress(label, total, total)


def _stages(tracker: Any, job: int) -> list[Any]:
    info = tracker.getJobInfo(job)
    return [s for i in (info.stageIds if info else []) if (s := tracker.getStageInfo(i))]


def _on_connection(do: Callable[[Any], Any], scratch: str, memory: str) -> Any:
    """What an executor does: open DuckDB with one thread, work, close."""
    from carestead.engines.duckdb import connect

    con = connect(Path(scratch) / str(os.getpid()), threads=1, memory=memory)
    try:
        return do(con)
    finally:
        con.close()
