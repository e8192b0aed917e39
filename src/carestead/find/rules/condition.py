"""Reads one condition of a rule: what it asks for, within which limits, and the words for it."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from carestead.find.rules.known import bands
from carestead.find.rules.model import Condition, Fact
from carestead.find.words import within

Known = Mapping[str, Mapping[str, str]]

_LIMITS = {"at_least", "at_most", "below", "within_months", "within_days", "over_days", "for_months"}
_MODIFIERS = _LIMITS | {"band", "within_years", "for_years", "since", "after", "words"}
_SHORT = {"age_at_least": "at_least", "age_below": "below"}


class Wrong(ValueError):
    """What is wrong with a condition, as a sentence."""


def condition(said: Any, known: Known, set_id: str, *, is_none: bool = False) -> Condition:
    """The condition that a mapping of the file says; Wrong when it cannot be one.

    `is_none` words it as what the record does not show.
    """
    if not isinstance(said, dict):
        raise Wrong(f"{said} is no condition; write it as {{flag: dementia}}.")
    said = _long(said)
    facts, rest = _facts(said, known)
    _check(rest, facts)
    words = str(rest["words"]) if "words" in rest else _words(facts, rest, known, is_none=is_none)
    since = rest.get("since") or rest.get("after")
    return Condition(
        facts=tuple(_own(f, set_id) for f in facts),
        words=words,
        how_many=rest.get("how_many", 1),
        is_count="how_many" in rest,
        band=rest.get("band"),
        since=_own(_named(since, known), set_id) if since else None,
        days_after=1 if "after" in rest else 0,
        **{k: rest.get(k) for k in _LIMITS},
    )


def _long(said: Mapping[str, Any]) -> dict[str, Any]:
    """Short forms written out: an age, and years as months."""
    out = dict(said)
    for short, limit in _SHORT.items():
        if short in out:
            out |= {"feature": "age", limit: out.pop(short)}
    for years in ("within_years", "for_years"):
        if years in out:
            out[years.replace("years", "months")] = 12 * _number(out.pop(years), years)
    return out


def _facts(said: dict[str, Any], known: Known) -> tuple[list[Fact], dict[str, Any]]:
    """The facts asked for, and what else is said."""
    if "conditions_at_least" in said:
        of = said.get("of")
        if not isinstance(of, list) or not of:
            raise Wrong("conditions_at_least needs of: a list of facts, such as [item/efi/diabetes, flag/dementia].")
        rest = {k: v for k, v in said.items() if k not in ("conditions_at_least", "of")}
        return [_named(f, known) for f in of], rest | {"how_many": said["conditions_at_least"]}
    kinds = [k for k in said if k in known]
    if len(kinds) != 1:
        raise Wrong(f"{said} must ask for one thing: one of {', '.join(known)}, age_at_least, conditions_at_least.")
    fact = _named(f"{kinds[0]}/{said[kinds[0]]}", known)
    return [fact], {k: v for k, v in said.items() if k != kinds[0]}


def _named(text: Any, known: Known) -> Fact:
    kind, _, name = str(text).partition("/")
    if kind not in known:
        raise Wrong(f"{text} is no fact; write it as kind/name, such as flag/dementia. Kinds: {', '.join(known)}.")
    if name not in known[kind]:
        near = get_close_matches(name, known[kind], 3) or list(known[kind])
        raise Wrong(f"There is no {kind} {name}; there {'are' if near else 'is'} {', '.join(near[:12]) or 'none'}.")
    return Fact(kind, name)


def _check(rest: Mapping[str, Any], facts: list[Fact]) -> None:
    if unknown := sorted(set(rest) - _MODIFIERS - {"how_many"}):
        raise Wrong(f"{', '.join(unknown)} is no word of a condition; known are {', '.join(sorted(_MODIFIERS))}.")
    for key in (_LIMITS | {"how_many"}) & set(rest):
        _number(rest[key], key)
    if rest.get("how_many", 1) > len(facts):
        raise Wrong(f"conditions_at_least is {rest['how_many']}, but of has only {len(facts)}.")
    if "band" in rest:
        there = bands().get(facts[0].name, []) if facts[0].kind == "score" else []
        if rest["band"] not in there:
            raise Wrong(f"{facts[0].name} has no band {rest['band']}; it has {', '.join(there) or 'none'}.")


def _number(value: Any, key: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Wrong(f"{key} must be a number, not {value}.")
    return value


def _own(fact: Fact, set_id: str) -> Fact:
    """A diagnosis is named by its rule set, so that two sets may name one in two ways."""
    return Fact(fact.kind, f"{set_id}/{fact.name}") if fact.kind == "diagnosis" else fact


def _words(facts: list[Fact], rest: Mapping[str, Any], known: Known, *, is_none: bool) -> str:
    if "how_many" in rest:
        words = "{value} of the conditions listed"
    else:
        words = known[facts[0].kind][facts[0].name] + (f", {rest['band']}" if "band" in rest else "")
    if not is_none:
        return words
    plain = words.replace(" ({date})", "").replace(": {value}", "").replace("{value} ", "")
    return f"no {within(plain)}{_window(rest)}"


def _window(rest: Mapping[str, Any]) -> str:
    for key, unit in (("within_months", "months"), ("within_days", "days")):
        if key in rest:
            return f" in the last {rest[key]} {unit}"
    return " since" if "since" in rest or "after" in rest else ""
