"""The data dictionary: every contract table, found by its file's name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from carestead.tables.schema import Column, Table

__all__ = ["Column", "Table", "all_tables", "delivered_tables", "table"]

_NOT_TABLES = {"schema", "check"}


@cache
def all_tables() -> dict[str, Table]:
    """Every contract table by name, in order of name."""
    names = sorted(m.name for m in iter_modules(__path__) if m.name not in _NOT_TABLES)
    found = {n: import_module(f"{__name__}.{n}").TABLE for n in names}
    wrong = [n for n, t in found.items() if t.name != n]
    if wrong:
        raise TypeError(f"A table's name must be its file's name: {', '.join(wrong)}.")
    return found


def table(name: str) -> Table:
    """The contract table called `name`. Raises KeyError with the names there are."""
    if name not in all_tables():
        raise KeyError(f"There is no table {name}; there are {', '.join(all_tables())}.")
    return all_tables()[name]


def delivered_tables() -> dict[str, Table]:
    """The tables that sources fill with records: those with provenance columns, made by no room."""
    return {
        n: t for n, t in all_tables().items() if t.room == "sources" and any(c.role == "provenance" for c in t.columns)
    }
