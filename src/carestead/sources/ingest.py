"""The one door in: folders of suppliers' files to deliveries in an area."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from carestead.core.area import open_area
from carestead.core.finding import Finding, InputError, Severity
from carestead.sources.deliveries import (
    Batch,
    DeliveredFile,
    commit,
    delivered,
    locked,
    new_batch,
    read_delivery,
)
from carestead.sources.discover import InputFile, SourceFolder, discover, has_patients
from carestead.sources.driver import Connection
from carestead.sources.extract.read import ExtractReader, choose_map
from carestead.sources.fhir.connection import literal
from carestead.sources.fhir.read import FhirReader
from carestead.sources.lines import is_gzip
from carestead.sources.report import Report, SourceReport

BATCH_BYTES = 256 * 1024 * 1024
"""Raw bytes of the small files that are delivered together; a larger file is a delivery of its own."""

MEMORY = "2GB"
"""Memory the engine may use before it goes to disk, inside the area."""

Progress = Callable[[str, int, int], None]
Connect = Callable[[], Connection]
Stat = tuple[int, int, int, int]

_AHEAD = 8
"""Files hashed ahead of the one being read."""

_TOGETHER = (
    {"Organization", "Practitioner", "PractitionerRole", "Medication", "Patient", "EpisodeOfCare", "RelatedPerson"},
    {"Encounter", "Condition"},
)
"""Types that make rows together, so that their files are never parted into two deliveries."""


class Reader(Protocol):
    """What reads one format."""

    def read(self, batch: Batch, files: Iterable[tuple[int, InputFile]]) -> None: ...
    def committed(self, folder: Path) -> None: ...
    def unresolved(self) -> dict[str, int]: ...


@dataclass(frozen=True)
class _Fresh:
    """A file not delivered before: its hash, and its state when it was hashed."""

    file: InputFile
    sha256: str
    stat: Stat


def ingest(
    con_factory: Connect,
    area: Path,
    paths: Sequence[Path],
    *,
    delivered_on: date,
    source: str | None = None,
    progress: Progress | None = None,
    memory: str = MEMORY,
) -> Report:
    """Deliver the suppliers' files under `paths` into `area`.

    `con_factory()` gives a fresh DuckDB connection; `delivered_on` is written into each delivery; `source` names the
    source when its folder has no source.yaml; `progress(label, done, total)` is told bytes. Safe to repeat: files
    already delivered (same bytes, same source) are not read again. Raises UsageError, InputError, BusyError and
    StorageError, each before or between deliveries, never in the middle of one.
    """
    opened = open_area(area)
    found = discover(paths, source)
    report = Report()
    with locked(opened):
        for folder in found:
            _check_people(folder, area)
        for folder in found:
            con = _connection(con_factory, area, memory)
            try:
                on = folder.said.pop("last_delivered", None) or delivered_on
                report.sources.append(_Ingest(con, area, folder, on, progress).run())
            finally:
                con.close()
    return report


def _connection(con_factory: Connect, area: Path, memory: str) -> Connection:
    con = con_factory()
    spill = area / "deliveries" / ".tmp-spill"
    con.execute(f"set temp_directory = {literal(str(spill))}")
    con.execute(f"set memory_limit = {literal(memory)}")
    con.execute("set preserve_insertion_order = true")
    con.execute("set python_enable_replacements = false")
    return con


def _check_people(folder: SourceFolder, area: Path) -> None:
    """Refuse, before anything is written, a source of which no patient is or was delivered."""
    earlier = any((d / "patient.parquet").is_file() for d in delivered(area, folder.name))
    has = choose_map(folder).gives_patients(folder) if folder.format == "extract" else has_patients(folder)
    if not has and not earlier:
        raise InputError(
            f"There is no Patient file in {folder.folder}, and source {folder.name} has sent none before; "
            "nothing was written.",
            "Add the supplier's patients to the folder, or name the source they came from with --source.",
        )


class _Ingest:
    """The ingest of one source."""

    def __init__(self, con: Connection, area: Path, folder: SourceFolder, on: date, progress: Progress | None) -> None:
        self.con, self.area, self.folder, self.on = con, area, folder, on
        self.progress = progress or (lambda label, done, total: None)
        self.total = sum(f.bytes for f in folder.files)
        self.done = 0
        said = folder.said
        self.report = SourceReport(folder.name, str(said["title"]), str(said["kind"]), files=len(folder.files))

    def run(self) -> SourceReport:
        """Deliver what is new, batch by batch."""
        earlier = delivered(self.area, self.folder.name)
        known = {f["sha256"] for d in earlier for f in read_delivery(d)["files"] if not f.get("refused")}
        reader = self._reader(earlier)
        for files in _batches(self._fresh(known)):
            self._deliver(reader, files)
        self.report.unresolved.update(reader.unresolved())
        self._conclude()
        return self.report

    def _reader(self, earlier: list[Path]) -> Reader:
        if self.folder.format == "extract":
            return ExtractReader(self.con, choose_map(self.folder), earlier)
        return FhirReader(self.con, str(self.folder.said["kind"]), earlier)

    def _fresh(self, known: set[str]) -> Iterator[_Fresh]:
        """The files whose bytes this source has not delivered; hashes are made ahead, beside the reading."""
        with ThreadPoolExecutor(2) as ahead:
            queue: deque[tuple[InputFile, Future[tuple[Stat, str]]]] = deque()
            for file in self.folder.files:
                queue.append((file, ahead.submit(_state, file.path)))
                if len(queue) > _AHEAD:
                    yield from self._unless_known(*queue.popleft(), known)
            while queue:
                yield from self._unless_known(*queue.popleft(), known)

    def _unless_known(self, file: InputFile, state: "Future[tuple[Stat, str]]", known: set[str]) -> Iterator[_Fresh]:
        try:
            stat, sha256 = state.result()
        except PermissionError as error:
            raise InputError(f"{file.path} may not be read.", "Ask its owner for permission to read it.") from error
        if sha256 in known:
            self.report.already_loaded += 1
            self._advance(file.bytes)
            return
        known.add(sha256)
        yield _Fresh(file, sha256, stat)

    def _deliver(self, reader: Reader, files: list[_Fresh]) -> None:
        """One batch; again without those of its files that changed while they were read."""
        changed: list[_Fresh] = []
        while True:
            with new_batch(self.area) as batch:
                steady = [f for f in files if f not in changed]
                self._fill(reader, batch, steady, changed)
                now = [f for f in steady if _changed(f)]
                if not now:
                    place = commit(self.area, batch, self.folder.said, self.on)
                    break
                changed += now
        reader.committed(place)
        self._tell(batch, place)
        self._advance(sum(f.file.bytes for f in files))

    def _fill(self, reader: Reader, batch: Batch, steady: list[_Fresh], changed: list[_Fresh]) -> None:
        for number, each in enumerate([*steady, *changed]):
            batch.files.append(
                DeliveredFile(number, each.file.name, each.sha256, each.file.bytes, refused=each in changed)
            )
        for number, each in enumerate(changed, len(steady)):
            batch.refuse(number, None, each.file.kind, "file.changed")
        reader.read(batch, list(enumerate(f.file for f in steady)))
        batch.findings += _partial_findings(batch)

    def _advance(self, n: int) -> None:
        self.done += n
        self.progress(f"Reading {self.folder.name}", self.done, self.total)

    def _tell(self, batch: Batch, place: Path) -> None:
        said = read_delivery(place)
        self.report.deliveries.append(place.relative_to(self.area).as_posix())
        self.report.add_files(said["files"])
        self.report.tables.update(batch.tables)
        self.report.findings += batch.findings

    def _conclude(self) -> None:
        unresolved = sum(self.report.unresolved.values())
        if unresolved:
            what = ", ".join(f"{n:,} to {k}" for k, n in sorted(self.report.unresolved.items()))
            self.report.findings.append(
                Finding(
                    "reference.unresolved",
                    Severity.WARNING,
                    self.folder.name,
                    f"{unresolved:,} references lead to nothing this source has sent ({what}).",
                    "Ask the supplier for the records they name; the rows are loaded.",
                    unresolved,
                )
            )


def _partial_findings(batch: Batch) -> list[Finding]:
    """A word for each file that was not read at all, and one for what was refused."""
    found = []
    for file in batch.files:
        types = batch.tally.types(file.number)
        if "log" in types:
            found.append(
                Finding(
                    "file.log",
                    Severity.INFORMATION,
                    file.name,
                    f"{file.name} is a log of the export, not records.",
                    "Nothing to do.",
                )
            )
        refused = sum(n["quarantined"] for n in types.values())
        if refused:
            found.append(
                Finding(
                    "file.quarantined",
                    Severity.WARNING,
                    file.name,
                    f"{refused:,} of the records of {file.name} were refused.",
                    "Look at them with: carestead show quarantine",
                    refused,
                )
            )
    return found


def _batches(files: Iterable[_Fresh]) -> Iterator[list[_Fresh]]:
    """Small files together, up to BATCH_BYTES; files of types that belong together never parted."""
    batch: list[_Fresh] = []
    size = 0
    for each in files:
        raw = each.file.bytes * (12 if is_gzip(each.file.path) else 1)
        if batch and size + raw > BATCH_BYTES and not _belong(batch[-1].file, each.file):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += raw
    if batch:
        yield batch


def _belong(one: InputFile, other: InputFile) -> bool:
    tables = one.form == other.form == "table"
    bulk = one.form == other.form == "ndjson"
    return tables or (bulk and any(one.kind in group and other.kind in group for group in _TOGETHER))


def _stat(path: Path) -> Stat:
    s = path.stat()
    return s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino


def _changed(fresh: _Fresh) -> bool:
    try:
        return _stat(fresh.file.path) != fresh.stat
    except FileNotFoundError:
        return True


def _state(path: Path) -> tuple[Stat, str]:
    stat = _stat(path)
    with path.open("rb") as file:
        return stat, hashlib.file_digest(file, "sha256").hexdigest()
