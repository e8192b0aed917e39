"""DuckDB, the embedded default: buckets are worked through on this machine, several at a time."""

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import duckdb

from carestead.core.finding import StorageError
from carestead.engines.base import Progress, Receipt, SpreadTask, Task
from carestead.engines.spread import spread
from carestead.engines.work import work

Connection = duckdb.DuckDBPyConnection


def connect(scratch: Path | None = None, *, threads: int | None = None, memory: str | None = None) -> Connection:
    """A connection in memory. It spills to `scratch`, keeps `memory` (such as `2GB`), and loads no extension."""
    config: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    if threads:
        config["threads"] = threads
    if memory:
        config["memory_limit"] = memory
    if scratch:
        scratch.mkdir(parents=True, exist_ok=True)
        config["temp_directory"] = str(scratch)
    con = duckdb.connect(":memory:", config=config)
    con.execute("set preserve_insertion_order = false")
    return _settled(con)


def session(engine: Connection) -> Connection:
    """A connection to the engine of another one, which sees no temporary view or table of its other sessions."""
    return _settled(engine.cursor())


def _settled(con: Connection) -> Connection:
    """With what DuckDB keeps apart for each session."""
    con.execute("set enable_progress_bar = false")
    con.execute("set TimeZone = 'UTC'")
    return con


class DuckDB:
    """Runs tasks in threads, each with an engine, a share of the processors and of the memory of its own."""

    name = "duckdb"

    def __init__(self, scratch: Path, *, workers: int | None = None, memory_gb: float = 4.0) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._scratch = scratch
        self._memory = f"{max(0.5, memory_gb / self.workers):.2f}GB"

    def run(self, tasks: Iterable[Task], *, label: str, progress: Progress | None = None) -> list[Receipt]:
        """See `Engine.run`."""
        results = self._each(lambda con, t: work(con, t, self.name), list(tasks), label, progress)
        return [receipt for receipts in results for receipt in receipts]

    def spread(self, tasks: Iterable[SpreadTask], *, label: str, progress: Progress | None = None) -> None:
        """See `Engine.spread`."""
        self._each(spread, list(tasks), label, progress)

    def close(self) -> None:
        """Nothing is held between runs."""

    def _each(
        self, do: Callable[[Connection, Any], Any], tasks: list[Any], label: str, progress: Progress | None
    ) -> list[Any]:
        if not tasks:
            return []
        results = []
        with ExitStack() as engines, ThreadPoolExecutor(max_workers=self.workers) as pool:
            held = threading.local()
            for future in as_completed([pool.submit(self._one, do, t, held, engines) for t in tasks]):
                results.append(future.result())
                if progress:
                    progress(label, len(results), len(tasks))
        return results

    def _one(self, do: Callable[[Connection, Any], Any], task: Any, held: threading.local, engines: ExitStack) -> Any:
        """Do the task in a session of its own, which sees no view or table of another's, on the thread's engine."""
        if not hasattr(held, "engine"):
            held.engine = engines.enter_context(closing(self._open()))
        try:
            with closing(session(held.engine)) as con:
                return do(con, task)
        except duckdb.IOException as error:
            if "No space left" in str(error):
                raise StorageError(
                    f"The disk that holds {self._scratch.parent} is full.", "Free some space, then run again."
                ) from error
            raise

    def _open(self) -> Connection:
        """An engine for one thread. Opening one takes as long as a small task, so it is kept until the last."""
        return connect(self._scratch, threads=max(1, (os.cpu_count() or 1) // self.workers), memory=self._memory)
