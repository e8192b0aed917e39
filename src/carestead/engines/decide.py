"""Decisions carried out: a Python function gets small tables and gives rows, each table one part for the area."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from inspect import getmodule, getsource
from pathlib import Path
from typing import Any

import pyarrow as pa

from carestead.core.area import Area
from carestead.core.finding import Finding, Severity
from carestead.core.step import DecisionStep, Outcome
from carestead.engines import lake
from carestead.engines.base import Receipt
from carestead.engines.duckdb import Connection, connect
from carestead.engines.work import breach_counts, measure, parquet, quote, read_receipt, view, write_receipt
from carestead.tables import table

Given = pa.Table | Sequence[Mapping[str, Any]]


def decide(
    area: Area, step: DecisionStep, views: Mapping[str, tuple[str, ...]], as_of: date, inputs: Mapping[str, Any]
) -> tuple[list[Receipt], list[Finding], bool]:
    """Run a decision step, or read what it gave last time for the same inputs: (receipts, findings, made anew)."""
    key = lake.digest(step.name, _source(step), dict(step.params), as_of, inputs)
    before = _again(area, step, key)
    if before is not None:
        return (*before, False)
    outcome = step.decide(_read(area, step, views), as_of, step.params)
    receipts = [give(area, name, step.name, outcome.tables.get(name, ()), key) for name in step.gives]
    _remember(area, step, key, outcome)
    return receipts, list(outcome.findings), True


def give(area: Area, name: str, step: str, rows: Given, key: str | None = None) -> Receipt:
    """Write rows as the part of area table `name`; the same rows of the same columns are not written twice."""
    spec = table(name)
    arrow = rows if isinstance(rows, pa.Table) else None
    said = rows if arrow is None else [arrow.num_rows, str(arrow.to_pydict())]
    key = key or lake.digest(name, step, spec.types(), said)
    output = lake.part_path(area, name, step, None, key)
    there = read_receipt(output)
    return there or write_part(area, spec.name, step, key, arrow if arrow is not None else _arrow(spec, rows))


def about_nobody(area: Area, links: Sequence[str], decided: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """A finding when decisions are about people whose number nobody has any more: two records proved to be one
    person's, and the other number was kept. `links` are the parts of table link; none in an area without links."""
    if not links or not decided:
        return []
    con = connect(area.scratch)
    view(con, "link", list(links))
    said = sorted({int(row["person_id"]) for row in decided})
    sql = "select id from (select unnest($said) as id) where id not in (select person_id from link) order by id"
    gone = [row[0] for row in con.execute(sql, {"said": said}).fetchall()]
    if not gone:
        return []
    return [
        Finding(
            "decision.about-nobody",
            Severity.ERROR,
            "decision.person_id",
            f"{len(gone):,} people somebody decided on have no record under their number any more.",
            "Their records were joined to another person's: open that person, and decide again or part the records.",
            len(gone),
            str(gone[0]),
        )
    ]


def write_part(area: Area, name: str, step: str, key: str, rows: Any, con: Connection | None = None) -> Receipt:
    """Write `rows` (an arrow table, or a relation's name on `con`) as the area's part of table `name`."""
    began = time.perf_counter()
    spec = table(name)
    output = lake.part_path(area, name, step, None, key)
    con = con or connect(area.scratch)
    if isinstance(rows, pa.Table):
        con.register("_rows", rows)
        rows = "_rows"
    columns = ", ".join(f'cast("{c}" as {kind}) as "{c}"' for c, kind in spec.types().items())
    order = ", ".join(f'"{c}" nulls first' for c in spec.order)
    con.execute(f"create or replace temp table _given as select {columns} from {rows}")
    counted, checksum = measure(con, spec, "_given")
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"copy (select * from _given order by {order}) to {quote(output + '.tmp')} {parquet(counted)}")
    breaches = breach_counts(con, spec, "_given")
    Path(f"{output}.tmp").replace(output)
    seconds = time.perf_counter() - began
    receipt = Receipt(step, name, None, output, counted, checksum, seconds, key, "python", breaches)
    write_receipt(receipt)
    return receipt


def _read(area: Area, step: DecisionStep, views: Mapping[str, tuple[str, ...]]) -> dict[str, pa.Table]:
    con = connect(area.scratch)
    tables = {}
    for name in step.reads:
        view(con, name, views[name])
        # by every column: rows of several buckets that tie would come in any order, and fractions be added in any
        spec = table(name)
        order = ", ".join(f'"{c}" nulls first' for c in dict.fromkeys((*spec.order, *spec.names())))
        tables[name] = con.sql(f'select * from "{name}" order by {order}').to_arrow_table()
    return tables


_ARROW = {
    "BOOLEAN": pa.bool_(), "TINYINT": pa.int8(), "SMALLINT": pa.int16(), "INTEGER": pa.int32(), "BIGINT": pa.int64(),
    "UBIGINT": pa.uint64(), "FLOAT": pa.float32(), "DOUBLE": pa.float64(), "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"), "VARCHAR": pa.string(),
}  # fmt: skip


def _arrow(spec: Any, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in spec.types().items()])
    return pa.Table.from_pylist([dict(r) for r in rows], schema=schema)


def _source(step: DecisionStep) -> str:
    module = getmodule(step.decide)
    return getsource(module) if module else repr(step.decide)


def _findings_path(area: Area, step: DecisionStep, key: str) -> Path:
    return Path(lake.part_path(area, step.gives[0], step.name, None, key) + ".findings.json")


def _remember(area: Area, step: DecisionStep, key: str, outcome: Outcome) -> None:
    text = json.dumps([f.as_dict() for f in outcome.findings])
    path = _findings_path(area, step, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _again(area: Area, step: DecisionStep, key: str) -> tuple[list[Receipt], list[Finding]] | None:
    receipts = [read_receipt(lake.part_path(area, name, step.name, None, key)) for name in step.gives]
    path = _findings_path(area, step, key)
    if any(r is None for r in receipts) or not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    findings = [replace(Finding(**f), severity=Severity(f["severity"])) for f in said]
    return [r for r in receipts if r], findings
