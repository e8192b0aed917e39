"""Rule sets as the small tables that the evaluator joins to facts."""

from collections.abc import Iterator, Sequence
from typing import Any

from carestead.core.step import ReferenceTable
from carestead.find.rules.model import Clause, Condition, Fact, Rule, RuleSet

Row = tuple[Any, ...]


def asked(sets: Sequence[RuleSet]) -> tuple[ReferenceTable, ReferenceTable]:
    """`asked_fact` (kind, name): each fact a condition asks for; `asked_diagnosis` (name, prefix): each ICD-10 code."""
    facts = {(f.kind, f.name) for c in _conditions(sets) for f in (*c.facts, *((c.since,) if c.since else ()))}
    codes = {(f"{s.id}/{name}", code) for s in sets for name, codes in s.diagnoses.items() for code in codes}
    return (
        ReferenceTable("asked_fact", {"kind": "VARCHAR", "name": "VARCHAR"}, tuple(sorted(facts))),
        ReferenceTable("asked_diagnosis", {"name": "VARCHAR", "prefix": "VARCHAR"}, tuple(sorted(codes))),
    )


def compiled(sets: Sequence[RuleSet]) -> tuple[ReferenceTable, ReferenceTable, ReferenceTable]:
    """`rule_clause`, `rule_condition` and `rule_test`: a row a clause, a condition of it, a fact that can meet that."""
    clauses, conditions, tests = [], [], []
    for place, rule_set, rule, clause in _clauses(sets):
        number = len(clauses) + 1
        not_shown = "".join(f"; {c.words}" for c in clause.none)
        clauses.append((number, rule_set.id, rule.id, place, len(clause.all), not_shown))
        for c, is_none in [*((c, False) for c in clause.all), *((c, True) for c in clause.none)]:
            conditions.append((len(conditions) + 1, number, is_none, c.how_many, c.is_count, c.words))
            tests += [_test(len(conditions), f, c) for f in c.facts]
    return (
        ReferenceTable("rule_clause", _CLAUSE, tuple(clauses)),
        ReferenceTable("rule_condition", _CONDITION, tuple(conditions)),
        ReferenceTable("rule_test", _TEST, tuple(tests)),
    )


_CLAUSE = {
    "clause": "INTEGER", "rule_set": "VARCHAR", "rule": "VARCHAR", "place": "INTEGER", "needed": "INTEGER",
    "not_shown": "VARCHAR",
}  # fmt: skip
_CONDITION = {
    "condition": "INTEGER", "clause": "INTEGER", "is_none": "BOOLEAN", "how_many": "INTEGER", "is_count": "BOOLEAN",
    "words": "VARCHAR",
}  # fmt: skip
_TEST = {
    "condition": "INTEGER", "kind": "VARCHAR", "name": "VARCHAR", "at_least": "DOUBLE", "at_most": "DOUBLE",
    "below": "DOUBLE", "band": "VARCHAR", "months": "INTEGER", "days": "INTEGER", "over_days": "INTEGER",
    "for_months": "INTEGER", "since_kind": "VARCHAR", "since_name": "VARCHAR", "days_after": "INTEGER",
}  # fmt: skip


def _test(number: int, fact: Fact, c: Condition) -> Row:
    since = (c.since.kind, c.since.name) if c.since else (None, None)
    return (
        number, fact.kind, fact.name, c.at_least, c.at_most, c.below, c.band, c.within_months, c.within_days,
        c.over_days, c.for_months, *since, c.days_after,
    )  # fmt: skip


def _clauses(sets: Sequence[RuleSet]) -> Iterator[tuple[int, RuleSet, Rule, Clause]]:
    for s in sets:
        for place, rule in enumerate(s.rules, 1):
            yield from ((place, s, rule, clause) for clause in rule.clauses)


def _conditions(sets: Sequence[RuleSet]) -> Iterator[Condition]:
    for _, _, _, clause in _clauses(sets):
        yield from (*clause.all, *clause.none)
