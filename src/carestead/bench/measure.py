"""How a figure is measured: each thing in a process of its own, so that its peak memory is its own."""

import multiprocessing
import os
import resource
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from carestead.core.finding import CaresteadError


@dataclass(frozen=True)
class Setting:
    """How large, where, and how often. `shared` is the folder of real data sets, when it is there."""

    people: int
    folder: Path
    runs: int = 3
    shared: Path | None = None

    def area_of(self, name: str) -> Path:
        """A folder of the benchmark's own for so many people; what is there is used again."""
        return self.folder / f"{name}-{self.people}"


@dataclass(frozen=True)
class Figure:
    """What was measured against what; `target` is the bar the ratio should stay under (or over, with `at_least`).

    With `at_least` the ratio is of rates: `amount` worked through in `seconds`, against `against_amount` in
    `against_seconds`.
    """

    subject: str
    what: str
    against: str
    seconds: float
    against_seconds: float
    peak_mb: float
    target: float | None = None
    note: str = ""
    at_least: bool = False
    amount: float = 1.0
    against_amount: float = 1.0

    @property
    def ratio(self) -> float:
        """Times the thing it is measured against: its time, or its rate."""
        times, of = self.seconds * self.against_amount, self.against_seconds * self.amount
        times, of = (of, times) if self.at_least else (times, of)
        return times / of if of else float("nan")

    @property
    def bar(self) -> str:
        """The target in a table: `≤ 3`, `≥ 20`, or nothing."""
        return "" if self.target is None else f"{'≥' if self.at_least else '≤'} {self.target:g}"

    def as_dict(self) -> dict[str, Any]:
        """For the saved JSON."""
        return asdict(self) | {"ratio": round(self.ratio, 3)}


@dataclass(frozen=True)
class Timed:
    """Median seconds of the runs, all of them, the peak memory of the process, what the last run returned, and the
    median seconds of processor, of all threads."""

    seconds: float
    every: tuple[float, ...]
    peak_mb: float
    result: Any
    processor: float


def timed(do: Callable[..., Any], *arguments: Any, runs: int = 3) -> Timed:
    """Run `do(*arguments)` in a fresh process, `runs` times after one that is not counted when `runs` is over 1.

    `do` must be importable (a module-level function). Raises what it raised. However this process ends, the fresh one
    ends with it: it would go on writing for minutes into folders that the next measurement uses.
    """
    here, there = multiprocessing.get_context("spawn").Pipe(duplex=False)
    # no daemon: those may start no processes of their own, and what is measured may want some
    process = multiprocessing.get_context("spawn").Process(target=_measured, args=(there, do, arguments, runs))
    process.start()
    there.close()
    try:
        said = here.recv()
        process.join()
    except EOFError:
        process.join()
        raise CaresteadError(f"Measuring {do.__qualname__} ended with code {process.exitcode}.") from None
    finally:
        process.terminate()  # after Ctrl-C; nothing where it has ended
        process.join()
    if isinstance(said, BaseException):
        raise said
    every, processor, peak, result = said
    return Timed(statistics.median(every), tuple(every), peak, result, statistics.median(processor))


def _measured(pipe: Any, do: Callable[..., Any], arguments: tuple[Any, ...], runs: int) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        every, processor, result = [], [], None
        for n in range(runs + (runs > 1)):
            began, worked = time.perf_counter(), time.process_time()
            result = do(*arguments)
            if n or runs == 1:
                every.append(time.perf_counter() - began)
                processor.append(time.process_time() - worked)
        pipe.send((every, processor, _peak_mb(), result))
    except BaseException as error:  # the parent raises it again
        pipe.send(error)


def _end_with_parent() -> None:
    """End this process as soon as the one that started it has gone, also killed: then nobody is left to end it."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _peak_mb() -> float:
    """This process's own peak memory. The kernel's `ru_maxrss` starts from the parent's, which may have been larger."""
    status = Path("/proc/self/status")
    if status.exists():
        words = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:")).split()
        return int(words[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
