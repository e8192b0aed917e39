"""The steps that look for the codes of lists in events, in the order in which each finds what it reads."""

from collections.abc import Mapping

from carestead.core.step import Step
from carestead.find.items.listed import list_steps
from carestead.reference import Codelist


def looking(*wanted: str, releases: Mapping[str, Codelist] | None = None) -> list[Step]:
    """Steps that give `wanted` (item_mask, item_fact) over `releases` of code lists; else over the shipped ones."""
    known = list_steps(releases)
    return [known[name] for name in ("item_window", "item_value", *wanted)]
