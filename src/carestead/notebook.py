"""carestead in a notebook: scores worked out over small tables of your own, and published tables read as Arrow.

from carestead import notebook as cs
cs.score("efi", "2025-06-30", event=[{"person_id": 1, "date": "2024-05-01", "system": "snomed", "code": "161898004"}])
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from carestead import flow, results
from carestead.core.finding import InputError, UsageError
from carestead.core.step import SetStep
from carestead.engines.duckdb import Connection, connect
from carestead.engines.work import contract_select, reference
from carestead.find import explain as _explain
from carestead.reference import load, names
from carestead.tables import Table, all_tables
from carestead.tables import table as contract

Rows = Sequence[Mapping[str, Any]]


def scores() -> dict[str, str]:
    """Every score there is: its id and its title."""
    return {name: load("scores", name)["title"] for name in names("scores")}


def facts(score: str) -> dict[str, Any]:
    """What is published of a score: unit, bands, weights, source. Raises UsageError when there is no such score."""
    return load("scores", score)


def score(name: str, as_of: date | str, **tables: Any) -> pa.Table:
    """The rows of table `score` of one score over small `tables` of your own.

    Each of `tables` is a contract table by name, as dict rows or anything that speaks Arrow (pandas, Polars); a column
    that is left out is null. Codes are given as `system` and `code`. Raises UsageError for an unknown score or table,
    InputError for a column that the table does not have.
    """
    return _work_out(name, "score", as_of, tables)


def evidence(name: str, as_of: date | str, **tables: Any) -> pa.Table:
    """The rows behind each score of `score(...)` over the same tables, with the text of each code."""
    return _work_out(name, "evidence", as_of, tables)


def work_out(wanted: Sequence[str], as_of: date | str, **tables: Any) -> dict[str, pa.Table]:
    """The contract tables `wanted` (score, evidence, flag, segment ...) with everything that gives rows to them."""
    con = connect()
    try:
        _fill(con, tables)
        for step in _chain(wanted, set(tables)):
            _carry_out(con, step, _day(as_of))
        return {name: con.sql(f'from "{_spec(name).name}" order by all').to_arrow_table() for name in wanted}
    finally:
        con.close()


def published(area: Path | str, name: str) -> pa.Table:
    """A whole table of the newest snapshot of an area; for a large area ask `results` for what you need."""
    with results.latest(Path(area)) as snapshot:
        return snapshot.arrow(f'from "{contract(name).name}"', (name,))


def explain(name: str, person_id: int, scored: pa.Table, shown: pa.Table) -> str:
    """A person's score in words, of what `score` and `evidence` gave."""
    value = [r for r in scored.to_pylist() if r["person_id"] == person_id and r["score"] == name]
    rows = [r for r in shown.to_pylist() if r["person_id"] == person_id and r["score"] == name]
    return "\n".join(_explain(name, value[0] if value else None, rows))


def _work_out(name: str, gives: str, as_of: date | str, tables: Mapping[str, Any]) -> pa.Table:
    last = _steps(name, gives)
    con = connect()
    try:
        _fill(con, tables)
        for step in [*_chain([t for s in last for t in s.reads], set(tables)), *last]:
            _carry_out(con, step, _day(as_of))
        more = ", code.system, code.code, code.display" if gives == "evidence" else ""
        joined = " left join code using (code_id)" if more else ""
        order = ", ".join(f'"{gives}"."{c}" nulls first' for c in contract(gives).order)
        return con.sql(
            f'select "{gives}".*{more} from "{gives}"{joined} where score = $name order by {order}',
            params={"name": name},
        ).to_arrow_table()
    finally:
        con.close()


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _steps(score: str, gives: str) -> list[SetStep]:
    """The step that gives a score, or its evidence: that of all scores of ICD-10 codes, or the one called so, else the
    longest name that it begins with. Where no step is called so, one that gives rows of several may: all of them."""
    family = "icd10" if "icd10" in load("scores", score) else score
    end = "_evidence" if gives == "evidence" else ""
    able = [s for s in flow.steps() if isinstance(s, SetStep) and s.gives == gives]
    fitting = [s for s in able if family.replace("-", "_").startswith(s.name.removesuffix(end).replace("-", "_"))]
    return [max(fitting, key=lambda s: len(s.name))] if fitting else able


def _chain(wanted: Iterable[str], given: set[str]) -> list[SetStep]:
    """The set steps that make the tables `wanted`, each after what it reads; not for tables that are given."""
    makers = [s for s in flow.steps() if isinstance(s, SetStep)]
    chain: list[SetStep] = []
    for name in wanted:
        for maker in (m for m in makers if m.gives == name and name not in given):
            chain += [s for s in (*_chain(maker.reads, given), maker) if s not in chain]
    return chain


def _fill(con: Connection, tables: Mapping[str, Any]) -> None:
    codes = _Codes(_rows(tables.get("code", ())))
    specs = {name: _spec(name) for name in tables}
    filled = {name: [codes.number(specs[name], row) for row in _rows(rows)] for name, rows in tables.items()}
    filled["code"] = codes.rows
    for name, spec in all_tables().items():
        columns = ", ".join(f'"{c}" {kind}' for c, kind in spec.types().items())
        con.execute(f'create table "{name}" ({columns})')
        if rows := filled.get(name):
            marks = ", ".join("?" for _ in spec.names())
            con.executemany(f'insert into "{name}" values ({marks})', [[r.get(c) for c in spec.names()] for r in rows])


def _spec(name: str) -> Table:
    if name not in all_tables():
        raise UsageError(f"There is no table {name}.", f"There are: {', '.join(all_tables())}")
    return contract(name)


class _Codes:
    """The code table that is being made: rows that name `system` and `code` get a number."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.rows = [dict(r) for r in rows]
        self._numbers = {(r["system"], r["code"]): r["code_id"] for r in self.rows}

    def number(self, spec: Table, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row with `code_id` for its `system`, `code` and `display`."""
        made = dict(row)
        if "code_id" in spec.names() and spec.name != "code" and "code" in made:
            made["code_id"] = self._number(made.pop("system", None), made.pop("code"), made.pop("display", None))
        if unknown := set(made) - set(spec.names()):
            raise InputError(
                f"Table {spec.name} has no column {', '.join(sorted(unknown))}.",
                f"Its columns are {', '.join(spec.names())}; a code is given as system and code.",
            )
        return made

    def _number(self, system: str | None, code: str, display: str | None) -> int:
        if not system:
            raise InputError(f"The code {code} has no system.", "Name it: snomed, icd10, dmd, ctv3 ...")
        if (system, code) not in self._numbers:
            self._numbers[system, code] = 1 + max((r["code_id"] for r in self.rows), default=0)
            self.rows.append(
                {"code_id": self._numbers[system, code], "system": system, "code": code, "display": display}
            )
        return self._numbers[system, code]


def _rows(given: Any) -> list[dict[str, Any]]:
    if hasattr(given, "__arrow_c_stream__"):
        return pa.table(given).to_pylist()
    return [dict(row) for row in given]


def _carry_out(con: Connection, step: SetStep, day: date) -> None:
    for small in step.references:
        reference(con, small)
    given = contract_select(contract(step.gives), step.text())
    con.execute(f'insert into "{step.gives}" {given}', step.bound(day))
