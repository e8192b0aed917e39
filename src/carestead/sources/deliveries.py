"""The area's `deliveries/`: batches of delivered tables, each appearing whole or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from carestead.core.area import Area
from carestead.core.finding import Finding
from carestead.sources.quarantine import Quarantine
from carestead.sources.report import Tally
from carestead.sources.storage import settle, storage_errors
from carestead.tables import table

_UNFINISHED = ".tmp-"


@contextmanager
def locked(area: Area) -> Iterator[None]:
    """Hold the area while writing; remove what a killed run left behind. Raises BusyError, StorageError."""
    with storage_errors(area.path), area.lock("ingest"):
        area.deliveries.mkdir(exist_ok=True)
        clean(area.path)
        yield
        clean(area.path)


def clean(area: Path) -> None:
    """Remove unfinished deliveries. Only under the lock."""
    for leftover in (area / "deliveries").glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover)


def delivered(area: Path, source: str) -> list[Path]:
    """The folders of a source's deliveries, oldest first."""
    folders = (area / "deliveries" / source).glob("*/delivery.json")
    return sorted((f.parent for f in folders), key=lambda f: int(f.name.partition("-")[0]))


def read_delivery(folder: Path) -> dict[str, Any]:
    """What `delivery.json` of a delivery says."""
    found: dict[str, Any] = json.loads((folder / "delivery.json").read_text(encoding="utf-8"))
    return found


def next_sequence(area: Path) -> int:
    """The number of the next delivery, over all sources."""
    names = (p.parent.name for p in (area / "deliveries").glob("*/*/delivery.json"))
    return max((int(n.partition("-")[0]) for n in names), default=0) + 1


@dataclass
class DeliveredFile:
    """One file of a batch: its number there, its name below the source's folder, its hash and size."""

    number: int
    name: str
    sha256: str
    bytes: int
    refused: bool = False


@dataclass
class Batch:
    """A delivery being written, in a folder that nobody sees until `commit`."""

    folder: Path
    quarantine: Quarantine
    files: list[DeliveredFile] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    tables: dict[str, int] = field(default_factory=dict)
    unresolved: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def work(self) -> Path:
        """A folder for what is only needed while the batch is made."""
        return self.folder / "work"

    def path(self, name: str) -> Path:
        """Where the rows of contract table `name` go."""
        table(name)
        return self.folder / f"{name}.parquet"

    def refuse(
        self,
        file: int,
        row: int | None,
        kind: str,
        reason: str,
        text: bytes | None = None,
        offset: int | None = None,
        detail: str = "",
    ) -> None:
        """Quarantine one record and count it."""
        self.quarantine.refuse(file, row, kind, reason, text, offset, detail)
        self.tally.add(file, kind, "quarantined")


@contextmanager
def new_batch(area: Path) -> Iterator[Batch]:
    """A batch to fill; what is left of it on the way out was not committed, and is removed."""
    folder = area / "deliveries" / f"{_UNFINISHED}{uuid4().hex}"
    (folder / "work").mkdir(parents=True)
    try:
        with Quarantine(folder / "quarantine.parquet") as quarantine:
            yield Batch(folder, quarantine)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def commit(area: Path, batch: Batch, source: dict[str, Any], delivered_on: date) -> Path:
    """Write delivery.json, make everything outlast a power cut, and rename the batch to its place."""
    batch.quarantine.__exit__(None, None, None)
    shutil.rmtree(batch.work)
    sequence = next_sequence(area)
    digest = hashlib.sha256("".join(f.sha256 for f in batch.files).encode()).hexdigest()[:12]
    (batch.folder / "delivery.json").write_text(_json(batch, sequence, source, delivered_on), encoding="utf-8")
    place = area / "deliveries" / source["name"] / f"{sequence:06d}-{digest}"
    place.parent.mkdir(exist_ok=True)
    settle(batch.folder)
    batch.folder.rename(place)
    for folder in (place.parent, place.parent.parent):
        _settle_name(folder)
    return place


def _settle_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _json(batch: Batch, sequence: int, source: dict[str, Any], delivered_on: date) -> str:
    said = {
        "sequence": sequence,
        "source": source,
        "delivered_on": delivered_on.isoformat(),
        "files": [_file(batch, f) for f in batch.files],
        "tables": dict(sorted(batch.tables.items())),
        "unresolved_references": dict(sorted(batch.unresolved.items())),
        "findings": [f.as_dict() for f in batch.findings],
    }
    return json.dumps(said, indent=1, ensure_ascii=False)


def _file(batch: Batch, file: DeliveredFile) -> dict[str, Any]:
    said = {"file": file.number, "name": file.name, "sha256": file.sha256, "bytes": file.bytes}
    return {**said, "types": batch.tally.types(file.number), **({"refused": True} if file.refused else {})}
