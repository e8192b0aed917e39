"""What lists, needs, flags, segments and scores are called: their reference files say it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from carestead.reference import names as reference_names
from carestead.reference import shared

SUDDEN = "sudden"
"""The list of people to whom something happened lately."""


@cache
def lists() -> dict[str, str]:
    """Each list the register is drawn from, in the order of the rule, by id."""
    return _titles(shared("find", "register").get("lists", {}))


def in_order(ids: Iterable[str]) -> list[str]:
    """Ids of lists in the order of the rule; those it does not know last, by name."""
    return _ordered(ids, list(lists()))


def list_name(cohort: str) -> str:
    """A list's short name, for tags, choices and pictures: its id in words."""
    return in_words(cohort)


def list_title(cohort: str) -> str:
    """A list's full name."""
    return lists().get(cohort) or in_words(cohort)


@cache
def _needs() -> dict[str, str]:
    return _titles(shared("find", "needs").get("needs", {})) if "needs" in reference_names("find") else {}


@cache
def asked_scores() -> frozenset[str]:
    """The scores that the register's rule asks: those that decide who is proposed."""
    rules = shared("find", "register").get("lists", {}).values()
    said = (fact for rule in rules for fact in (*rule.get("any", ()), *rule.get("ranked_by", ())))
    return frozenset(fact["score"] for fact in said if "score" in fact)


def need_name(need: str) -> str:
    """A need's name."""
    return _needs().get(need) or in_words(need)


def flag_name(flag: str) -> str:
    """A flag's name."""
    return _title("flags", flag)


def score_name(score: str) -> str:
    """A score's name. That it is for evaluation is said by a tag beside it."""
    return re.sub(r" \(for evaluation.*\)", "", _title("scores", score))


def score_facts(score: str) -> Mapping[str, Any]:
    """A score's reference file; empty when there is none."""
    return shared("scores", score) if score in reference_names("scores") else {}


def is_for_evaluation(score: str) -> bool:
    """True for a score that is not to be relied on yet."""
    return "for evaluation" in str(score_facts(score).get("title", "")).lower()


def in_words(name: str) -> str:
    """`end-of-life` as `End of life`."""
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def segment_name(segment: str) -> str:
    """A segment's name, by the rule sets."""
    return _segments().get(segment) or in_words(segment)


def rule_set_name(rule_set: str) -> str:
    """What the rule set that gave a segment is called."""
    return _title("segments", rule_set)


def segment_order(ids: Iterable[str]) -> list[str]:
    """Ids of segments in the order of the rule set; those it does not know last, by name."""
    return _ordered(ids, list(_segments()))


@cache
def _segments() -> dict[str, str]:
    sets = [shared("segments", name) for name in reference_names("segments")]
    return {str(s["id"]): str(s["title"]) for facts in sets for s in facts["segments"]}


@cache
def _title(kind: str, name: str) -> str:
    return str(shared(kind, name)["title"]) if name in reference_names(kind) else in_words(name)


def _titles(facts: Any) -> dict[str, str]:
    """Id to title, of a mapping of ids to facts or of a list of facts with their ids."""
    pairs = facts.items() if isinstance(facts, dict) else ((f["id"], f) for f in facts)
    return {str(id): str(f["title"]) for id, f in pairs}


def _ordered(ids: Iterable[str], known: list[str]) -> list[str]:
    return sorted(ids, key=lambda i: (known.index(i) if i in known else len(known), i))
