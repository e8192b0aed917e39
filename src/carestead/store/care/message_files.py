"""A folder that hospitals' files are put into: `FOLDER/<feed>/`. Each file goes to `done/` or `refused/` beside it,
with a `.txt` of the same name wherever there is something to say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from carestead.core.finding import CaresteadError
from carestead.sources.storage import storage_errors
from carestead.store.care.people import FindPeople
from carestead.store.care.stays import Receipt, receive

SETTLED = timedelta(seconds=2)
"""A file that changed within it may still be being written, and is left for the next time."""

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is taken."""

_PARTIAL = (".part", ".tmp", ".filepart", ".crdownload")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: where it lies now, how many of its messages were taken, came before, or were refused."""

    path: Path
    taken: int
    duplicates: int
    refused: int
    why: str = ""

    @property
    def done(self) -> bool:
        """False when nothing of it could be read."""
        return self.path.parent.name == "done"


def take_folder(*, folder: Path, find: FindPeople, at: datetime) -> Iterator[Taken]:
    """Take every file that waits, in the order of their names within each feed. A file that was taken when the process
    died before it was moved is taken again, which changes nothing. Raises StorageError when one cannot be moved."""
    for path in waiting(folder, at):
        yield _take(path, find, at)


def waiting(folder: Path, at: datetime) -> Iterator[Path]:
    """The files that are whole: not hidden, not half-written, and not links to elsewhere."""
    for feed in sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")):
        for path in sorted(feed.iterdir()):
            if path.is_file() and not path.is_symlink() and _whole(path, at):
                yield path


def _whole(path: Path, at: datetime) -> bool:
    if path.name.startswith(".") or path.suffix.lower() in _PARTIAL:
        return False
    age = at.timestamp() - path.stat().st_mtime
    return age < 0 or age >= SETTLED.total_seconds()  # a time ahead of our clock says nothing


def _take(path: Path, find: FindPeople, at: datetime) -> Taken:
    feed = path.parent.name
    with storage_errors(path.parent):
        if path.stat().st_size > LARGEST:
            why = f"The file is larger than {LARGEST // 1024 // 1024} MB. Send fewer events in one file."
            return Taken(_move(path, "refused", why), 0, 0, 0, why)
        body = path.read_bytes()
    try:
        receipts = receive(body=body, source=feed, find=find, at=at, name=path.name)
    except CaresteadError as error:
        return Taken(_move(path, "refused", str(error)), 0, 0, 0, str(error))
    return _sorted(path, receipts)


def _sorted(path: Path, receipts: Sequence[Receipt]) -> Taken:
    unread = [r for r in receipts if r.reading.refused]
    duplicates = sum(r.outcome == "duplicate" and not r.reading.refused for r in receipts)
    said = "\n".join(f"{f.where}: {f.what} {f.do}".rstrip() for r in receipts for f in r.reading.findings)
    to = "refused" if len(unread) == len(receipts) else "done"
    return Taken(_move(path, to, said), len(receipts) - len(unread) - duplicates, duplicates, len(unread), said)


def _move(path: Path, to: str, why: str) -> Path:
    """Put a file aside; the words are there before the file is. A name that is taken gets a number."""
    with storage_errors(path.parent):
        aside = path.parent / to
        aside.mkdir(exist_ok=True)
        target = next(t for t in _names(aside, path) if not t.exists())
        if why:
            target.with_name(f"{target.name}.txt").write_text(f"{why}\n", encoding="utf-8")
        path.replace(target)
    return target


def _names(aside: Path, path: Path) -> Iterator[Path]:
    yield aside / path.name
    number = 1
    while True:
        number += 1
        yield aside / f"{path.stem}-{number}{path.suffix}"
