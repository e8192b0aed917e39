"""Register and proposal of the newest earlier day, as inputs of a run: what people were told last is not forgotten."""

from collections.abc import Callable
from datetime import date
from typing import Any

from carestead.core.area import Area
from carestead.engines import lake
from carestead.engines.base import Receipt
from carestead.engines.decide import give, write_part
from carestead.engines.duckdb import connect
from carestead.engines.work import quote, read_receipt

_UNKNOWN = {"state": "'proposed'", "cohorts": "''", "priority": "null", "practice_code": "null"}
"""What stands for a column that an older release's register did not have."""


def register_before(area: Area, as_of: date) -> Receipt:
    """Table `register_before`: the register of the newest kept snapshot for a day before `as_of`; empty when there is
    none. A second run for a day compares with the same earlier day, also when that snapshot is kept no longer."""
    return _before(area, as_of, "register_before", "register_entry", _register)


def assignment_before(area: Area, as_of: date) -> Receipt:
    """Table `assignment_before`: the proposal of that snapshot."""
    columns = "select person_id, named_gp_code, coordinator_code from"
    return _before(area, as_of, "assignment_before", "assignment", lambda con, source, day: f"{columns} {source}")


def _before(area: Area, as_of: date, name: str, of: str, select: Callable[[Any, str, date], str]) -> Receipt:
    kept = lake.kept(area)
    earlier = max((m for m in kept if m.as_of < as_of), key=lambda m: m.as_of, default=None)
    if earlier:
        return _copied(area, earlier, name, of, select)
    today = [p for m in kept if m.as_of == as_of for p in m.parts if p.table == name]
    return today[0] if today else give(area, name, "earlier", [])


def _copied(area: Area, earlier: lake.Manifest, name: str, of: str, select: Callable[[Any, str, date], str]) -> Receipt:
    parts = [p for p in earlier.parts if p.table == of]
    key = lake.digest(name, earlier.as_of, [p.identity for p in parts])
    output = lake.part_path(area, name, "earlier", None, key)
    if there := read_receipt(output):
        return there
    if not parts:
        return give(area, name, "earlier", [])
    con = connect(area.scratch)
    source = f"read_parquet([{', '.join(quote(p.path) for p in parts)}])"
    return write_part(area, name, "earlier", key, f"({select(con, source, earlier.as_of)})", con)


def _register(con: Any, source: str, day: date) -> str:
    there = {column[0] for column in con.execute(f"select * from {source} limit 0").description}
    said = ", ".join(f"{name if name in there else unknown} as {name}" for name, unknown in _UNKNOWN.items())
    return f"select person_id, rank, {said}, date {quote(day.isoformat())} as as_of from {source}"
