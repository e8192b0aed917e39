"""The named GP of each person: within every GP's room, keeping the usual GP where possible."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from carestead.assign.holder import Holder
from carestead.assign.solve import NOBODY, Arcs, solve

Contacts = Mapping[tuple[int, str], int]
"""(person_id, practitioner_code) to attended appointments."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The GP proposed for a person, None when nobody has room, and why, in words."""

    gp: Holder | None
    reason: str
    is_usual: bool


def named_gps(
    people: Sequence[Mapping[str, Any]],
    gps: Sequence[Holder],
    contacts: Contacts,
    rule: Mapping[str, Any],
    groups: Mapping[str, str] | None = None,
) -> dict[int, Choice]:
    """The choice for each person_id of `people` (rows of table placement). `rule` is reference/assign/continuity.yaml.

    Each practice is placed by itself. With `groups`, practice_code to group_code, the practices of a group are placed
    together, people with their own practice before a neighbouring one. Those left without a GP are the last by rank.
    """
    pool_of = groups or {}
    pools: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for person in sorted(people, key=lambda p: (p["rank"], p["person_id"])):
        pools[pool_of.get(person["practice_code"]) or person["practice_code"]].append(person)
    at: dict[str, list[Holder]] = defaultdict(list)
    for gp in gps:
        at[pool_of.get(gp.organisation) or gp.organisation].append(gp)
    choices: dict[int, Choice] = {}
    for name in sorted(pools):
        choices |= _place(pools[name], at[name], contacts, rule)
    return choices


def _place(
    people: Sequence[Mapping[str, Any]], gps: Sequence[Holder], contacts: Contacts, rule: Mapping[str, Any]
) -> dict[int, Choice]:
    """`people` in order of rank, all of one pool, placed with `gps`."""
    homes = sorted({p["practice_code"] for p in people})
    answer = solve(
        np.array([homes.index(p["practice_code"]) for p in people]),
        rule["no_gp_per_rank"] * (1 + np.arange(len(people), 0, -1)),
        np.array([g.room for g in gps], dtype=np.int64),
        _known(people, gps, contacts, rule),
        _anyone(homes, gps, rule),
        even_parts=rule["even_parts"],
    )
    return {
        person["person_id"]: _choice(person, None if index == NOBODY else gps[index], gps, contacts)
        for person, index in zip(people, answer.tolist(), strict=True)
    }


def _known(
    people: Sequence[Mapping[str, Any]], gps: Sequence[Holder], contacts: Contacts, rule: Mapping[str, Any]
) -> Arcs:
    """An arc from each person to each GP of their own practice whom they know."""
    at: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, gp in enumerate(gps):
        at[gp.organisation].append((index, gp.code))
    arcs = [
        (n, index, cost)
        for n, person in enumerate(people)
        for index, code in at[person["practice_code"]]
        if (cost := _cost(person["usual_gp_code"] == code, contacts.get((person["person_id"], code), 0), rule))
        is not None
    ]
    return _arcs(arcs)


def _cost(is_usual: bool, seen: int, rule: Mapping[str, Any]) -> int | None:
    """What placing somebody with this GP costs; None when they do not know each other."""
    if not is_usual and not seen:
        return None
    return (rule["usual_gp"] if is_usual else rule["seen_gp"]) - rule["per_contact"] * min(
        seen, rule["contacts_counted"]
    )


def _anyone(homes: Sequence[str], gps: Sequence[Holder], rule: Mapping[str, Any]) -> Arcs:
    """An arc from each practice to each GP who may take its people."""
    return _arcs(
        (h, index, rule["any_gp"] if gp.organisation == home else rule["neighbouring_practice"])
        for h, home in enumerate(homes)
        for index, gp in enumerate(gps)
    )


def _arcs(rows: Iterable[tuple[int, int, int]]) -> Arcs:
    array = np.array(list(rows), dtype=np.int64).reshape(-1, 3)
    return Arcs(array[:, 0], array[:, 1], array[:, 2])


def _choice(person: Mapping[str, Any], gp: Holder | None, gps: Sequence[Holder], contacts: Contacts) -> Choice:
    here = [g for g in gps if g.organisation == person["practice_code"]]
    if gp is None:
        why = "Nobody at the practice has room" if any(g.room for g in here) else "No GP at the practice is at work"
        return Choice(None, why, is_usual=False)
    seen = _seen(contacts.get((person["person_id"], gp.code), 0))
    if gp.code == person["usual_gp_code"]:
        return Choice(gp, f"Usual GP; {seen}", is_usual=True)
    if gp not in here:
        return Choice(gp, "Nobody at the practice has room; a GP of a neighbouring practice has", is_usual=False)
    return Choice(gp, f"{_why_not_usual(person['usual_gp_code'], here)}; {seen}", is_usual=False)


def _why_not_usual(usual: str | None, here: Sequence[Holder]) -> str:
    if usual is None:
        return "No usual GP on record"
    gp = next((g for g in here if g.code == usual), None)
    if gp is None:
        return "Usual GP does not work at the practice"
    if gp.is_away:
        return f"Usual GP is {gp.absence}"
    return "Usual GP is full" if gp.room else "Usual GP works no sessions"


def _seen(times: int) -> str:
    if not times:
        return "not seen in two years"
    return f"seen {'once' if times == 1 else 'twice' if times == 2 else f'{times} times'} in two years"
