"""Codes as rows of table `code`, and facts about people as rows of `event`."""

from collections.abc import Iterable

Rows = list[dict]


def code_rows(texts: Iterable[str], system: str = "snomed") -> tuple[dict[str, int], Rows]:
    """The number of each text, in their order from 1, and the rows of table `code` that say so."""
    ids = {text: n for n, text in enumerate(sorted(set(texts)), 1)}
    return ids, [{"code_id": n, "system": system, "code": text} for text, n in ids.items()]


def events(facts: Iterable[tuple[int, str | None, str]], system: str = "snomed") -> dict[str, Rows]:
    """(person, date, code) as tables `code` and `event`: conditions."""
    facts = list(facts)
    ids, code = code_rows([c for _, _, c in facts], system)
    return {
        "code": code,
        "event": [{"person_id": p, "date": d, "code_id": ids[c], "kind": "condition"} for p, d, c in facts],
    }
