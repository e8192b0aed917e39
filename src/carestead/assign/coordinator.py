"""The care coordinator of each person: even by work, within each coordinator's time, households together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carestead.assign.holder import Holder
from carestead.assign.pool import Before, Person, Pool, by_need
from carestead.assign.settle import Settled, settle
from carestead.assign.work import Work


@dataclass(frozen=True, slots=True)
class Coordination:
    """The coordinator proposed for a person, None when there is none with room, and why, in words."""

    coordinator: Holder | None
    reason: str


def coordinators(
    people: Sequence[Person],
    holders: Sequence[Holder],
    before: Before,
    rule: Mapping[str, Any],
    work: Work,
    groups: Mapping[str, str | None],
) -> tuple[dict[int, Coordination], list[Settled]]:
    """The coordination of each person_id of `people` (rows of table placement), and each pool as it was placed. `rule`
    is reference/assign/coordination.yaml, `groups` is practice to group code.

    A coordinator at a practice looks after its people first, then those of its group; one at a group's own
    organisation after the group; one anywhere else (a community trust) after everybody. Practices that share a
    coordinator are placed together.
    """
    tiers = Tiers(groups, rule)
    pools = []
    for practices, able in _shared({p["practice_code"] for p in people}, holders, tiers):
        those = by_need([p for p in people if p["practice_code"] in practices])
        pools.append(_pool(min(practices), those, able, tiers, before, work))
    settled = settle(pools)
    return {k: v for each in settled for k, v in _choices(each, tiers).items()}, settled


def _pool(
    name: str, people: Sequence[Person], holders: Sequence[Holder], tiers: "Tiers", before: Before, work: Work
) -> Pool:
    """Nobody knows a coordinator, and nobody asked for one: the price is the practice's."""
    nothing: Mapping[str, int] = {}
    return Pool(
        name, people, holders, tiers.price, lambda _: nothing, lambda *_: 0, frozenset(), before, work,
        tiers.rule["household_apart"], tiers.rule["even_step"],
    )  # fmt: skip


@dataclass(frozen=True)
class Tiers:
    """What a coordinator of an organisation costs the people of a practice."""

    groups: Mapping[str, str | None]
    rule: Mapping[str, Any]

    def price(self, practice: str, holder: Holder) -> int | None:
        """None when the coordinator is not theirs to ask."""
        organisation = holder.organisation
        if organisation == practice:
            return int(self.rule["own_practice"])
        group, shared = self.groups.get(practice), int(self.rule["shared"])
        if organisation in self.groups:
            return shared if group is not None and self.groups[organisation] == group else None
        return shared if organisation == group or organisation not in self.groups.values() else None

    def reach(self, practice: str, holder: Holder) -> str | None:
        """Whose sessions a practice may ask for more of: those of every coordinator it may have."""
        return None if self.price(practice, holder) is None else "own"


def _shared(practices: set[str], holders: Sequence[Holder], tiers: Tiers) -> list[tuple[frozenset[str], list[Holder]]]:
    """Practices that share a coordinator, however far around, with the coordinators they may have."""
    root = {p: p for p in practices}

    def find(p: str) -> str:
        while root[p] != p:
            p = root[p]
        return p

    for holder in holders:
        served = sorted(find(p) for p in practices if tiers.price(p, holder) is not None)
        root.update(dict.fromkeys(served[1:], served[0]) if served else {})
    pools: dict[str, set[str]] = defaultdict(set)
    for practice in practices:
        pools[find(practice)].add(practice)
    return [
        (frozenset(pools[r]), [h for h in holders if any(tiers.price(p, h) is not None for p in pools[r])])
        for r in sorted(pools)
    ]


def _choices(settled: Settled, tiers: Tiers) -> dict[int, Coordination]:
    together, before = settled.together(), settled.pool.before
    found = {}
    for n, person in enumerate(settled.pool.people):
        holder = settled.holder(n)
        able = [h for h in settled.pool.holders if tiers.price(person["practice_code"], h) is not None]
        if holder is None:
            why = "No coordinator has room" if able else "The practice has no coordinator"
        else:
            why = _why(holder, able, before.agreed.get(person["person_id"]), together.get(person["person_id"], 0))
        found[person["person_id"]] = Coordination(holder, why)
    return found


def _why(holder: Holder, able: Sequence[Holder], held: str | None, more: int) -> str:
    at_work = sum(h.room > 0 for h in able)
    how = "The only coordinator at work" if at_work == 1 else f"A fair share of the work of {at_work} coordinators"
    if held:
        how = "Coordinator already" if holder.code == held else f"Coordinator until now, {held}, is not at work"
    return f"{how}; with {more} more of the household" if more else how
