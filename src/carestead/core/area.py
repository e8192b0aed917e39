"""An area: the folder that holds one neighbourhood's deliveries, lake and decisions. Paths, settings, the lock."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from carestead.core.finding import BusyError, StorageError, UsageError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Area:
    """An area's folder and the settings fixed when it was made.

    `buckets` is the number of person buckets, for good; `synthetic` says that everybody in it is made up, without
    which no demonstration log-in is possible.
    """

    path: Path
    name: str
    buckets: int
    synthetic: bool

    @property
    def deliveries(self) -> Path:
        """What suppliers sent, one folder a source and below it one a delivery."""
        return self.path / "deliveries"

    @property
    def lake(self) -> Path:
        """The published tables: immutable parts and a manifest a snapshot."""
        return self.path / "lake"

    @property
    def codelists(self) -> Path:
        """The site's own releases of code lists, and which of all releases are pinned."""
        return self.path / "codelists"

    @property
    def scratch(self) -> Path:
        """Where engines may spill and half-written files live; emptied by whoever next holds the lock."""
        return self.path / ".scratch"

    @contextmanager
    def lock(self, what: str) -> Iterator[None]:
        """Hold the area for writing. Raises BusyError at once when somebody else does, saying what they do."""
        with _open(self.path / ".lock") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = _holder(handle.fileno())
                raise BusyError(
                    f"The area {self.path} is being written by {holder}.",
                    "Wait until that has finished, then type the command again.",
                ) from None
            _say(handle.fileno(), f"process {os.getpid()} ({what})")
            yield


def _open(path: Path):  # type: ignore[no-untyped-def]
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8")
    except PermissionError as error:
        raise StorageError(
            f"This account may not write in {path.parent}.",
            "Give it write permission there, or name another area with --area; nothing was written.",
        ) from error


def _holder(descriptor: int) -> str:
    """Who holds the lock. Whoever has only now taken it says so within moments, so an empty file is read again."""
    for _ in range(20):
        if said := os.pread(descriptor, 200, 0).decode(errors="replace").strip():
            return said
        time.sleep(0.05)
    return "another process"


def _say(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode(), 0)


def buckets_for(people: int) -> int:
    """How many buckets suit so many people: of at most 62,500 each, as long as that is between 4 and 256 of them. A
    bucket costs about a second whoever is in it, so that twice as many as are wanted are dear."""
    return min(256, max(4, -(-people // 62_500)))


def create_area(path: Path, *, name: str, people: int = 250_000, synthetic: bool = False) -> Area:
    """Make an area, or open the one that is there. Raises UsageError when `path` holds something else."""
    if (path / "area.json").exists():
        return open_area(path)
    if path.exists() and any(path.iterdir()):
        raise UsageError(f"{path} is not empty and not an area.", "Name a new folder: --area DIR")
    settings = {"format": FORMAT, "name": name, "buckets": buckets_for(people), "synthetic": synthetic}
    try:
        path.mkdir(parents=True, exist_ok=True)
        temporary = path / "area.json.tmp"
        temporary.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
        temporary.replace(path / "area.json")
    except OSError as error:
        raise StorageError(f"{path} cannot be made: {error.strerror}.", "Choose another --area.") from error
    return open_area(path)


def open_area(path: Path) -> Area:
    """The area at `path`. Raises UsageError when there is none or a newer carestead made it."""
    try:
        settings = json.loads((path / "area.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path} is not an area.", f"Make one with: carestead init --area {path}") from None
    if settings["format"] > FORMAT:
        raise UsageError(f"{path} was made by a newer carestead.", "Upgrade carestead to read it.")
    return Area(path.resolve(), settings["name"], settings["buckets"], settings["synthetic"])
