"""The steps that answer for every code list: `item_mask` in bits, `item_fact` with dates, and what both read.

`item_window` holds the days each code counts for, `item_value` the measured values that say an item; `codelist` writes
down which releases they rest on.
"""

from collections.abc import Mapping
from pathlib import Path

from carestead.core.step import Per, ReferenceTable, SetStep, Step
from carestead.find import items
from carestead.find.items import measurements, releases_used
from carestead.reference import Codelist

READS = ("event", "item_window", "item_value")


def list_steps(releases: Mapping[str, Codelist] | None = None) -> dict[str, Step]:
    """The steps, by name, over `releases` of code lists, by id; else over the shipped ones."""
    codes = items.code_table(items.lists_in_use(releases))
    found = (
        _set("item_window", ("code",), codes, per="area"),
        _set("item_value", ("event", "person", "code"), measurements.rule_table()),
        _set("item_mask", READS),
        _set("item_fact", READS, items.name_table()),
        releases_used.used_step(releases),
    )
    return {s.name: s for s in found}


def _set(name: str, reads: tuple[str, ...], *references: ReferenceTable, per: Per = "bucket") -> SetStep:
    return SetStep(name, Path(__file__).with_name(f"{name}.sql"), reads, name, per, references)


steps = list(list_steps().values())
