"""People and holders as a problem of arrays: which arcs there are, who lives together, who stays."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from carestead.assign.holder import Holder
from carestead.assign.problem import NOBODY, Arcs, Ints, Problem, first_first
from carestead.assign.work import Work

Person = Mapping[str, Any]
ByHome = Callable[[str, Holder], int | None]
"""What a holder costs anybody who lives at a practice; None when they may not have them."""
OwnPrices = Callable[[Person], Mapping[str, int]]
"""What holders whom a person knows cost, by code."""
Adds = Callable[[Person, Holder], int | None]
"""What a holder costs a person besides; None when they may not have them."""


@dataclass(frozen=True)
class Before:
    """Who holds whom: `agreed` by a decision, `proposed` by an earlier run; person_id to practitioner code."""

    agreed: Mapping[int, str] = field(default_factory=dict)
    proposed: Mapping[int, str] = field(default_factory=dict)

    def of(self, person_id: int) -> str | None:
        """The holder of a person, agreed before proposed."""
        return self.agreed.get(person_id) or self.proposed.get(person_id)


@dataclass(frozen=True)
class Pool:
    """People placed together, in order of need, and the holders they may have.

    `by_home` prices a holder for a practice, `own` those a person knows, `adds` what is added for a person; `special`
    are person_ids for whom `adds` is asked.
    """

    name: str
    people: Sequence[Person]
    holders: Sequence[Holder]
    by_home: ByHome
    own: OwnPrices
    adds: Adds
    special: frozenset[int]
    before: Before
    work: Work
    apart: int
    even_step: int

    def problem(self) -> Problem:
        """The arrays. People who live with others, who have a holder or a wish get arcs of their own."""
        homes = sorted({p["practice_code"] for p in self.people})
        priced = {h: [(i, g, c) for i, g in enumerate(self.holders) if (c := self.by_home(h, g)) is not None]
                  for h in homes}  # fmt: skip
        band = np.array([self.work.band(p["weight"]) for p in self.people], dtype=np.int64)
        stays = np.array([self._stays(p, priced[p["practice_code"]]) for p in self.people], dtype=np.int64)
        together = households(self.people)
        alone = self._alone(together, stays)
        home = np.array([homes.index(p["practice_code"]) if a else NOBODY
                         for p, a in zip(self.people, alone, strict=True)], dtype=np.int64)  # fmt: skip
        known = [
            (n, i, cost)
            for n, (p, a) in enumerate(zip(self.people, alone, strict=True))
            for i, cost in self._arcs(p, priced[p["practice_code"]], every=not a)
        ]
        agreed = np.array([p["person_id"] in self.before.agreed for p in self.people], dtype=bool)
        # whoever has a holder is not left out for a newcomer: those who agreed come first, then those who may stay
        need = first_first(len(self.people)) + (2 * agreed + (stays != NOBODY)) * (len(self.people) + 1)
        minutes = self.work.minutes[band]
        holding = np.array([minutes[(stays == i) & agreed].sum() for i in range(len(self.holders))], dtype=np.int64)
        room = np.array([h.room for h in self.holders], dtype=np.int64)
        return Problem(
            home, band, self.work.minutes,
            # nobody is sent away from whoever agreed to hold them, however many these are: a finding says so
            np.where(room > 0, np.maximum(room, holding), 0), room, _table(known),
            _table([(n, i, c) for n, h in enumerate(homes) for i, _, c in priced[h]]),
            stays, need, together, self.apart, self.even_step,
        )  # fmt: skip

    def _alone(self, together: Sequence[Sequence[int]], stays: Ints) -> list[bool]:
        shared = {i for home in together for i in home}
        return [
            n not in shared and stays[n] == NOBODY and p["person_id"] not in self.special
            for n, p in enumerate(self.people)
        ]

    def _arcs(self, person: Person, priced: Sequence[tuple[int, Holder, int]], *, every: bool) -> list[tuple[int, int]]:
        """(holder, cost) of a person: those they know, or `every` one they may have."""
        own = self.own(person)
        if not every:
            here = person["practice_code"]
            return [(i, own[g.code]) for i, g, _ in priced if g.code in own and g.organisation == here] if own else []
        return [(i, cost) for i, g, c in priced if (cost := self.price(person, g, own, c)) is not None]

    def price(self, person: Person, holder: Holder, own: Mapping[str, int], by_home: int) -> int | None:
        """What a holder costs a person in all; None when they may not have them."""
        added = self.adds(person, holder) if person["person_id"] in self.special else 0
        is_here = holder.organisation == person["practice_code"]
        known = own.get(holder.code, by_home) if is_here else by_home
        return None if added is None else min(known, by_home) + added

    def _stays(self, person: Person, priced: Sequence[tuple[int, Holder, int]]) -> int:
        """Their holder now, when at work and one they may have, at their own practice first."""
        code = self.before.of(person["person_id"])
        if code is None:
            return NOBODY
        able = [(g.organisation != person["practice_code"], i) for i, g, c in priced
                if g.code == code and g.room and self.price(person, g, {}, c) is not None]  # fmt: skip
        return min(able, default=(True, NOBODY))[1]


def households(people: Sequence[Person]) -> tuple[tuple[int, ...], ...]:
    """Indices of people of a practice who live together, two or more."""
    homes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, person in enumerate(people):
        if person["household"]:
            homes[person["practice_code"], person["household"]].append(n)
    return tuple(tuple(members) for members in homes.values() if len(members) > 1)


def by_need(people: Sequence[Person]) -> list[Person]:
    """In order of rank. Each practice ranks its own people, so of several practices' those come first who are higher up
    their own: else the last of the largest practice would be left out before anybody of a small one."""
    at = Counter(p["practice_code"] for p in people)
    return sorted(people, key=lambda p: (Fraction(p["rank"], at[p["practice_code"]]), p["rank"], p["person_id"]))


def _table(rows: Sequence[tuple[int, int, int]]) -> Arcs:
    array = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Arcs(array[:, 0], array[:, 1], array[:, 2])
