"""The register's rule as small tables: its lists, what puts a person on them, and what they are ranked by."""

from collections.abc import Iterator, Mapping
from functools import cache
from math import lcm
from typing import Any

from carestead.core.step import ReferenceTable
from carestead.reference import load

KINDS = ("score", "flag", "feature", "segment")
_KNOWN = {*KINDS, "band", "at_least", "from_age", "below_age", "level", "words"}

Facts = Mapping[str, Any]


@cache
def rule() -> Facts:
    """The facts of reference/find/register.yaml."""
    return load("find", "register")


def sudden(entry: str) -> Facts:
    """What the rule says of one sudden entry."""
    found: Facts = rule()["sudden"][entry]
    return found


def titles() -> dict[str, str]:
    """The lists by id, in the rule's order, with their titles."""
    return {cohort: facts["title"] for cohort, facts in rule()["lists"].items()}


def list_table() -> ReferenceTable:
    """Table `register_list` (cohort, number, ahead, stride). The n-th person of a list stands at (2n - 1) * stride in
    the order of all lists: the method of Webster and Sainte-Lague in whole numbers, as strides are inverse weights."""
    lists = rule()["lists"]
    every = lcm(*(facts["weight"] for facts in lists.values() if "weight" in facts))
    rows = tuple(
        (cohort, number, bool(facts.get("ahead")), every // facts["weight"] if "weight" in facts else 0)
        for number, (cohort, facts) in enumerate(lists.items(), 1)
    )
    columns = {"cohort": "VARCHAR", "number": "SMALLINT", "ahead": "BOOLEAN", "stride": "INTEGER"}
    return ReferenceTable("register_list", columns, rows)


def criterion_table(facts: Facts | None = None) -> ReferenceTable:
    """Table `register_criterion`: what puts a person on a list. Raises TypeError for a word that no rule has.

    Of rules about one thing the one that asks for most counts: each ends `below` where the next begins. `telling` is
    the number of the first rule of the list with the same words, so that two records of one thing are said once.
    """
    every = list(_criteria(facts or rule()))
    columns = {
        "cohort": "VARCHAR", "number": "SMALLINT", "telling": "SMALLINT", "kind": "VARCHAR", "name": "VARCHAR",
        "band": "VARCHAR", "at_least": "DOUBLE", "below": "DOUBLE", "from_age": "SMALLINT", "below_age": "SMALLINT",
        "level": "INTEGER", "words": "VARCHAR",
    }  # fmt: skip
    rows = tuple(
        (
            cohort, number, min(n for c, n, s in every if (c, s["words"]) == (cohort, said["words"])), *_thing(said),
            said.get("band"), _at_least(said), _below(cohort, said, every), said.get("from_age", 0),
            said.get("below_age", 999), said["level"], said["words"],
        )
        for cohort, number, said in every
    )  # fmt: skip
    return ReferenceTable("register_criterion", columns, rows)


def value_table() -> ReferenceTable:
    """Table `register_value`: what each list is ranked by, the first that is known."""
    rows = tuple(
        (cohort, number, *_thing(said))
        for cohort, facts in rule()["lists"].items()
        for number, said in enumerate(facts.get("ranked_by", ()), 1)
    )
    columns = {"cohort": "VARCHAR", "number": "SMALLINT", "kind": "VARCHAR", "name": "VARCHAR"}
    return ReferenceTable("register_value", columns, rows)


def _criteria(facts: Facts) -> Iterator[tuple[str, int, Facts]]:
    for cohort, of in facts["lists"].items():
        for number, said in enumerate(of.get("any", ()), 1):
            if unknown := set(said) - _KNOWN:
                raise TypeError(
                    f"Rule {number} of list {cohort} in reference/find/register.yaml has {', '.join(sorted(unknown))}; "
                    f"known are {', '.join(sorted(_KNOWN))}."
                )
            yield cohort, number, said


def _at_least(said: Facts) -> float:
    return float(said.get("at_least", 0))


def _below(cohort: str, said: Facts, every: list[tuple[str, int, Facts]]) -> float:
    """Where the next rule of the list about the same thing begins; endless when there is none."""
    same = (cohort, _thing(said), said.get("band"))
    begins = (_at_least(s) for c, _, s in every if (c, _thing(s), s.get("band")) == same)
    return min((b for b in begins if b > _at_least(said)), default=float("inf"))


def _thing(said: Facts) -> tuple[str, str]:
    """The kind and name of the one thing a rule asks about."""
    kinds = [kind for kind in KINDS if kind in said]
    if len(kinds) != 1:
        raise TypeError(f"A rule of reference/find/register.yaml names one of {', '.join(KINDS)}: {dict(said)}.")
    return kinds[0], said[kinds[0]]
