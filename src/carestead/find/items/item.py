"""The catalogue of items: everything that scores, flags and opt-outs look for in events, each a code list's group.

A reference file of a score, a flag, an opt-out, a rule set names its items; the catalogue numbers them all, so that
one pass over events answers every one (`item_mask` in bits, `item_fact` with dates).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from carestead.core.step import ReferenceTable
from carestead.reference import Codelist, default_codelist, load, names
from carestead.reference.exclusions import reviewed

BITS = 62
"""Items in a word: a word is a signed 64-bit integer, and stays positive."""

FLAG = "flag"
NEED = "need"
OPT_OUT = "opt-out"
_KEYS = {"codelist", "group", "within_years", "until_years"}


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look for: `group` of code list `codelist` (all of the list when None; without a list, by values).

    `within_years` asks for a dated record of the last so many years; `until_years` for one older than that, an
    undated one included. `score` is what asks: a score, `flag`, `need`, `opt-out`, or a rule set of segments.
    """

    number: int
    score: str
    name: str
    codelist: str | None
    group: str | None
    within_years: int | None = None
    until_years: int | None = None

    @property
    def word(self) -> int:
        """The word of its bit."""
        return self.number // BITS

    @property
    def mask(self) -> int:
        """The word with its bit alone."""
        return 1 << self.number % BITS


@cache
def catalogue() -> tuple[Item, ...]:
    """Every item of every reference file, numbered in order of score and name. Raises TypeError for an unknown key."""
    asked = [(score, name, facts) for score, file in _files() for name, facts in _items(file)]
    asked.sort(key=lambda a: a[:2])
    return tuple(_item(n, *a) for n, a in enumerate(asked))


def items_of(score: str) -> tuple[Item, ...]:
    """The items that one score (or `flag`) looks for."""
    return tuple(i for i in catalogue() if i.score == score)


def wanted_lists() -> list[str]:
    """The ids of the code lists that some item names, in order."""
    return sorted({i.codelist for i in catalogue() if i.codelist})


def known_groups(codelist: str) -> frozenset[str]:
    """The groups of a code list that some item names; empty when nobody asks for it, or somebody for all of it."""
    groups = {i.group for i in catalogue() if i.codelist == codelist}
    return frozenset() if None in groups else frozenset(g for g in groups if g)


def releases_in_use(releases: Mapping[str, Codelist] | None = None) -> dict[str, Codelist]:
    """The release of each wanted code list: one of `releases`, else the shipped default; lists without are left out."""
    chosen = {i: (releases or {}).get(i) or default_codelist(i) for i in wanted_lists()}
    return {i: found for i, found in chosen.items() if found}


def lists_in_use(releases: Mapping[str, Codelist] | None = None) -> dict[str, Codelist]:
    """The releases in use as they are looked for: without what reviewed exclusions leave out."""
    return {i: reviewed(found) for i, found in releases_in_use(releases).items()}


def code_table(lists: Mapping[str, Codelist]) -> ReferenceTable:
    """Table `item_code`: which code of which system says which item, with the item's bit and its window in years."""
    rows = {
        (system, code, i.number, i.word, i.mask, i.within_years, i.until_years)
        for i in catalogue()
        if i.codelist in lists
        for system, code in lists[i.codelist].codes(i.group)
    }
    columns = {
        "system": "VARCHAR",
        "code": "VARCHAR",
        "number": "SMALLINT",
        "word": "SMALLINT",
        "mask": "BIGINT",
        "within_years": "INTEGER",
        "until_years": "INTEGER",
    }
    return ReferenceTable("item_code", columns, tuple(sorted(rows, key=lambda r: r[:3])))


def name_table() -> ReferenceTable:
    """Table `item_name`: the score and name of each item's number."""
    columns = {"number": "SMALLINT", "score": "VARCHAR", "item": "VARCHAR"}
    return ReferenceTable("item_name", columns, tuple((i.number, i.score, i.name) for i in catalogue()))


def bit_table(score: str) -> ReferenceTable:
    """Table `<score>_bit` (item, word, mask): where a score finds its items in `item_mask`."""
    columns = {"item": "VARCHAR", "word": "SMALLINT", "mask": "BIGINT"}
    return ReferenceTable(f"{score}_bit", columns, tuple((i.name, i.word, i.mask) for i in items_of(score)))


def _files() -> list[tuple[str, dict[str, Any]]]:
    scores = [(name, load("scores", name)) for name in names("scores")]
    flags = [(FLAG, load("flags", name)) for name in names("flags")]
    segments = [(name, load("segments", name)) for name in names("segments")]
    opt_outs = [(OPT_OUT, load("opt-outs", name)) for name in names("opt-outs")]
    return [*scores, *flags, *segments, *opt_outs, (NEED, load("find", "needs"))]


def _items(facts: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """`items: {name: {codelist, group, ...}}`, or `items: {each_of: KEY, codelist: ID}` for the names under KEY."""
    said = facts.get("items") or {}
    if "each_of" in said:
        return [(name, {"codelist": said["codelist"], "group": name}) for name in facts[said["each_of"]]]
    return list(said.items())


def _item(number: int, score: str, name: str, facts: Mapping[str, Any]) -> Item:
    if unknown := set(facts) - _KEYS:
        raise TypeError(
            f"Item {name} of {score} has {', '.join(sorted(unknown))}; known are {', '.join(sorted(_KEYS))}."
        )
    return Item(number, score, name, *(facts.get(k) for k in ("codelist", "group", "within_years", "until_years")))
