"""Small tables in, the step's answer out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from carestead.core.step import SetStep
from carestead.tables import table

Rows = list[dict[str, Any]]


def load(con: duckdb.DuckDBPyConnection, name: str, types: dict[str, str], rows: Rows) -> None:
    """Table `name` with `rows`; a column that a row does not name is null, provenance is the first source's."""
    con.execute(f"create table {name} ({', '.join(f'{c} {t}' for c, t in types.items())})")
    if rows:
        given = [{"source_id": 1, "file_id": 0, "source_row": n, **row} for n, row in enumerate(rows, 1)]
        values = [[row.get(c) for c in types] for row in given]
        con.executemany(f"insert into {name} values ({', '.join('?' for _ in types)})", values)


@pytest.fixture
def run_step() -> Callable[..., Rows]:
    """`run_step(step, as_of, table=[rows], ...)` gives the step's rows as the published table has them."""

    def run(step: SetStep, as_of: str, **tables: Rows) -> Rows:
        con = duckdb.connect()
        assert set(tables) <= set(step.reads)
        for name in step.reads:
            load(con, name, table(name).types(), tables.get(name, []))
        for facts in step.references:
            load(con, facts.name, dict(facts.columns), [dict(zip(facts.columns, r, strict=True)) for r in facts.rows])
        params = {
            n: v for n, v in {**step.params, "as_of": date.fromisoformat(as_of)}.items() if f"${n}" in step.text()
        }
        gives = table(step.gives)
        columns = ", ".join(f"cast({c} as {t}) as {c}" for c, t in gives.types().items())
        order = ", ".join(f"{c} nulls first" for c in gives.order)
        result = con.execute(f"select {columns} from ({step.text()}) order by {order}", params)
        names = [c[0] for c in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    return run
