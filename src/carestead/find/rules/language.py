"""Reads a rule set, and says everything that is wrong with it at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from carestead.core.finding import InputError
from carestead.find.rules.condition import Wrong, condition
from carestead.find.rules.known import vocabulary
from carestead.find.rules.model import Clause, Rule, RuleSet

_KEYS = {"id", "title", "source", "notes", "diagnoses", "items", "age_bands"}
_OF_A_RULE = {"id", "title", "any", "everybody"}


def read(facts: Mapping[str, Any], key: str, *, and_keys: Sequence[str] = ()) -> RuleSet:
    """The rule set under `key` (`segments`, `needs`) of a file; its rules may have `and_keys` too.

    Segments must end with one that takes everybody, needs must not. Raises InputError with every mistake, a line each.
    """
    wrong: list[str] = []
    rules = tuple(_rules(facts, key, set(and_keys), wrong))
    wrong += [f"There is no {k}; say it at the top." for k in ("id", "title", "source") if not facts.get(k)]
    wrong += [f"{k} is no key of a rule set." for k in facts if k not in _KEYS | {key}]
    wrong += _repeated([r.id for r in rules])
    wrong += (
        _ends([bool(isinstance(s, dict) and s.get("everybody")) for s in facts.get(key) or ()], key) if rules else []
    )
    if wrong:
        raise InputError("\n".join(f"{facts.get('id', 'The rule set')}: {w}" for w in wrong), "See docs/rules.md.")
    return RuleSet(facts["id"], facts["title"], rules, {k: tuple(v) for k, v in _diagnoses(facts).items()})


def _rules(facts: Mapping[str, Any], key: str, and_keys: set[str], wrong: list[str]) -> Iterator[Rule]:
    listed = facts.get(key)
    if not isinstance(listed, list) or not listed:
        wrong.append(f"It has no list of {key}.")
        return
    known = vocabulary(_diagnoses(facts))
    for n, said in enumerate(listed, 1):
        if not isinstance(said, dict) or not said.get("id"):
            wrong.append(f"Number {n} of {key} has no id.")
            continue
        wrong += [f"{said['id']}: {k} is no key of a rule." for k in said if k not in _OF_A_RULE | and_keys]
        wrong += [f"{said['id']} has no {k}." for k in ("title", *and_keys) if said.get(k) is None]
        yield Rule(said["id"], str(said.get("title", "")), tuple(_clauses(said, known, facts, wrong)))


def _clauses(
    rule: Mapping[str, Any], known: Mapping[str, Mapping[str, str]], facts: Mapping[str, Any], wrong: list[str]
) -> Iterator[Clause]:
    if ("any" in rule) == bool(rule.get("everybody")):
        wrong.append(f"{rule['id']} must say either any: a list of clauses, or everybody: true.")
        return
    for n, said in enumerate(rule.get("any") or (), 1):
        where = f"{rule['id']}, clause {n}"
        parts = said if isinstance(said, dict) and {"all", "none"} & set(said) else {"all": [said]}
        found = {}
        for part in ("all", "none"):
            found[part] = tuple(_conditions(parts.get(part) or (), known, str(facts.get("id")), where, wrong, part))
        if extra := set(parts) - {"all", "none"}:
            wrong.append(f"{where} has {', '.join(sorted(extra))} beside all and none; put it among their conditions.")
        if not parts.get("all"):
            wrong.append(f"{where} says only what is not so; add to all: what is.")
        yield Clause(found["all"], found["none"])


def _conditions(
    said: Any, known: Mapping[str, Mapping[str, str]], set_id: str, where: str, wrong: list[str], part: str
) -> Iterator[Any]:
    for one in said:
        try:
            yield condition(one, known, set_id, is_none=part == "none")
        except Wrong as mistake:
            wrong.append(f"{where}: {mistake}")


def _diagnoses(facts: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        name: [str(c).replace(".", "").upper() for c in codes] for name, codes in (facts.get("diagnoses") or {}).items()
    }


def _repeated(ids: list[str]) -> list[str]:
    return [f"{i} is there {ids.count(i)} times; ids must differ." for i in sorted(set(ids)) if ids.count(i) > 1]


def _ends(everybody: list[bool], key: str) -> list[str]:
    """Everybody gets a segment, so the last takes whoever is left, and none before it may."""
    if key != "segments":
        return ["A need is not everybody's: say any:."] if any(everybody) else []
    if not everybody or (any(everybody[:-1]) or not everybody[-1]):
        return ["The last segment, and only the last, must say everybody: true, so that nobody is left out."]
    return []
