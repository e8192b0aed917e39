"""A task's statements: each reads what those before it gave, and every part is written whole."""

from pathlib import Path

from carestead.engines.base import Statement, Task
from carestead.engines.duckdb import connect
from carestead.engines.work import work

WISHES = "select i as person_id, 'this-gp' as kind, 'G' || i as value, date '2026-03-01' as said_on from range({}) t(i)"


def statement(folder: Path, name: str, sql: str) -> Statement:
    return Statement(name, "wish", sql, str(folder / f"{name}.parquet"), name)


def test_a_table_that_grows_within_a_task_is_read_as_it_stands(tmp_path: Path):
    again = "select person_id + 1000 as person_id, * exclude person_id from wish"
    steps = [("first", WISHES.format(10)), ("second", again), ("third", again)]
    made = work(connect(), Task(None, {}, tuple(statement(tmp_path, n, sql) for n, sql in steps)), "duckdb")
    assert [r.rows for r in made] == [10, 10, 20]


def test_no_row_and_no_value_is_lost_however_many_there_are(tmp_path: Path):
    con = connect()
    for rows in (0, 1, 150_000):
        [made] = work(con, Task(None, {}, (statement(tmp_path, f"of-{rows}", WISHES.format(rows)),)), "duckdb")
        read = con.execute(f"select count(*), count(distinct value) from read_parquet('{made.path}')").fetchone()
        assert read == (rows, rows)
