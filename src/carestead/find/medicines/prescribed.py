"""The groups of medicines of `reference/find/medicines.yaml` that each person was prescribed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from carestead.core.step import ReferenceTable, SetStep
from carestead.find.medicines.ingredients import bnf_prefix, usual
from carestead.reference import load

_COLUMNS = {
    "medicines": "VARCHAR",
    "bnf": "VARCHAR",
    "name": "VARCHAR",
    "up_to_mg": "DOUBLE",
    "counts": "BOOLEAN",
}


def group_table() -> ReferenceTable:
    """Table `medicine_group`: what puts a medicine into a group (`counts`), or keeps it out.

    A row has either `bnf`, the beginning of a code, or `name`, an ingredient; `up_to_mg` is a limit on the strength.
    """
    groups: dict[str, dict[str, Any]] = load("find", "medicines")["medicines"]
    rows = tuple(row for name, said in groups.items() for row in _rows(name, said))
    return ReferenceTable("medicine_group", _COLUMNS, rows)


def _rows(group: str, said: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for part, counts in ((said, True), *((p, False) for p in said.get("but_not", ()))):
        limit = part.get("up_to_mg")
        yield from ((group, bnf_prefix(code), None, limit, counts) for code in part.get("bnf", ()))
        yield from ((group, None, usual(name), limit, counts) for name in part.get("ingredients", ()))


step = SetStep(
    "prescribed",
    Path(__file__).with_suffix(".sql"),
    reads=("medicine_history", "medicine_name"),
    gives="prescribed",
    references=(group_table(),),
)
