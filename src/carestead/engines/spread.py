"""Spreading: a delivered table put into person buckets, in its published form.

The rows of one source get the person their record was linked to, codes become their numbers, ids become 64-bit
hashes. Written partitioned by bucket; the flow then folds each bucket's pieces into one sorted part.
"""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from carestead.engines.base import SpreadTask
from carestead.engines.work import quote
from carestead.tables import Column, Table, table


def spread(con: Any, task: SpreadTask) -> None:
    """Write each wanted bucket's rows to its folder, which appears whole or not at all; it may be empty."""
    spec = table(task.table)
    base = Path(next(iter(task.wanted.values()))).parent
    temporary = base / f"{uuid.uuid4().hex}.tmp"
    temporary.mkdir(parents=True)
    con.execute(_copy(spec, task, str(temporary / "out")), _params(spec, task))
    for bucket, folder in task.wanted.items():
        _move(temporary / "out" / f"bucket={bucket}", Path(folder))
    shutil.rmtree(temporary)


def _move(made: Path, folder: Path) -> None:
    """Put the bucket's rows in place; what earlier links made of this bucket goes."""
    for old in folder.parent.glob(f"{folder.name[:4]}*"):
        shutil.rmtree(old)
    if made.exists():
        made.replace(folder)
    else:
        folder.mkdir()


def _copy(spec: Table, task: SpreadTask, out: str) -> str:
    select = published_select(spec)
    if spec.per == "bucket":
        bucket = ", cast(person_id % $buckets as INTEGER) as bucket"
        query = f"select *{bucket} from ({select}) where list_contains($wanted, cast(person_id % $buckets as INTEGER))"
        options = "(format parquet, compression snappy, partition_by (bucket))"
        return f"copy ({query}) to {quote(out)} {options}"
    Path(out, "bucket=0").mkdir(parents=True)
    return f"copy ({select}) to {quote(Path(out, 'bucket=0', 'data_0.parquet'))} (format parquet)"


def _params(spec: Table, task: SpreadTask) -> dict[str, Any]:
    params: dict[str, Any] = {"delivered": task.source_file, "source_id": task.source_id, "first": task.first_file_id}
    if spec.per == "bucket":
        params |= {"link": task.link, "buckets": task.buckets, "wanted": list(task.wanted)}
    if any(c.role == "code" for c in spec.columns):
        params["code"] = task.code
    return params


def published_select(spec: Table) -> str:
    """The SELECT that turns delivered rows of one source into published rows.

    Parameters: `$delivered`, `$link`, `$code` (Parquet paths), `$source_id`, `$first` (file_id of the delivery's
    file 0).
    """
    columns = ", ".join(f'{_expression(c)} as "{c.name}"' for c in spec.columns)
    joins = "\n".join(_joins(spec))
    return f"select {columns} from read_parquet($delivered) d {joins}"


def _expression(column: Column) -> str:
    stem = column.name.removesuffix("_id")
    if column.name == "source_id":
        return "cast($source_id as SMALLINT)"
    if column.name == "file_id":
        return "cast($first + d.source_file as INTEGER)"
    if column.role == "person":
        return "l.person_id"
    if column.role == "code":
        return f"{stem}_code.code_id"
    if column.role == "key":
        return key_hash(f"d.source_{column.name}")
    return f'd."{column.name}"'


def key_hash(expression: str) -> str:
    """64 bits of the MD5 of source and id: stable between releases of the engine, unlike its own `hash`."""
    return f"md5_number_lower($source_id || '/' || {expression})"


def _joins(spec: Table) -> Iterator[str]:
    if spec.per == "bucket":
        yield (
            "join (select source_person_id, person_id from read_parquet($link) where source_id = $source_id) l"
            " on l.source_person_id = d.source_person_id"
        )
    for c in spec.columns:
        if c.role == "code":
            stem = c.name.removesuffix("_id")
            yield (
                f"left join read_parquet($code) {stem}_code"
                f" on {stem}_code.system = d.{stem}_system and {stem}_code.code = d.{stem}"
            )
