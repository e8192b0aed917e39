"""Progress on the terminal: what is being done, how many are done, how long it will take."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from carestead.engines.base import Progress as Report


@contextmanager
def progress() -> Iterator[Report]:
    """A function `(label, done, total)` that draws bars; where there is no terminal it writes a line at each end."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("left"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as bars:
        yield _bars(bars)


def _bars(bars: Progress) -> Report:
    tasks: dict[str, TaskID] = {}

    def report(label: str, done: int, total: int) -> None:
        if label not in tasks:
            tasks[label] = bars.add_task(label, total=total)
        bars.update(tasks[label], completed=done, total=total)

    return report


def _lines() -> Report:
    ended: set[str] = set()
    last = time.monotonic()

    def report(label: str, done: int, total: int) -> None:
        nonlocal last
        if done >= total > 0 and label not in ended:
            print(f"{label}: {total:,} in {time.monotonic() - last:.1f} s", file=sys.stderr)
            ended.add(label)
            last = time.monotonic()

    return report
