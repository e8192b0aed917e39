"""Table extracts to one delivery: stage each file, check by counting, write tables."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from carestead.core.finding import Finding, InputError, Severity
from carestead.sources.deliveries import Batch
from carestead.sources.discover import InputFile, SourceFolder
from carestead.sources.driver import Connection, is_engine_error
from carestead.sources.extract.expression import quoted
from carestead.sources.extract.mapping import ExtractMap, FileMap, load_map, shipped, stem, table_sql
from carestead.sources.extract.rows import Header, Record, looks_regular, read_header, records
from carestead.sources.fhir.connection import literal
from carestead.sources.fhir.stage import prepare
from carestead.sources.lines import is_gzip, read_lines
from carestead.sources.storage import refusal
from carestead.tables import table as contract_table


@dataclass(frozen=True)
class Chosen:
    """The maps of a source: one, or several that each know some of its files."""

    maps: tuple[ExtractMap, ...]

    def for_file(self, path: Path) -> FileMap | None:
        """The part for a file."""
        return next((f for m in self.maps if (f := m.for_file(stem(path)))), None)

    def gives_patients(self, folder: SourceFolder) -> bool:
        """True when a file of the folder is mapped to table patient, or none to a table that people have rows in."""
        found = (self.for_file(f.path) for f in folder.files)
        given = {t.table for f in found if f for t in f.tables}
        return "patient" in given or (bool(given) and all(contract_table(name).per == "area" for name in given))


def choose_map(folder: SourceFolder) -> Chosen:
    """The map source.yaml names, else the shipped ones whose files and columns are all there. Raises InputError."""
    if folder.map:
        return Chosen(tuple(load_map(n.strip(), folder.folder) for n in str(folder.map).split(",")))
    tables = [f.path for f in folder.files if f.form == "table"]
    fitting = [m for n in shipped() if _fits(m := load_map(n), tables)]
    if not fitting:
        raise InputError(
            f"It cannot be told which columns of the files in {folder.folder} mean what.",
            f"Put a source.yaml there that names a map: one of {', '.join(shipped())}, or a YAML file of your own.",
        )
    return Chosen(tuple(fitting))


def _fits(map_: ExtractMap, paths: list[Path]) -> bool:
    """True when some file is known to the map, with every column it reads."""
    known = [(p, f) for p in paths if (f := map_.for_file(stem(p)))]
    return bool(known) and all(_has_columns(p, f) for p, f in known)


def _has_columns(path: Path, map_: FileMap) -> bool:
    if path.suffix == ".parquet":
        return True
    header = read_header(path)
    return header is not None and map_.needed() <= set(header.names)


class ExtractReader:
    """Reads the tables of one source, batch by batch."""

    def __init__(self, con: Connection, chosen: Chosen, earlier: list[Path]) -> None:
        prepare(con)
        self.con, self.chosen, self.earlier = con, chosen, earlier

    def read(self, batch: Batch, files: Iterable[tuple[int, InputFile]]) -> None:
        """Fill the batch from its files, given with their numbers."""
        selects: dict[str, list[str]] = {}
        staged = []
        for number, file in files:
            map_ = self.chosen.for_file(file.path) if file.form == "table" else None
            if map_ is None:
                self._not_mapped(batch, number, file)
            elif self._stage(batch, number, file, map_):
                staged.append(f"staged_{number}")
                there = set(self._columns(staged[-1]))
                for t in map_.tables:
                    selects.setdefault(t.table, []).append(table_sql(t, staged[-1], there))
        for name, parts in sorted(selects.items()):
            self._copy(batch, name, parts)
        for name in staged:
            self.con.execute(f"drop table {name}")

    def _not_mapped(self, batch: Batch, number: int, file: InputFile) -> None:
        if file.form != "table":
            return batch.refuse(number, None, file.kind, "file.unknown")
        count = self._count(file.path)
        batch.tally.add(number, stem(file.path), "ignored", count)
        batch.findings.append(
            Finding(
                "file.not-mapped",
                Severity.INFORMATION,
                file.name,
                f"The map says nothing of {file.name}; its {count:,} rows were ignored.",
                "Add the file to the map if its rows are wanted.",
                count,
            )
        )
        return None

    def _count(self, path: Path) -> int:
        if path.suffix == ".parquet":
            return int(self.con.execute(f"select count(*) from read_parquet({literal(str(path))})").fetchall()[0][0])
        return max(sum(1 for _ in read_lines(path)) - 1, 0)

    def _stage(self, batch: Batch, number: int, file: InputFile, map_: FileMap) -> bool:
        """A table `staged_<number>` of the file's rows; False when the whole file was refused."""
        if file.path.suffix == ".parquet":
            return self._stage_parquet(batch, number, file, map_)
        header = read_header(file.path)
        if header is None or not map_.needed() <= set(header.names):
            missing = sorted(map_.needed() - set(header.names if header else ()))
            batch.refuse(number, None, map_.record, "csv.header", None, None, f"Missing: {', '.join(missing)}.")
            return False
        if not (looks_regular(file.path, header) and self._stage_fast(file.path, number, header, map_)):
            again = self._mend(batch, number, file, header, map_)
            self._stage_mended(again, number, header, map_)
        self._tell(batch, number, file.path, map_)
        return True

    def _stage_parquet(self, batch: Batch, number: int, file: InputFile, map_: FileMap) -> bool:
        relation = f"read_parquet({literal(str(file.path))}, file_row_number=true)"
        try:
            names = [r[0] for r in self.con.execute(f"select column_name from (describe from {relation})").fetchall()]
            missing = sorted(map_.needed() - set(names))
            if missing:
                batch.refuse(number, None, map_.record, "csv.header", None, None, f"Missing: {', '.join(missing)}.")
                return False
            texts = ", ".join(f"cast({quoted(n)} as varchar) as {quoted(n)}" for n in names if n != "file_row_number")
            self._create(number, f"(select {texts}, file_row_number + 1 as source_row from {relation})", map_)
        except Exception as error:
            if not is_engine_error(error):
                raise
            if refusal(error, batch.folder):
                raise
            batch.refuse(number, None, map_.record, "parquet.unreadable")
            return False
        self._tell(batch, number, file.path, map_)
        return True

    def _stage_fast(self, path: Path, number: int, header: Header, map_: FileMap) -> bool:
        read = _read_csv(path, header, len(header.names))
        try:
            self.con.execute(f"create or replace table raw_rows as select * from {read}")
        except Exception as error:
            if not is_engine_error(error):
                raise
            if refusal(error, path):
                raise
            return False
        self._create(number, "(select *, rowid + 2 as source_row from raw_rows)", map_)
        self.con.execute("drop table raw_rows")
        return True

    def _create(self, number: int, relation: str, map_: FileMap) -> None:
        self.con.execute(
            f"create or replace table staged_{number} as select *, {number}::int as source_file, "
            f"{map_.problem_sql()} as problem from {relation}"
        )

    def _mend(self, batch: Batch, number: int, file: InputFile, header: Header, map_: FileMap) -> Path:
        """Write the rows that can be read again as CSV, with the place in front; refuse the rest."""
        again = batch.work / f"mended-{number}.csv"
        repairs: Counter[str] = Counter()
        with again.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, quoting=csv.QUOTE_ALL)
            writer.writerow(["source_row", *header.names])
            for record in records(file.path, header, map_, repairs):
                self._mend_one(batch, number, record, writer, map_)
        for what, n in repairs.items():
            batch.findings.append(_repair_finding(file.name, what, n))
        return again

    @staticmethod
    def _mend_one(batch: Batch, number: int, record: Record, writer: "csv._writer", map_: FileMap) -> None:
        line = record.line
        if record.reason:
            batch.refuse(number, line.number, map_.record, record.reason, line.text, line.offset, record.detail)
        else:
            writer.writerow([line.number, *record.fields])

    def _stage_mended(self, path: Path, number: int, header: Header, map_: FileMap) -> None:
        columns = Header(("source_row", *header.names), ",")
        self._create(
            number,
            f"(select * replace (source_row::bigint as source_row) from "
            f"{_read_csv(path, columns, len(columns.names))})",
            map_,
        )

    def _tell(self, batch: Batch, number: int, path: Path, map_: FileMap) -> None:
        """Count what became of the rows; quarantine those whose content is at fault."""
        query = f"select problem, count(*) from staged_{number} group by problem"
        counts = dict(self.con.execute(query).fetchall())
        batch.tally.add(number, map_.record, "loaded", counts.pop(None, 0))
        batch.tally.add(number, map_.record, "ignored", counts.pop("ignored", 0))
        if counts:
            self._refuse(batch, number, path, map_)

    def _refuse(self, batch: Batch, number: int, path: Path, map_: FileMap) -> None:
        names = [c for c in self._columns(f"staged_{number}") if c not in ("source_row", "source_file", "problem")]
        line = f"concat_ws(',', {', '.join(f'''coalesce({quoted(n)}, '')''' for n in names)})"
        rows = self.con.execute(
            f"select source_row, problem, {line} from staged_{number} "
            "where problem is not null and problem <> 'ignored' order by source_row"
        ).fetchall()
        for row, reason, text in rows:
            batch.refuse(number, row, map_.record, reason, text.encode())

    def _columns(self, name: str) -> list[str]:
        query = "select column_name from duckdb_columns() where table_name = $name order by column_index"
        return [r[0] for r in self.con.execute(query, {"name": name}).fetchall()]

    def _copy(self, batch: Batch, name: str, parts: list[str]) -> None:
        path = batch.path(name)
        rows = self.con.execute(
            f"copy ({' union all '.join(parts)}) to {literal(str(path))} (format parquet, compression zstd)"
        ).fetchall()[0][0]
        if rows:
            batch.tables[name] = rows
        else:
            path.unlink()

    def committed(self, folder: Path) -> None:
        """A batch of this source is now a delivery."""
        self.earlier.append(folder)

    def unresolved(self) -> dict[str, int]:
        """Rows about people, or in encounters, that the source has not sent."""
        counts = {}
        for kind, table, key, column in (
            ("patient", "patient", "source_person_id", "source_person_id"),
            ("encounter", "encounter", "source_row_key", "source_encounter_key"),
        ):
            if n := self._dangling(table, key, column):
                counts[kind] = n
        return counts

    def _dangling(self, table: str, key: str, column: str) -> int:
        known = [p for f in self.earlier if (p := f / f"{table}.parquet").is_file()]
        others = [p for f in self.earlier for p in f.glob("*.parquet") if column in _parquet_columns(self.con, p)]
        if not others:
            return 0
        have = f"select {key} from read_parquet([{_list(known)}])" if known else "select null where false"
        query = (
            f"select count(*) from read_parquet([{_list(others)}], union_by_name=true) where {column} is not null "
            f"and hash({column}) not in (select hash(k) from ({have}) t(k) where k is not null)"
        )
        return int(self.con.execute(query).fetchall()[0][0])


def _parquet_columns(con: Connection, path: Path) -> set[str]:
    return {r[0] for r in con.execute(f"select name from parquet_schema({literal(str(path))})").fetchall()}


def _list(paths: list[Path]) -> str:
    return ", ".join(literal(str(p)) for p in paths)


def _read_csv(path: Path, header: Header, width: int) -> str:
    columns = ", ".join(f"{literal(n)}: 'VARCHAR'" for n in header.names[:width])
    packed = "gzip" if is_gzip(path) else "none"
    return (
        f"read_csv({literal(str(path))}, columns={{{columns}}}, header=true, auto_detect=false, "
        f"delim={literal(header.delimiter)}, quote='\"', escape='\"', compression='{packed}', nullstr='', "
        "max_line_size=16777216)"
    )


def _repair_finding(name: str, what: str, n: int) -> Finding:
    rows = f"{n:,} row{'s' if n != 1 else ''}"
    return Finding(
        "csv.repaired",
        Severity.WARNING,
        name,
        f"{name}: each of {rows} {what}.",
        "Ask the supplier to correct the file; the rows were loaded.",
        n,
    )
