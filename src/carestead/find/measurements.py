"""Measured values that say an item: the limits of a rule in every unit that a measurement may be sent in."""

from collections.abc import Iterator, Sequence
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
    "lowest": "DOUBLE",
    "highest": "DOUBLE",
    "number": "SMALLINT",
    "word": "SMALLINT",
    "mask": "BIGINT",
}


def rule_table() -> ReferenceTable:
    """Table `value_rule`: a row for each code, unit and limit, the limits in that unit.

    A value says the item when it is `above` or `below` (strictly; null is no limit) for people of `sex` (null is
    everybody) and lies between `lowest` and `highest`, outside of which no living person's value does.
    """
    rows = {row for score in names("scores") for row in _of_score(score)}
    return ReferenceTable("value_rule", COLUMNS, tuple(sorted(rows, key=repr)))


def unit_table() -> ReferenceTable:
    """Table `measurement_unit`: for each code, every unit it is known in, and what is possible in that unit."""
    rows = {
        (system, str(code), unit.lower(), *(end / factor for end in measurement["possible"]))
        for measurement in load("find", "measurements")["measurements"].values()
        for system, codes in measurement["codes"].items()
        for code in codes
        for unit, factor in measurement["units"].items()
    }
    columns = {"system": "VARCHAR", "code": "VARCHAR", "unit": "VARCHAR", "lowest": "DOUBLE", "highest": "DOUBLE"}
    return ReferenceTable("measurement_unit", columns, tuple(sorted(rows)))


def _of_score(score: str) -> Iterator[tuple[Any, ...]]:
    measurements = load("find", "measurements")["measurements"]
    known = {i.name: i for i in items_of(score)}
    for rule in load("scores", score).get("value_rules", ()):
        yield from _rows(rule, measurements[rule["measurement"]], known[rule["item"]])


def code_table(wanted: Sequence[str]) -> ReferenceTable:
    """Table `measurement_code`: how measurements are sent: code, unit, `factor` into the first unit, possible range."""
    measurements = load("find", "measurements")["measurements"]
    columns = {
        "measurement": "VARCHAR", "system": "VARCHAR", "code": "VARCHAR", "unit": "VARCHAR", "factor": "DOUBLE",
        "lowest": "DOUBLE", "highest": "DOUBLE",
    }  # fmt: skip
    rows = tuple((name, *sent) for name in wanted for sent in _sent(measurements[name]))
    return ReferenceTable("measurement_code", columns, rows)


def _rows(rule: dict[str, Any], measurement: dict[str, Any], item: Item) -> Iterator[tuple[Any, ...]]:
    for system, code, unit, factor, lowest, highest in _sent(measurement):
        limits = [None if v is None else v / factor for v in (rule.get("above"), rule.get("below"))]
        yield system, code, unit, rule.get("sex"), *limits, lowest, highest, item.number, item.word, item.mask


def _sent(measurement: dict[str, Any]) -> Iterator[tuple[str, str, str, float, float, float]]:
    """Each code and unit in which a measurement is sent: system, code, unit, factor, possible range in that unit."""
    lowest, highest = measurement["possible"]
    for system, codes in measurement["codes"].items():
        for unit, factor in measurement["units"].items():
            for code in codes:
                yield system, str(code), unit.lower(), factor, lowest / factor, highest / factor
