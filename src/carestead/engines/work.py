"""A task carried out by DuckDB, wherever it is: in this process, or in a Spark executor."""

import json
import time
import uuid
from pathlib import Path
from typing import Any

from carestead.core.step import ReferenceTable
from carestead.engines.base import Receipt, Statement, Task
from carestead.tables import Table, check, table

PIECE = "_piece"
DICTIONARY = 100_000
"""So many distinct values may a column's dictionary have (docs/adr/0004)."""


def work(con: Any, task: Task, engine: str) -> list[Receipt]:
    """Run the task's statements on connection `con`, publish each part by rename, and give a receipt for each.

    A part that is there already, with its receipt, is not made again: the same key means the same rows.
    """
    given: dict[str, list[str]] = {name: list(paths) for name, paths in task.views.items()}
    seen: dict[str, int] = {}
    receipts = []
    for statement in task.statements:
        receipt = read_receipt(statement.output)
        if receipt is None:
            for name in referenced(statement, given):
                if seen.get(name) != len(given[name]):  # parts are only ever added
                    view(con, name, given[name], temporary=True)
                    seen[name] = len(given[name])
            receipt = _make(con, statement, task.bucket, engine)
        receipts.append(receipt)
        given.setdefault(statement.gives, []).append(receipt.path)
    return receipts


def referenced(statement: Statement, given: dict[str, list[str]]) -> list[str]:
    """The contract tables that may be read by the statement: all it names, so that a view is never stale."""
    return [name for name in given if name in statement.sql]


def view(con: Any, name: str, paths: list[str] | tuple[str, ...], *, temporary: bool = False) -> None:
    """Make contract table `name` readable on `con` from its parts; without parts it is empty, with its columns.

    A name that ends in `_piece` is what was spread for that table and is not yet folded.
    """
    spec = table(name.removesuffix(PIECE))
    kind = "temp view" if temporary else "view"
    if paths:
        files = ", ".join(quote(p) for p in paths)
        source = f"select * from read_parquet([{files}], hive_partitioning = false)"
    else:
        nothing = ", ".join(f'cast(null as {type_}) as "{column}"' for column, type_ in spec.types().items())
        source = f"select {nothing} where false"
    con.execute(f'create or replace {kind} "{name}" as {source}')


def reference(con: Any, facts: ReferenceTable) -> None:
    """Make a small table of facts readable on `con`."""
    columns = ", ".join(f'unnest(cast(? as {kind}[])) as "{name}"' for name, kind in facts.columns.items())
    values = [list(column) for column in zip(*facts.rows, strict=True)] or [[] for _ in facts.columns]
    con.execute(f'create or replace temp table "{facts.name}" as select {columns}', values)


def contract_select(spec: Table, sql: str) -> str:
    """`sql` with the table's columns, in its order and types."""
    columns = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in spec.types().items())
    return f"select {columns} from (\n{sql}\n)"


def _make(con: Any, statement: Statement, bucket: int | None, engine: str) -> Receipt:
    began = time.perf_counter()
    spec = table(statement.gives)
    for facts in statement.references:
        reference(con, facts)
    wanted = {name: value for name, value in statement.params.items() if f"${name}" in statement.sql}
    con.execute(
        f"create or replace temp table _given as {contract_select(spec, statement.sql.rstrip().rstrip(';'))}", wanted
    )
    rows, checksum = measure(con, spec, "_given")
    temporary = _temporary(statement.output)
    order = ", ".join(f'"{name}" nulls first' for name in spec.order)
    con.execute(f"copy (select * from _given order by {order}) to {quote(temporary)} {parquet(rows)}")
    breaches = breach_counts(con, spec, "_given")
    con.execute("drop table _given")
    seconds = time.perf_counter() - began
    receipt = Receipt(
        statement.step, statement.gives, bucket, statement.output, rows, checksum, seconds, statement.key, engine,
        breaches,
    )  # fmt: skip
    Path(temporary).replace(statement.output)
    write_receipt(receipt)
    return receipt


def parquet(rows: int = DICTIONARY) -> str:
    """How so many rows are written: in small row groups, so that one person is read in milliseconds, and with a
    dictionary all the same. No column has more distinct values than rows, and room for 100,000 takes 6 ms to clear."""
    dictionary = max(1, min(DICTIONARY, rows))
    return f"(format parquet, compression zstd, row_group_size 122880, dictionary_size_limit {dictionary})"


def measure(con: Any, spec: Table, relation: str) -> tuple[int, str]:
    """Rows and an order-free checksum of their values: the sum of the rows' 64-bit hashes."""
    columns = ", ".join(f'"{name}"' for name in spec.names())
    rows, total = con.execute(f"select count(*), coalesce(sum(hash({columns})), 0) from {relation}").fetchall()[0]
    return rows, f"{int(total) % 2**64:016x}"


def breach_counts(con: Any, spec: Table, relation: str) -> dict[str, int]:
    """How many rows break each constraint of the contract; only those that some row breaks."""
    result = con.execute(check.breaches_sql(spec, relation))
    names = [column[0] for column in result.description]
    counts = dict(zip(names, result.fetchall()[0], strict=True))
    return {name: n for name, n in counts.items() if ":" in name and n}


def _temporary(output: str) -> str:
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    return f"{output}.{uuid.uuid4().hex}.tmp"


def write_receipt(receipt: Receipt) -> None:
    """Put the receipt beside its part: a part without one is not there."""
    text = json.dumps({name: getattr(receipt, name) for name in Receipt.__dataclass_fields__})
    temporary = _temporary(f"{receipt.path}.json")
    Path(temporary).write_text(text, encoding="utf-8")
    Path(temporary).replace(f"{receipt.path}.json")


def read_receipt(output: str) -> Receipt | None:
    """The receipt beside a part, or None when the part was never finished. The part is where the receipt was found,
    wherever it was made: an area may be moved or copied."""
    try:
        said = json.loads(Path(f"{output}.json").read_text(encoding="utf-8"))
        return Receipt(**{**said, "path": output})
    except FileNotFoundError:
        return None


def quote(text: object) -> str:
    """A path as an SQL literal: folders may have an apostrophe in their name."""
    return "'" + str(text).replace("'", "''") + "'"
