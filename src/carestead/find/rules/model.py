"""What a rule set is, once read."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of table `rule_fact`: its `kind` (flag, score ...) and its `name`."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when at least `how_many` of `facts` do, each within every limit that is not None.

    Values: `at_least` and `at_most` include their end, `below` does not. Days: `within_months` and `within_days` mean
    later than so long before the run's date; `over_days` is the contrary of `within_days`; `for_months` asks that the
    first was so long ago or longer, and a fact without a date was. `since` names a fact on or
    after whose last day (`days_after` 0), or after it (1), the fact must have happened.
    """

    facts: tuple[Fact, ...]
    words: str
    how_many: int = 1
    is_count: bool = False
    at_least: float | None = None
    at_most: float | None = None
    below: float | None = None
    band: str | None = None
    within_months: int | None = None
    within_days: int | None = None
    over_days: int | None = None
    for_months: int | None = None
    since: Fact | None = None
    days_after: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """Met when each of `all` holds and none of `none` does."""

    all: tuple[Condition, ...]
    none: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Met when any of `clauses` is; with none of them it takes `everybody` else."""

    id: str
    title: str
    clauses: tuple[Clause, ...]

    @property
    def is_everybody(self) -> bool:
        """True of the rule that takes whoever met none before it."""
        return not self.clauses


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in order. `diagnoses` maps names that conditions use to ICD-10 codes, each standing for all below it."""

    id: str
    title: str
    rules: tuple[Rule, ...]
    diagnoses: Mapping[str, tuple[str, ...]]
