"""Small tables in, the step's rows out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from carestead.core.step import SetStep
from carestead.tables import table

Rows = list[dict[str, Any]]


def fill(con: duckdb.DuckDBPyConnection, name: str, types: dict[str, str], rows: Rows) -> None:
    """Table `name` with `rows`; a column that a row does not name is null, the source is number 1."""
    con.execute(f"create table {name} ({', '.join(f'{c} {t}' for c, t in types.items())})")
    for n, row in enumerate(rows, 1):
        full = {"source_id": 1, "file_id": 0, "source_row": n, **row}
        con.execute(f"insert into {name} values ({', '.join('?' for _ in types)})", [full.get(c) for c in types])


@pytest.fixture
def run_step() -> Callable[..., Rows]:
    """`run_step(step, as_of, table=[rows], ...)`: the rows of the step, typed and sorted as published."""

    def run(step: SetStep, as_of: date | str, **tables: Rows) -> Rows:
        con = duckdb.connect()
        assert set(tables) <= set(step.reads)
        for name in step.reads:
            fill(con, name, table(name).types(), tables.get(name, []))
        for facts in step.references:
            rows = [dict(zip(facts.columns, r, strict=True)) for r in facts.rows]
            fill(con, facts.name, dict(facts.columns), rows)
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        params = {k: v for k, v in {**step.params, "as_of": day}.items() if f"${k}" in step.text()}
        gives = table(step.gives)
        order = ", ".join(f'"{c}" nulls first' for c in gives.order)
        columns = ", ".join(f'cast("{c}" as {t}) as "{c}"' for c, t in gives.types().items())
        return (
            con.sql(f"select {columns} from ({step.text()}) order by {order}", params=params)
            .to_arrow_table()
            .to_pylist()
        )

    return run
