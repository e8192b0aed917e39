"""FHIR files to one delivery: load, resolve references, write tables."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from carestead.sources.deliveries import Batch
from carestead.sources.discover import InputFile
from carestead.sources.driver import Connection
from carestead.sources.fhir.connection import in_order, literal
from carestead.sources.fhir.references import IDENTIFIER_FILE, UNRESOLVED_FILE, References
from carestead.sources.fhir.schema import TYPES
from carestead.sources.fhir.sift import Sorted
from carestead.sources.fhir.split import split
from carestead.sources.fhir.stage import Stage, prepare
from carestead.sources.fhir.write import write


class FhirReader:
    """Reads the FHIR files of one source, batch by batch."""

    def __init__(self, con: Connection, source_kind: str, earlier: list[Path]) -> None:
        prepare(con)
        self.con, self.source_kind, self.earlier = con, source_kind, earlier
        self.references = References(con, earlier)
        self._uncommitted = False

    def read(self, batch: Batch, files: Iterable[tuple[int, InputFile]]) -> None:
        """Fill the batch from its files, given with their numbers."""
        if self._uncommitted:
            self.references = References(self.con, self.earlier)
        self._uncommitted = True
        stage = Stage(self.con, self.source_kind, batch)
        with in_order(self.con):
            self._load(stage, batch, list(files))
        self._finish(stage, batch)

    def _load(self, stage: Stage, batch: Batch, files: list[tuple[int, InputFile]]) -> None:
        out = Sorted(batch.work, "split")
        stage.read_ahead([(file.path, file.kind, number) for number, file in files if file.form == "ndjson"])
        for number, file in files:
            self._read_file(stage, out, number, file, batch)
        out.close()
        for kind in sorted(out.paths, key=list(TYPES).index):
            stage.load(out.paths[kind], kind, None)

    def _read_file(self, stage: Stage, out: Sorted, number: int, file: InputFile, batch: Batch) -> None:
        if file.form == "ndjson":
            stage.load(file.path, file.kind, number)
        elif file.form == "json":
            split(file.path, number, batch, out)
        elif file.form == "log":
            batch.tally.add(number, "log", "ignored")
        elif file.form in ("fhir.xml", "fhir.stu3", "encoding.not-utf8"):
            batch.refuse(number, None, file.kind, file.form)
        else:
            batch.refuse(number, None, file.kind, "file.unknown")

    def _finish(self, stage: Stage, batch: Batch) -> None:
        references = self.references
        references.learn(stage)
        references.resolve(stage)
        stage.refuse_unknown_people()
        with ThreadPoolExecutor(1) as beside:
            counting = beside.submit(references.count_unresolved, stage, batch.folder / UNRESOLVED_FILE)
            write(stage, batch, self.earlier)
            batch.unresolved = counting.result()
        self.con.execute(
            f"copy fresh to {literal(str(batch.folder / IDENTIFIER_FILE))} (format parquet, compression zstd)"
        )
        stage.drop()

    def committed(self, folder: Path) -> None:
        """A batch of this source is now a delivery."""
        self.earlier.append(folder)
        self._uncommitted = False

    def unresolved(self) -> dict[str, int]:
        """References of all the source's deliveries that nothing has resolved."""
        return self.references.still_unresolved(self.earlier)
