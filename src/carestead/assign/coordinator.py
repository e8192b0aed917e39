"""The care coordinator of each person: even by load, within each coordinator's room, households together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carestead.assign.holder import Holder

SCALE = 1_000_000
"""Load is compared in millionths of a holder's room, in whole numbers."""

Person = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Coordination:
    """The coordinator proposed for a person, None when there is none with room, and why, in words."""

    coordinator: Holder | None
    reason: str


@dataclass
class _Load:
    """What a coordinator has been given so far."""

    holder: Holder
    people: int = 0
    weight: int = 0

    def has_room(self, more: int) -> bool:
        return self.people + more <= self.holder.room

    def after(self, weight: int) -> tuple[int, str, str]:
        """How heavy the load would be, ties by code."""
        share = (self.weight + weight) * SCALE // self.holder.room
        return share, self.holder.code, self.holder.organisation


def coordinators(
    people: Sequence[Person], holders: Sequence[Holder], groups: Mapping[str, str | None]
) -> dict[int, Coordination]:
    """The coordination of each person_id of `people` (rows of table placement). `groups` is practice to group code.

    A coordinator at a practice looks after its people first, then those of its group; one at a group's own
    organisation after the group; one anywhere else (a community trust) after everybody. Households are given out
    heaviest first, each to the lightest load; one too large for anybody is parted.
    """
    loads = {(h.code, h.organisation): _Load(h) for h in holders}
    eligible = {code: _eligible(code, groups, loads) for code in sorted({p["practice_code"] for p in people})}
    given: dict[int, Coordination] = {}
    for household in _households(people):
        choices = eligible[household[0]["practice_code"]]
        if not _give(household, choices, given):
            for person in household:
                if not _give([person], choices, given):
                    given[person["person_id"]] = Coordination(None, _why_none(choices))
    return given


def _households(people: Sequence[Person]) -> list[list[Person]]:
    """People of a practice who live together, heaviest household first."""
    homes: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in sorted(people, key=lambda p: (p["rank"], p["person_id"])):
        homes[person["practice_code"], person["household"] or f"alone:{person['person_id']}"].append(person)
    return sorted(homes.values(), key=lambda h: (-_weight(h), h[0]["rank"], h[0]["person_id"]))


def _weight(household: Sequence[Person]) -> int:
    return sum(max(1, p["weight"]) for p in household)


def _eligible(
    practice: str, groups: Mapping[str, str | None], loads: Mapping[tuple[str, str], _Load]
) -> list[tuple[int, _Load]]:
    return [
        (tier, load)
        for load in loads.values()
        if (tier := _tier(practice, load.holder.organisation, groups)) is not None
    ]


def _tier(practice: str, organisation: str, groups: Mapping[str, str | None]) -> int | None:
    """0 when the coordinator is the practice's own, 1 when shared with others, None when not theirs to ask."""
    if organisation == practice:
        return 0
    group = groups.get(practice)
    if organisation in groups:
        return 1 if group is not None and groups[organisation] == group else None
    return 1 if organisation == group or organisation not in groups.values() else None


def _give(household: Sequence[Person], choices: Sequence[tuple[int, _Load]], given: dict[int, Coordination]) -> bool:
    """Give the household to the lightest of those with room for all of it; False when there is none."""
    weight, n = _weight(household), len(household)
    able = [(tier, load) for tier, load in choices if load.has_room(n) and load.holder.room]
    if not able:
        return False
    _, best = min(able, key=lambda c: (c[0], *c[1].after(weight)))
    best.people, best.weight = best.people + n, best.weight + weight
    given.update((p["person_id"], Coordination(best.holder, _why(n, len(able)))) for p in household)
    return True


def _why(together: int, able: int) -> str:
    lightest = "The only coordinator with room" if able == 1 else f"The lightest load of {able} coordinators"
    return f"{lightest}; with {together - 1} more of the household" if together > 1 else lightest


def _why_none(choices: Sequence[tuple[int, _Load]]) -> str:
    return "No coordinator has room" if choices else "The practice has no coordinator"
