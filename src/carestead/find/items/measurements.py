"""Measured values that say an item: the limits of a rule in every unit that a measurement may be sent in."""

from collections.abc import Iterator
from typing import Any

from carestead.core.step import ReferenceTable
from carestead.find.items import Item, items_of
from carestead.reference import load, names

COLUMNS = {
    "system": "VARCHAR",
    "code": "VARCHAR",
    "unit": "VARCHAR",
    "sex": "VARCHAR",
    "above": "DOUBLE",
    "below": "DOUBLE",
    "best_of_last": "INTEGER",
    "lowest": "DOUBLE",
    "highest": "DOUBLE",
    "number": "SMALLINT",
    "word": "SMALLINT",
    "mask": "BIGINT",
}


def rule_table() -> ReferenceTable:
    """Table `value_rule`: a row for each code, unit and limit, the limits in that unit.

    A value says the item when it is `above` or `below` (strictly; null is no limit) for people of `sex` (null is
    everybody) and lies between `lowest` and `highest`, outside of which no living person's value does. With
    `best_of_last` it is no single value: the highest of the last so many days that have one must be `below`.
    """
    rows = {row for score in names("scores") for row in _of_score(score)}
    return ReferenceTable("value_rule", COLUMNS, tuple(sorted(rows, key=repr)))


def unit_table() -> ReferenceTable:
    """Table `measurement_unit`: for each code, every unit it is known in, and what is possible in that unit."""
    rows = {
        (system, code, unit, lowest, highest)
        for measurement in load("find", "measurements")["measurements"]
        for system, code, unit, _, lowest, highest in unit_rows(measurement)
    }
    columns = {"system": "VARCHAR", "code": "VARCHAR", "unit": "VARCHAR", "lowest": "DOUBLE", "highest": "DOUBLE"}
    return ReferenceTable("measurement_unit", columns, tuple(sorted(rows)))


def _of_score(score: str) -> Iterator[tuple[Any, ...]]:
    known = {i.name: i for i in items_of(score)}
    for rule in load("scores", score).get("value_rules", ()):
        yield from _rows(rule, known[rule["item"]])


def _rows(rule: dict[str, Any], item: Item) -> Iterator[tuple[Any, ...]]:
    for system, code, unit, factor, lowest, highest in unit_rows(rule["measurement"]):
        limits = [None if v is None else v / factor for v in (rule.get("above"), rule.get("below"))]
        asked = (rule.get("sex"), *limits, rule.get("best_of_last"))
        yield system, code, unit, *asked, lowest, highest, item.number, item.word, item.mask


def unit_rows(measurement: str) -> Iterator[tuple[str, str, str, float, float, float]]:
    """(system, code, unit in lower case, factor, lowest, highest) of each code and unit of a measurement.

    `factor` turns a value in the unit into one in the measurement's first; the lowest and highest that are humanly
    possible are in the unit.
    """
    facts = load("find", "measurements")["measurements"][measurement]
    lowest, highest = facts["possible"]
    for system, codes in facts["codes"].items():
        for unit, factor in facts["units"].items():
            for code in codes:
                yield system, str(code), unit.lower(), factor, lowest / factor, highest / factor
