"""The lake: immutable Parquet parts in person buckets, and a manifest a snapshot that appears whole or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from carestead.core.area import Area
from carestead.core.finding import UsageError
from carestead.engines.base import Receipt

KEPT = 10
"""How many manifests back one can travel; parts that none of them names are removed."""


@dataclass(frozen=True)
class Delivery:
    """What one source delivered at once: delivered tables as Parquet, and what became of every record."""

    path: Path
    sequence: int
    source: Mapping[str, Any]
    delivered_on: date
    files: tuple[Mapping[str, Any], ...]
    tables: tuple[str, ...]

    @cached_property
    def id(self) -> str:
        """Names the delivery's content: its folder and the hashes of its files."""
        return digest(self.path.name, [f["sha256"] for f in self.files])


def deliveries(area: Area) -> list[Delivery]:
    """Every whole delivery of the area, in the order they came."""
    found = [_delivery(p.parent) for p in area.deliveries.glob("*/*/delivery.json") if not _half_written(p.parent)]
    return sorted(found, key=lambda d: d.sequence)


def _half_written(folder: Path) -> bool:
    return any(part.startswith(".") for part in folder.parts[-2:])


def _delivery(folder: Path) -> Delivery:
    said = json.loads((folder / "delivery.json").read_text(encoding="utf-8"))
    day = date.fromisoformat(said["delivered_on"])
    tables = tuple(sorted(name for name, rows in said["tables"].items() if rows))
    return Delivery(folder, said["sequence"], said["source"], day, tuple(said["files"]), tables)


def adopted(area: Area) -> list[Receipt]:
    """Parts that were put into the lake as they are, published form and all, by `adopt`."""
    path = area.lake / "adopted.json"
    if not path.exists():
        return []
    said = json.loads(path.read_text(encoding="utf-8"))
    return [Receipt(**{**part, "path": str(area.path / part["path"])}) for part in said]


def adopt(area: Area, parts: Iterable[Receipt]) -> None:
    """Take parts that are already in published form, below the area, as its records: a made-up million people."""
    area.lake.mkdir(parents=True, exist_ok=True)
    said = [_part_as_json(p, area) for p in parts]
    _write(area.lake / "adopted.json", json.dumps(said))


@dataclass(frozen=True)
class Manifest:
    """A published snapshot: every part of every table, and what it was made of and for."""

    id: str
    as_of: date
    engine: str
    published_at: str
    inputs: tuple[str, ...]
    parts: tuple[Receipt, ...]

    def paths(self, table: str, bucket: int | None = None) -> tuple[str, ...]:
        """The parts of a table; of one bucket only, when `bucket` is given."""
        wanted = [p for p in self.parts if p.table == table and (bucket is None or p.bucket in (bucket, None))]
        return tuple(p.path for p in wanted)

    def rows(self, table: str) -> int:
        """How many rows the table has."""
        return sum(p.rows for p in self.parts if p.table == table)


def part_path(area: Area, table: str, step: str, bucket: int | None, key: str) -> str:
    """Where a part lives. The name holds the key of its inputs, so that it never has to be overwritten."""
    place = "area" if bucket is None else f"bucket-{bucket:03d}"
    return str(area.lake / "parts" / table / f"{step}-{place}-{key}.parquet")


def digest(*facts: Any) -> str:
    """Sixteen hexadecimal digits that name the facts."""
    text = json.dumps(facts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def publish(
    area: Area, *, as_of: date, engine: str, published_at: str, inputs: Iterable[str], parts: Iterable[Receipt]
) -> Manifest:
    """Write the manifest, point CURRENT at it, and remove what no kept manifest names."""
    ordered = tuple(sorted(parts, key=lambda p: (p.table, p.step, -1 if p.bucket is None else p.bucket, p.path)))
    inputs = tuple(inputs)
    name = digest(as_of, inputs, [p.identity for p in ordered])
    manifest = Manifest(name, as_of, engine, published_at, inputs, ordered)
    folder = area.lake / "manifests"
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / f"{name}.json", _as_json(manifest, area))
    _write(area.lake / "CURRENT", name)
    _prune(area)
    return manifest


def current(area: Area) -> Manifest:
    """The newest published snapshot. Raises UsageError when nothing was published yet."""
    try:
        name = (area.lake / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise UsageError(
            f"Nothing has been published in {area.path} yet.", f"Type: carestead run --area {area.path}"
        ) from None
    return read(area, name)


def read(area: Area, name: str) -> Manifest:
    """The snapshot called `name`: time travel. Raises UsageError when it is not kept."""
    path = area.lake / "manifests" / f"{name}.json"
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        kept = ", ".join(sorted(p.stem for p in path.parent.glob("*.json"))) or "none"
        raise UsageError(f"There is no snapshot {name} in {area.path}.", f"Kept are: {kept}") from None
    parts = tuple(Receipt(**{**p, "path": str(area.path / p["path"])}) for p in said["parts"])
    return Manifest(
        said["id"],
        date.fromisoformat(said["as_of"]),
        said["engine"],
        said["published_at"],
        tuple(said["inputs"]),
        parts,
    )


def kept(area: Area) -> list[Manifest]:
    """Every snapshot that is kept, the newest published first."""
    paths = sorted((area.lake / "manifests").glob("*.json"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    return [read(area, p.stem) for p in paths]


def _as_json(manifest: Manifest, area: Area) -> str:
    parts = [_part_as_json(p, area) for p in manifest.parts]
    said = {"id": manifest.id, "as_of": str(manifest.as_of), "engine": manifest.engine}
    return json.dumps(said | {"published_at": manifest.published_at, "inputs": manifest.inputs, "parts": parts})


def _part_as_json(part: Receipt, area: Area) -> dict[str, Any]:
    said = {f: getattr(part, f) for f in Receipt.__dataclass_fields__}
    return said | {"path": os.path.relpath(part.path, area.path)}


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)


def _prune(area: Area) -> None:
    manifests = sorted((area.lake / "manifests").glob("*.json"), key=lambda p: p.stat().st_mtime_ns)
    for old in manifests[:-KEPT]:
        old.unlink()
    named = {part["path"] for m in manifests[-KEPT:] for part in json.loads(m.read_text(encoding="utf-8"))["parts"]}
    for part in (area.lake / "parts").glob("*/*"):
        if str(part.relative_to(area.path)).removesuffix(".json").removesuffix(".findings") not in named:
            part.unlink()


def tidy(area: Area) -> None:
    """Remove what an interrupted run left behind; call it while holding the lock."""
    shutil.rmtree(area.scratch, ignore_errors=True)
    for half in (area.lake).glob("**/*.tmp"):
        shutil.rmtree(half) if half.is_dir() else half.unlink()
