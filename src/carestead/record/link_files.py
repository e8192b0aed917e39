"""Link the records of one file (find duplicates) or of two files (find the same people), told by a column map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from carestead.core.finding import Finding, InputError, UsageError
from carestead.record.linking.join import STEPS, Progress, join_records
from carestead.record.linking.outcome import links, reviews
from carestead.record.linking.prepare import clear, prepare
from carestead.reference.linking import LinkSettings, link_settings

FIELDS = (
    "id",
    "nhs_number",
    "family_name",
    "given_name",
    "birth_date",
    "sex",
    "address",
    "town",
    "postcode",
    "phone",
    "email",
    "other",
)
"""What a column map may name. `address` and `other` may be lists of columns; `other` takes any further columns."""

ColumnMap = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class FileLinks:
    """`pairs` and `reviews` have id_left, id_right, match_weight (log2 of the odds), match_probability; reviews also
    reason. Pairs are those of all records of one person, so a person of three records gives three."""

    pairs: pa.Table
    reviews: pa.Table
    findings: list[Finding]
    read: tuple[int, ...]


def link_files(
    con: Any,
    left: Path,
    right: Path | None,
    column_map: Mapping[str, Any],
    *,
    settings: LinkSettings | None = None,
    on_progress: Progress | None = None,
) -> FileLinks:
    """Read CSV (also .gz) or Parquet, link, and give pairs in order of their ids.

    `column_map` maps names of `FIELDS` to the files' columns; when the two files differ it is
    `{"left": map, "right": map}`. Without `id` a record's id is its row number from 1. With one file its duplicates are
    found; with two, pairs of a left and a right record. Raises InputError when a file cannot be read, UsageError when
    the map names what is not there.
    """
    maps = _maps(column_map, 1 if right is None else 2)
    paths = [left] if right is None else [left, right]
    tell = on_progress or (lambda done, of, what: None)
    tell(0, STEPS, "reading")
    tables = [_read(con, path, m, i) for i, (path, m) in enumerate(zip(paths, maps, strict=True))]
    try:
        findings = prepare(con, pa.concat_tables(tables), settings or link_settings())
        joined = join_records(
            con, settings or link_settings(), across=right is not None, together=[], apart=[], on_progress=tell
        )
        con.register("link_row", links(con, joined, joined.person))
        con.register("link_doubtful", reviews(con, joined))
        found = _pairs(con, within=right is None), _reviews(con, within=right is None)
    finally:
        for view in ("link_row", "link_doubtful"):
            con.unregister(view)
        clear(con)
    tell(STEPS, STEPS, "linked")
    return FileLinks(*found, findings, tuple(t.num_rows for t in tables))


def _maps(column_map: Mapping[str, Any], files: int) -> list[ColumnMap]:
    sides = [column_map[s] for s in ("left", "right") if s in column_map]
    maps = (sides or [column_map] * files)[:files]
    if len(maps) < files:
        raise UsageError("The column map has one side for two files.", "Give both left and right, or one map for both.")
    for m in maps:
        if unknown := sorted(set(m) - set(FIELDS)):
            raise UsageError(f"The column map names {', '.join(unknown)}.", f"It may name {', '.join(FIELDS)}.")
        if not set(m) - {"id"}:
            raise UsageError("The column map names no column to compare.", f"It may name {', '.join(FIELDS)}.")
    return list(maps)


def _read(con: Any, path: Path, column_map: ColumnMap, side: int) -> pa.Table:
    reader = _reader(path)
    try:
        columns = con.sql(f"select * from {reader}", params={"path": str(path)}).columns
        chosen = ", ".join(_column(path, columns, field, column_map) for field in FIELDS if field in column_map)
        own_id = "" if "id" in column_map else "(row_number() over ())::varchar as source_person_id, "
        table = con.sql(
            f"select $side::smallint as source_id, {own_id}{chosen} from {reader}",
            params={"path": str(path), "side": side},
        ).to_arrow_table()
    except (UsageError, InputError):
        raise
    except Exception as error:  # the driver's own errors: a room imports no driver
        raise InputError(
            f"{path} cannot be read: {str(error).splitlines()[0]}", "Give a CSV or Parquet file."
        ) from error
    _check_ids(path, table)
    return _padded(table)


def _reader(path: Path) -> str:
    if not path.is_file():
        raise InputError(f"There is no file {path}.", "Give a CSV or Parquet file.")
    if path.suffix == ".parquet":
        return "read_parquet($path)"
    return "read_csv($path, all_varchar = true, header = true, strict_mode = false)"


def _column(path: Path, columns: Sequence[str], field: str, column_map: ColumnMap) -> str:
    wanted = [column_map[field]] if isinstance(column_map[field], str) else list(column_map[field])
    by_name = {c.strip().lower(): c for c in columns}
    if absent := [w for w in wanted if w.strip().lower() not in by_name]:
        raise UsageError(
            f"{path.name} has no column {', '.join(absent)} (asked for as {field}).",
            f"It has {', '.join(c.strip() for c in columns)}.",
        )
    texts = [f"""nullif(trim({_quoted(by_name[w.strip().lower()])}::varchar), '')""" for w in wanted]
    name = "source_person_id" if field == "id" else field
    joint = ", " if field in ("address", "other") else " "
    return f"nullif(concat_ws('{joint}', {', '.join(texts)}), '') as {name}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _padded(table: pa.Table) -> pa.Table:
    """The same columns for both sides, so that maps may differ in what they name."""
    n = table.num_rows
    fields = ["source_id", "source_person_id", *FIELDS[1:]]
    columns = [table[f] if f in table.column_names else pa.nulls(n, pa.string()) for f in fields]
    return pa.table(dict(zip(fields, columns, strict=True)))


def _check_ids(path: Path, table: pa.Table) -> None:
    ids = table["source_person_id"]
    if ids.null_count:
        raise InputError(
            f"{path.name} has {ids.null_count:,} rows without an id.", "Map id to a column that is never empty."
        )
    if len(ids.unique()) < len(ids):
        raise InputError(f"{path.name} has ids that repeat.", "Map id to a column that is different in every row.")


def _pairs(con: Any, *, within: bool) -> pa.Table:
    """Pairs that were joined only through others carry the weaker of their two records' strongest ties."""
    return con.sql(
        """select l.source_person_id as id_left, r.source_person_id as id_right,
                  coalesce(s.weight, least(l.match_weight, r.match_weight)) as match_weight,
                  1 / (1 + pow(2, -greatest(coalesce(s.weight, least(l.match_weight, r.match_weight)), -1000)))
                      as match_probability
           from link_row l join link_row r on l.person_id = r.person_id
           join link_record lr on lr.source_id = l.source_id and lr.source_person_id = l.source_person_id
           join link_record rr on rr.source_id = r.source_id and rr.source_person_id = r.source_person_id
           left join link_scored s on s.rid_l = lr.rid and s.rid_r = rr.rid
               and s.weight > least(l.match_weight, r.match_weight)
           where case when $within then lr.rid < rr.rid else l.source_id = 0 and r.source_id = 1 end
           order by id_left, id_right""",
        params={"within": within},
    ).to_arrow_table()


def _reviews(con: Any, *, within: bool) -> pa.Table:
    return con.sql(
        """select source_person_id_a as id_left, source_person_id_b as id_right, match_weight, match_probability, reason
           from link_doubtful where $within or source_id_a <> source_id_b order by all""",
        params={"within": within},
    ).to_arrow_table()


def write(con: Any, table: pa.Table, path: Path) -> None:
    """Write a table as CSV, Parquet or JSON lines, by the ending of `path`. Raises UsageError for another ending."""
    kinds = {".csv": "csv, header", ".parquet": "parquet", ".json": "json, array true", ".ndjson": "json"}
    if path.suffix not in kinds:
        raise UsageError(f"{path.name} does not say its format.", f"End it in {', '.join(kinds)}.")
    con.register("link_out", table)
    con.execute(f"copy link_out to '{str(path).replace(chr(39), chr(39) * 2)}' (format {kinds[path.suffix]})")
    con.unregister("link_out")
