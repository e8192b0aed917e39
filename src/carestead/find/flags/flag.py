"""Flags: what a clinician should know at a glance. Their rules are files of reference/flags, found by the folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from carestead.core.step import ReferenceTable, SetStep
from carestead.reference import load, names

FLAGS: dict[str, dict[str, Any]] = {name: load("flags", name) for name in names("flags")}
"""The rule of each flag, by id."""


def _recorded() -> Iterator[tuple[Any, ...]]:
    """An item that puts the flag up: the first the rule names; its counterpart; the first day that counts."""
    for name, rule in FLAGS.items():
        for item in rule.get("items", {}):
            if item != rule.get("ended_by"):
                yield name, item, rule.get("ended_by"), rule.get("from_date")


def _prescribed() -> Iterator[tuple[Any, ...]]:
    for name, rule in FLAGS.items():
        if asked := rule.get("prescribed"):
            yield name, asked["medicines"], asked["months"]


rules = ReferenceTable(
    "flag_rule",
    {"flag": "VARCHAR", "item": "VARCHAR", "ended_by": "VARCHAR", "from_date": "DATE"},
    tuple(_recorded()),
)
packages = ReferenceTable(
    "flag_package",
    {"flag": "VARCHAR", "kind": "VARCHAR"},
    tuple((name, kind) for name, rule in FLAGS.items() for kind in rule.get("package", ())),
)
medicines = ReferenceTable(
    "flag_medicines", {"flag": "VARCHAR", "medicines": "VARCHAR", "months": "INTEGER"}, tuple(_prescribed())
)

step = SetStep(
    "flag",
    Path(__file__).with_suffix(".sql"),
    reads=("item_fact", "care_package", "prescribed"),
    gives="flag",
    references=(rules, packages, medicines),
)
