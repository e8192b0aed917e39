"""Killing the pages and the worker, again and again, while clients write: what was acknowledged must still be there."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from carestead.bench.crash.ground import prepare
from carestead.bench.crash.receiver import Heard, receiver
from carestead.bench.crash.report import Report
from carestead.bench.crash.server import Server
from carestead.core.finding import CaresteadError

Tell = Callable[[str], Any]

DRAIN_SECONDS = 180.0
"""Longer than any lease: a job whose worker was killed waits for the end of its own."""
MOST_SECONDS = 4.0
"""The longest that pages and worker live between two kills."""

JOBS_A_ROUND = 5


def run(
    area: Path, folder: Path, *, kills: int = 100, clients: int = 4, seed: int = 1, tell: Tell = lambda words: None
) -> Report:
    """Serve a copy of `area` (made-up people) in `folder`, let `clients` write, kill everything `kills` times with
    SIGKILL at moments drawn by `seed`, then count what is wrong. Ctrl-C ends the storm early: what was is counted. The
    store is SQLite, or what CARESTEAD_DB names: it must be empty."""
    scratch = prepare(area, folder)
    from carestead.bench.crash import reckon

    server, began = Server(scratch), time.monotonic()
    with receiver() as heard:
        try:
            server.start()
            reckon.subscribe_to(heard.url)
            writers = reckon.writers(server.url, clients, seed)
            restarts = _storm(server, kills, random.Random(seed), reckon.ask_for_jobs, tell)  # noqa: S311
            for each in writers:
                each.end()
            tell("Waiting until nothing is left to do ...")
            _drain(reckon.left)
            server.stop()
        finally:
            server.kill()
    return reckon.reckon(
        writers, heard, kills=len(restarts), seconds=time.monotonic() - began, restart_seconds=restarts
    )


def _storm(
    server: Server, kills: int, chance: random.Random, ask_for_jobs: Callable[[int, int], None], tell: Tell
) -> list[float]:
    """Kill and start again: the seconds each start took until it answered."""
    restarts: list[float] = []
    try:
        for n in range(kills):
            ask_for_jobs(n, JOBS_A_ROUND)
            restarts.append(_kill(server, chance))
            tell(f"killed {n + 1} of {kills}")
    except KeyboardInterrupt:
        tell(f"Stopped after {len(restarts)} kills.")
        server.kill()
        server.start()
    return restarts


def _kill(server: Server, chance: random.Random) -> float:
    time.sleep(chance.uniform(0, MOST_SECONDS))
    server.kill()
    if chance.random() < 0.1:  # now and then before it has come up at all
        server.launch()
        time.sleep(chance.uniform(0, MOST_SECONDS))
        server.kill()
    return server.start()


def _drain(left: Callable[[], int]) -> None:
    until = time.monotonic() + DRAIN_SECONDS
    while left():
        if time.monotonic() > until:
            raise CaresteadError(f"{left()} jobs and messages are still left after {DRAIN_SECONDS:.0f} seconds.")
        time.sleep(0.5)


__all__ = ["Heard", "Report", "run"]
