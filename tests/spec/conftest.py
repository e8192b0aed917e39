"""Small tables in, the step's rows out."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import duckdb
import pytest

from carestead.core.step import SetStep
from carestead.engines.work import reference
from carestead.tables import table

Rows = list[dict[str, Any]]


def fill(con: duckdb.DuckDBPyConnection, name: str, types: dict[str, str], rows: Rows) -> None:
    """Table `name` with `rows`; a column that a row does not name is null, the source is number 1."""
    con.execute(f"create table if not exists {name} ({', '.join(f'{c} {t}' for c, t in types.items())})")
    full = [{"source_id": 1, "file_id": 0, "source_row": n, **row} for n, row in enumerate(rows, 1)]
    marks = f"({', '.join('?' for _ in types)})"
    for chunk in (full[n : n + 200] for n in range(0, len(full), 200)):
        values = [row.get(c) for row in chunk for c in types]
        con.execute(f"insert into {name} values {', '.join([marks] * len(chunk))}", values)


def carry_out(con: duckdb.DuckDBPyConnection, step: SetStep, day: date) -> Rows:
    """The rows of one step over the tables on `con`, typed and sorted as published."""
    for facts in step.references:
        reference(con, facts)
    params = step.bound(day)
    gives = table(step.gives)
    order = ", ".join(f'"{c}" nulls first' for c in gives.order)
    columns = ", ".join(f'cast("{c}" as {t}) as "{c}"' for c, t in gives.types().items())
    return (
        con.sql(f"select {columns} from ({step.text()}) order by {order}", params=params).to_arrow_table().to_pylist()
    )


@pytest.fixture
def run_steps() -> Callable[..., Rows]:
    """`run_steps([steps], as_of, table=[rows], ...)`: the rows of the last step; each reads what those before gave."""

    def run(steps: Sequence[SetStep], as_of: date | str, **tables: Rows) -> Rows:
        con = duckdb.connect()
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        read = {name for step in steps for name in step.reads}
        assert set(tables) <= read
        for name in read:
            fill(con, name, table(name).types(), tables.get(name, []))
        for step in steps[:-1]:
            fill(con, step.gives, table(step.gives).types(), carry_out(con, step, day))
        return carry_out(con, steps[-1], day)

    return run


@pytest.fixture
def run_step(run_steps) -> Callable[..., Rows]:
    """`run_step(step, as_of, table=[rows], ...)`: the rows of the step."""

    def run(step: SetStep, as_of: date | str, **tables: Rows) -> Rows:
        return run_steps([step], as_of, **tables)

    return run
