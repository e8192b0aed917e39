"""Rule sets for tests, answered by the steps and by slow plain Python."""

from datetime import date, timedelta
from typing import Any

from carestead.find.rules.model import Clause, Condition, RuleSet

AS_OF = date(2026, 3, 31)
Facts = dict[tuple[str, str], dict[str, Any]]


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def months_ago(n: int) -> date:
    """The same day n months before; AS_OF is the last of a month, so it is the last day of that one."""
    month = AS_OF.month - 1 - n
    after = date(AS_OF.year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return after - timedelta(days=1)


def rows(people: dict[int, Facts]) -> list[dict[str, Any]]:
    """Rows of table `rule_fact`."""
    return [
        {"person_id": p, "kind": k, "name": n, **said} for p, facts in people.items() for (k, n), said in facts.items()
    ]


def first_met(rule_set: RuleSet, facts: Facts) -> str:
    """The id of the first rule that the facts meet; the last rule takes everybody."""
    return next(r.id for r in rule_set.rules if r.is_everybody or any(_clause(c, facts) for c in r.clauses))


def _clause(clause: Clause, facts: Facts) -> bool:
    return all(_holds(c, facts) for c in clause.all) and not any(_holds(c, facts) for c in clause.none)


def _holds(c: Condition, facts: Facts) -> bool:
    found = [facts[f.kind, f.name] for f in c.facts if (f.kind, f.name) in facts]
    return sum(_within(c, f, facts) for f in found) >= c.how_many


def _within(c: Condition, fact: dict[str, Any], facts: Facts) -> bool:
    value, band, last = fact.get("value"), fact.get("band"), fact.get("last_date")
    earlier = facts.get((c.since.kind, c.since.name), {}).get("last_date") if c.since else None
    return (
        (c.at_least is None or (value is not None and value >= c.at_least))
        and (c.at_most is None or (value is not None and value <= c.at_most))
        and (c.below is None or (value is not None and value < c.below))
        and (c.band is None or band == c.band)
        and (c.within_months is None or (last is not None and last > months_ago(c.within_months)))
        and (c.within_days is None or (last is not None and last > ago(c.within_days)))
        and (c.over_days is None or (last is not None and last <= ago(c.over_days)))
        and (c.for_months is None or (fact.get("first_date") or date.min) <= months_ago(c.for_months))
        and (c.since is None or bool(last and earlier and last >= earlier + timedelta(days=c.days_after)))
    )


def meeting(condition: Condition) -> Facts:
    """The fewest facts that a condition asks for, each just within its limits."""
    day = months_ago(condition.for_months) if condition.for_months else ago(condition.over_days or 1)
    value = condition.at_least if condition.at_least is not None else (condition.below or 2) - 1
    said = {"value": value, "band": condition.band, "first_date": day, "last_date": day}
    return {(f.kind, f.name): dict(said) for f in condition.facts[: condition.how_many]}


def clauses(rule_set: RuleSet) -> list[tuple[str, Clause]]:
    """Every clause of a rule set with its rule's id."""
    return [(r.id, c) for r in rule_set.rules for c in r.clauses]
