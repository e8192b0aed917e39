"""Two passes over events that answer for every code list: `item_mask` in bits, `item_fact` with dates.

A third step writes down which releases they rest on (`codelist`).
"""

from collections.abc import Mapping
from pathlib import Path

from carestead.core.step import SetStep, Step
from carestead.find import items
from carestead.find.items import measurements, releases_used
from carestead.reference import Codelist

READS = ("event", "person", "code")


def list_steps(releases: Mapping[str, Codelist] | None = None) -> dict[str, Step]:
    """The steps `item_mask`, `item_fact` and `codelist` over `releases` of code lists, by id; else the shipped ones."""
    codes = items.code_table(items.lists_in_use(releases))
    values = measurements.rule_table()
    here = Path(__file__)
    return {
        "item_mask": SetStep(
            "item_mask", here.with_name("item_mask.sql"), reads=READS, gives="item_mask", references=(codes, values)
        ),
        "item_fact": SetStep(
            "item_fact",
            here.with_name("item_fact.sql"),
            reads=READS,
            gives="item_fact",
            references=(codes, values, items.name_table()),
        ),
        "codelist": releases_used.used_step(releases),
    }


steps = list(list_steps().values())
