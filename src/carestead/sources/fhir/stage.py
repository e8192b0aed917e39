"""The fast path: typed reads of NDJSON into one staging table a resource type, checked by counting."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from carestead.sources.deliveries import Batch
from carestead.sources.driver import Connection, is_engine_error, is_out_of_memory
from carestead.sources.fhir.connection import cursor, literal, no_glob, objects
from carestead.sources.fhir.mend import broken_lines, is_malformed, without
from carestead.sources.fhir.schema import TYPES, columns_sql
from carestead.sources.fhir.sift import Sorted, sift, sift_line, too_deep, without_place
from carestead.sources.lines import LINE_LIMIT, Line, is_gzip, numbered
from carestead.sources.storage import refusal

_HERE = Path(__file__).parent

READERS = 2
"""Files read at a time. Each reader holds the parser's buffers, tens of megabytes."""

UNKNOWN_PERSON = "contains(ref_person, '?identifier=') and ref_person not in (select ref from code_of_person)"
"""True of staged resources about a person whose identifier leads to nobody, once references are resolved."""


@cache
def _sql(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def prepare(con: Connection) -> None:
    """Give a connection the words the SQL files are written in."""
    con.execute(_sql("macros.sql"))


@dataclass(frozen=True)
class Taken:
    """What one read staged: its rows start at `base`; `counts` are by (problem, file); the lines `broken` are no JSON,
    and rows of problem type.other stand for them."""

    base: int
    counts: dict[tuple[str | None, int], int]
    conditional: set[tuple[str, str]]
    broken: Sequence[Line] = ()


@dataclass
class Stage:
    """The staged resources of one batch: a table `stage_<Type>` for each type met."""

    con: Connection
    source_kind: str
    batch: Batch
    kinds: list[str] = field(default_factory=list)
    loads: list[tuple[str, int, Path]] = field(default_factory=list)
    conditional: set[tuple[str, str]] = field(default_factory=set)
    """(type, column) of the references that are conditional somewhere; all others need no looking up."""
    _columns: dict[str, list[str]] = field(default_factory=dict)
    _ahead: dict[Path, Taken | None] = field(default_factory=dict)

    def read_ahead(self, files: Sequence[tuple[Path, str, int]]) -> None:
        """Read files that will be loaded, two at a time: each type by one thread, on a cursor of its own. What came of
        it is told by `load`, file by file."""
        queues: dict[str, list[tuple[Path, int]]] = {}
        for path, kind, file in files:
            queues.setdefault(kind, []).append((path, file))
        if len(queues) < 2:
            return
        largest = sorted(queues, key=lambda k: -sum(p.stat().st_size for p, _ in queues[k]))
        with ThreadPoolExecutor(READERS) as pool:
            for done in [pool.submit(self._read_queue, kind, queues[kind]) for kind in largest]:
                done.result()
        self.kinds.sort(key=list(queues).index)

    def _read_queue(self, kind: str, files: list[tuple[Path, int]]) -> None:
        con = cursor(self.con)
        try:
            for path, file in files:
                self._ahead[path] = self._read(con, path, kind, file)
        finally:
            con.close()

    def load(self, path: Path, kind: str, file: int | None) -> None:
        """Load an NDJSON file of one type. `file` is its number in the batch; None when each line carries its own
        place. What the fast path cannot take is sorted line by line, and the good lines loaded."""
        taken = self._ahead.pop(path) if path in self._ahead else self._read(self.con, path, kind, file)
        out = Sorted(self.batch.work, f"{path.name}.sifted")
        if taken is None:
            sift(path, file, kind, self.batch, out)
        else:
            for line in taken.broken:
                sift_line(line, file or 0, kind, self.batch, out)
            self._count(path, kind, taken)
        out.close()
        for each, again in out.paths.items():
            if not self._load_fast(again, each):
                self._load_halves(again, each)

    def _load_halves(self, path: Path, kind: str) -> None:
        """Find the lines that the engine cannot read though they look right, by halving; refuse only those."""
        lines = path.read_bytes().splitlines(keepends=True)
        if len(lines) == 1:
            place = lines[0].split(b",", 2)
            file, row = (int(p.partition(b":")[2].rstrip(b"}\n")) for p in place[:2])
            reason = "json.too-deep" if too_deep(lines[0]) else "resource.unreadable"
            self.batch.refuse(file, row, kind, reason, without_place(lines[0].rstrip(b"\n")))
            return
        for i, half in enumerate((lines[: len(lines) // 2], lines[len(lines) // 2 :])):
            part = path.with_suffix(f".{i}.ndjson")
            part.write_bytes(b"".join(half))
            if not self._load_fast(part, kind):
                self._load_halves(part, kind)

    def _load_fast(self, path: Path, kind: str) -> bool:
        """Load a file we wrote; False, with nothing staged, when the engine cannot take it."""
        taken = self._read(self.con, path, kind, None)
        if taken:
            self._count(path, kind, taken)
        return taken is not None

    def _read(self, con: Connection, path: Path, kind: str, file: int | None) -> Taken | None:
        """Stage a file as it is, or without the few lines that are no JSON; None, with nothing staged, if neither can
        be done."""
        try:
            return self._stage(con, path, kind, file)
        except Exception as error:
            self._must_be_content(error)
            if file is None or not is_malformed(error):
                return None
        broken = broken_lines(con, objects(path), path)
        mended = self.batch.work / f"{file}.mended.ndjson"
        try:
            if broken and without(path, broken, mended):
                return self._stage(con, mended, kind, file, broken)
        except Exception as error:
            self._must_be_content(error)
        finally:
            mended.unlink(missing_ok=True)
        return None

    def _must_be_content(self, error: Exception) -> None:
        """Raise what is not the fault of the file's content."""
        if not is_engine_error(error) or is_out_of_memory(error) or refusal(error, self.batch.folder):
            raise error

    def _stage(
        self, con: Connection, path: Path, kind: str, file: int | None, broken: Sequence[Line] = ()
    ) -> Taken | None:
        """One typed read; None, with nothing staged, when there are other types. Raises what the engine raises."""
        if kind not in TYPES:
            return self._count_other(con, path, kind, file, broken)
        con.execute("begin")
        try:
            base = self._insert(con, path, kind, file)
            taken = self._look(con, kind, base, broken)
        except Exception:
            con.execute("rollback")
            raise
        if sum(n for (problem, _), n in taken.counts.items() if problem == "type.other") != len(broken):
            con.execute("rollback")
            return None
        con.execute("commit")
        if kind not in self.kinds:
            self.kinds.append(kind)
        return taken

    def _count_other(
        self, con: Connection, path: Path, kind: str, file: int | None, broken: Sequence[Line]
    ) -> Taken | None:
        """Resources of a type that is not read are only counted."""
        read = _read(path, "{'resourceType': 'VARCHAR'}")
        rows = con.execute(f"select resourceType, count(*) from {read} group by all").fetchall()
        others = sum(n for told, n in rows if told != kind)
        if others != len(broken) or file is None:
            return None
        return Taken(0, {("ignored", file): sum(n for told, n in rows if told == kind)}, set(), broken)

    def _insert(self, con: Connection, path: Path, kind: str, file: int | None) -> int:
        text = _sql(f"sql/{kind}.sql")
        place = f"coalesce(carestead_file, {'null' if file is None else file}::int)::int as file"
        base = self._rows(con, kind)
        select = (
            f"with resource as not materialized (select * from {_read(path, columns_sql(kind))}) "
            f"select {place}, {base}::bigint as base, * exclude (carestead_file) from ({text})"
        )
        params = {"source_kind": self.source_kind} if "$source_kind" in text else {}
        verb = f"insert into stage_{kind}" if kind in self.kinds else f"create table stage_{kind} as"
        con.execute(f"{verb} {_bound(select, params)}")
        return base

    def _rows(self, con: Connection, kind: str) -> int:
        if kind not in self.kinds:
            con.execute(f"drop table if exists stage_{kind}")
            return 0
        found = con.execute(f"select coalesce(max(rowid) + 1, 0) from stage_{kind}").fetchall()
        return int(found[0][0])

    def _look(self, con: Connection, kind: str, base: int, broken: Sequence[Line]) -> Taken:
        """What the verdicts on the staged resources are, and which of their references are conditional."""
        names = [c for c in self._names(con, kind) if c.startswith("ref_")]
        tests = "".join(f", coalesce(bool_or(contains({c}, '?identifier=')), false)" for c in names)
        query = f"select problem, file, count(*){tests} from stage_{kind} where rowid >= {base} group by problem, file"
        rows = con.execute(query).fetchall()
        conditional = {(kind, c) for i, c in enumerate(names) if any(row[3 + i] for row in rows)}
        return Taken(base, {(row[0], row[1]): row[2] for row in rows}, conditional, broken)

    def _count(self, path: Path, kind: str, taken: Taken) -> None:
        if kind in TYPES:
            self.loads.append((kind, taken.base, path))
        self.conditional |= taken.conditional
        for (problem, file), n in taken.counts.items():
            outcome = {None: "loaded", "ignored": "ignored"}.get(problem)
            if outcome:
                self.batch.tally.add(file, kind, outcome, n)
        if {problem for problem, _ in taken.counts} - {None, "ignored", "type.other"}:
            self._refuse(path, kind, taken.base)

    def _refuse(self, path: Path, kind: str, base: int) -> None:
        """Quarantine the staged resources whose content is at fault, with their text."""
        wanted = "problem is not null and problem not in ('ignored', 'type.other')"
        self._refuse_where(path, kind, base, wanted, "problem")

    def refuse_unknown_people(self) -> None:
        """Quarantine what is about a person named by an identifier that cannot be resolved."""
        for kind, base, path in self.loads:
            if (kind, "ref_person") in self.conditional:
                wanted = f"problem is null and {UNKNOWN_PERSON}"
                files = self._refuse_where(path, kind, base, wanted, "'reference.unresolved'")
                for file in files:
                    self.batch.tally.add(file, kind, "loaded", -1)

    def _refuse_where(self, path: Path, kind: str, base: int, wanted: str, reason: str) -> list[int]:
        query = (
            f"select rowid + 1 - {base}, file, coalesce(carestead_row, rowid + 1 - {base}), {reason} "
            f"from stage_{kind} where base = {base} and {wanted} order by rowid"
        )
        rows = self.con.execute(query).fetchall()
        for line, (_, file, row, problem) in zip(numbered(path, [r[0] for r in rows]), rows, strict=True):
            self.batch.refuse(file, row, kind, problem, without_place(line.text), line.offset)
        return [r[1] for r in rows]

    def columns(self, kind: str) -> list[str]:
        """The columns of a staging table."""
        return self._names(self.con, kind)

    def _names(self, con: Connection, kind: str) -> list[str]:
        if kind not in self._columns:
            rows = con.execute(f"select column_name from (describe stage_{kind})").fetchall()
            self._columns[kind] = [r[0] for r in rows]
        return self._columns[kind]

    def drop(self) -> None:
        """Forget what is staged."""
        for kind in self.kinds:
            self.con.execute(f"drop table stage_{kind}")
        self.kinds.clear()
        self.loads.clear()
        self.conditional.clear()


def _read(path: Path, columns: str) -> str:
    packed = ", compression='gzip'" if is_gzip(path) else ", compression='none'"
    return (
        f"read_ndjson({literal(no_glob(path))}, columns={columns}, records=true, "
        f"maximum_object_size={LINE_LIMIT}{packed})"
    )


def _bound(sql: str, params: dict[str, str]) -> str:
    for name, value in params.items():
        sql = sql.replace(f"${name}", literal(value))
    return sql
