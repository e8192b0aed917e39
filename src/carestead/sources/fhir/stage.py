"""The fast path: typed reads of NDJSON into one staging table a resource type, checked by counting."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from carestead.sources.deliveries import Batch
from carestead.sources.driver import Connection, is_engine_error, is_out_of_memory
from carestead.sources.fhir.schema import TYPES, columns_sql
from carestead.sources.fhir.sift import Sorted, numbered, sift, too_deep, without_place
from carestead.sources.lines import LINE_LIMIT, is_gzip
from carestead.sources.storage import refusal

_HERE = Path(__file__).parent

UNKNOWN_PERSON = "contains(ref_person, '?identifier=') and ref_person not in (select ref from code_of_person)"
"""True of staged resources about a person whose identifier leads to nobody, once references are resolved."""


@cache
def _sql(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def literal(text: str) -> str:
    """A text as an SQL literal. The only place where text from outside is written into SQL."""
    return "'" + text.replace("'", "''") + "'"


def prepare(con: Connection) -> None:
    """Give a connection the words the SQL files are written in."""
    con.execute(_sql("macros.sql"))


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

    def load(self, path: Path, kind: str, file: int | None) -> None:
        """Load an NDJSON file of one type. `file` is its number in the batch; None when each line carries its own
        place. What the fast path cannot take is sorted line by line, and the good lines loaded."""
        if self._load_fast(path, kind, file):
            return
        out = Sorted(self.batch.work, f"{path.name}.sifted")
        sift(path, file, kind, self.batch, out)
        out.close()
        for each, again in out.paths.items():
            if not self._load_fast(again, each, None):
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
            if not self._load_fast(part, kind, None):
                self._load_halves(part, kind)

    def _load_fast(self, path: Path, kind: str, file: int | None) -> bool:
        """One typed read; False, with nothing staged, when it fails or finds other types."""
        if kind not in TYPES:
            return self._count_ignored(path, kind, file)
        before = list(self.kinds)
        self.con.execute("begin")
        try:
            base = self._insert(path, kind, file)
            problems = self._problems(kind, base)
        except Exception as error:
            if not is_engine_error(error):
                raise
            self._undo(before)
            if is_out_of_memory(error) or refusal(error, self.batch.folder):
                raise
            return False
        if "type.other" in problems:
            self._undo(before)
            return False
        self.con.execute("commit")
        self.loads.append((kind, base, path))
        self._note_conditional(kind, base)
        self._count(path, kind, base, problems)
        return True

    def _undo(self, kinds: list[str]) -> None:
        self.con.execute("rollback")
        self.kinds = kinds

    def _count_ignored(self, path: Path, kind: str, file: int | None) -> bool:
        read = _read(path, "{'resourceType': 'VARCHAR'}")
        try:
            rows = self.con.execute(f"select resourceType, count(*) from {read} group by all").fetchall()
        except Exception as error:
            if not is_engine_error(error):
                raise
            return False
        if [r for r, _ in rows if r != kind] or file is None:
            return False
        self.batch.tally.add(file, kind, "ignored", sum(n for _, n in rows))
        return True

    def _insert(self, path: Path, kind: str, file: int | None) -> int:
        self.con.execute(f"create or replace temp view resource as select * from {_read(path, columns_sql(kind))}")
        text = _sql(f"sql/{kind}.sql")
        place = f"coalesce(carestead_file, {'null' if file is None else file}::int)::int as file"
        base = self._rows(kind)
        select = f"select {place}, {base}::bigint as base, * exclude (carestead_file) from ({text})"
        params = {"source_kind": self.source_kind} if "$source_kind" in text else {}
        verb = f"insert into stage_{kind}" if kind in self.kinds else f"create table stage_{kind} as"
        self.con.execute(f"{verb} {_bound(select, params)}")
        if kind not in self.kinds:
            self.kinds.append(kind)
        return base

    def _note_conditional(self, kind: str, base: int) -> None:
        names = [c for c in self.columns(kind) if c.startswith("ref_")]
        if names:
            tests = ", ".join(f"coalesce(bool_or(contains({c}, '?identifier=')), false)" for c in names)
            (found,) = self.con.execute(f"select {tests} from stage_{kind} where rowid >= {base}").fetchall()
            self.conditional |= {(kind, c) for c, yes in zip(names, found, strict=True) if yes}

    def _rows(self, kind: str) -> int:
        if kind not in self.kinds:
            self.con.execute(f"drop table if exists stage_{kind}")
            return 0
        found = self.con.execute(f"select coalesce(max(rowid) + 1, 0) from stage_{kind}").fetchall()
        return int(found[0][0])

    def _problems(self, kind: str, base: int) -> dict[str | None, dict[int, int]]:
        counted: dict[str | None, dict[int, int]] = {}
        query = f"select problem, file, count(*) from stage_{kind} where base = {base} and rowid >= {base} group by all"
        for problem, file, n in self.con.execute(query).fetchall():
            counted.setdefault(problem, {})[file] = n
        return counted

    def _count(self, path: Path, kind: str, base: int, problems: dict[str | None, dict[int, int]]) -> None:
        for problem, files in problems.items():
            outcome = {None: "loaded", "ignored": "ignored"}.get(problem)
            for file, n in files.items() if outcome else ():
                self.batch.tally.add(file, kind, outcome or "", n)
        if set(problems) - {None, "ignored"}:
            self._refuse(path, kind, base)

    def _refuse(self, path: Path, kind: str, base: int) -> None:
        """Quarantine the staged resources whose content is at fault, with their text."""
        wanted = "problem is not null and problem <> 'ignored'"
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
        if kind not in self._columns:
            rows = self.con.execute(f"select column_name from (describe stage_{kind})").fetchall()
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
        f"read_ndjson({literal(_no_glob(path))}, columns={columns}, records=true, "
        f"maximum_object_size={LINE_LIMIT}{packed})"
    )


def _no_glob(path: Path) -> str:
    """The path with the characters that would be read as a pattern put in brackets."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def _bound(sql: str, params: dict[str, str]) -> str:
    for name, value in params.items():
        sql = sql.replace(f"${name}", literal(value))
    return sql
