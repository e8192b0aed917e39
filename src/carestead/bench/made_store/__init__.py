"""A made-up store of many enrolled people, in the form in which it is exported; each invariant is broken once.

Person n from 1 to 24 is in a group of practices of their own and breaks invariant Rn; nobody else breaks any. One file
a table is beside this module; a practice has 6,000 people and 40 GPs, a group six practices and 450 coordinators.
"""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from carestead.care.gaps.limits import limits
from carestead.engines.duckdb import connect
from carestead.engines.work import contract_select, parquet, quote, reference
from carestead.reference.calendars import working_calendar
from carestead.tables import table

AT = datetime(2026, 3, 31, 10, tzinfo=UTC)
"""The instant that the made-up store is as of: a Tuesday, 11:00 in London."""

_HERE = Path(__file__).parent
_FIRST = ("p", "made")
"""What the others are made of: the people, and their promises."""


def make(folder: Path, people: int) -> dict[str, tuple[str, ...]]:
    """Write the store of so many people to `folder`, once: its files, by table, and those of the record it needs."""
    names = sorted(path.stem for path in _HERE.glob("*.sql") if path.stem not in _FIRST)
    files = {name: (str(folder / f"{name}.parquet"),) for name in names}
    if (folder / "whole").exists():
        return files
    folder.mkdir(parents=True, exist_ok=True)
    params = {"at": AT.replace(tzinfo=None), "people": people, "practices": max(6, people // 6_000)}
    with closing(connect(folder / "spilt", memory="6GB")) as con:
        for facts in limits(AT, working_calendar()).tables:
            reference(con, facts)
        for name in _FIRST:
            con.execute(f"create table {name} as {_sql(name)}", _bound(_sql(name), params))
        for name in names:
            sql = contract_select(table(name), _whole(name, _sql(name)))
            con.execute(f"copy ({sql}) to {quote(files[name][0])} {parquet()}", _bound(sql, params))
    (folder / "whole").touch()
    return files


def _sql(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


def _bound(sql: str, params: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in params.items() if f"${name}" in sql}


def _whole(name: str, sql: str) -> str:
    """The SELECT with the columns that it does not give, as nulls."""
    nothing = ", ".join(f'cast(null as {kind}) as "{column}"' for column, kind in table(name).types().items())
    return f"(select {nothing} where false) union all by name ({sql})"
