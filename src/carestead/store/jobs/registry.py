"""What a worker can do, by name. A function says so itself, in any module of a room of the store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from carestead import store
from carestead.core.finding import UsageError
from carestead.store.jobs.schedule import Schedule

LEASE = timedelta(seconds=30)
"""How long a worker may be silent about a job before another one takes it."""

CLOCK_PUT_BACK = timedelta(minutes=10)
"""No lease is as long as this: one that ends later was taken before a clock was put back."""

Again = timedelta | None
"""What a job answers: nothing when it is done, or how long until it wants to run again."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A function a worker may run. `outside` says that its slow part must not hold a transaction."""

    name: str
    run: Callable[..., Any]
    outside: bool
    lease: timedelta
    schedule: Schedule | None


_known: dict[str, Registered] = {}


def job(
    name: str, *, outside: bool = False, lease: timedelta = LEASE, schedule: Schedule | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a job.

    It is called as `run(at=now, **args)` inside the transaction that also ends the job: its effect and its completion
    are kept together or not at all. It answers `Again`.

    With `outside` it is called before that transaction, as `run(at=now, beat=beat, **args)`, and gives back what to
    call inside it (which answers `Again`). It must bear being run twice up to there, and call `beat()` more often
    than its lease lasts. With `schedule`, a job without arguments is asked for whenever that is due.
    """

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        if name in _known and _known[name].run.__qualname__ != run.__qualname__:
            raise TypeError(f"Two functions are called the job {name}.")
        if lease >= CLOCK_PUT_BACK:
            raise TypeError(f"The lease of {name} is too long: beat() keeps a job for longer.")
        _known[name] = Registered(name, run, outside, lease, schedule)
        return run

    return register


def find(name: str) -> Registered:
    """The function registered as `name`. Raises UsageError when there is none."""
    discover()
    if name not in _known:
        raise UsageError(f"No job is called {name}.", "Was it made by a newer carestead? Upgrade, or give it up.")
    return _known[name]


def lease_of(name: str) -> timedelta:
    """The lease of a job; of one that is not known, the usual one: it is taken, fails, and says why."""
    discover()
    return _known[name].lease if name in _known else LEASE


def scheduled() -> list[Registered]:
    """The jobs that have a schedule, by name."""
    discover()
    return sorted((r for r in _known.values() if r.schedule), key=lambda r: r.name)


@cache
def discover() -> None:
    """Import every module of every room of the store once, so that what it registers is known."""
    for room in iter_modules(store.__path__, "carestead.store."):
        if room.ispkg:
            for module in iter_modules(import_module(room.name).__path__, f"{room.name}."):
                if not module.ispkg:
                    import_module(module.name)
