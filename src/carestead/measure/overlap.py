"""How separate lists of people overlap: counts of each combination, small ones withheld, as plain data and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from carestead.core.chart import Combination, UpsetChart
from carestead.core.listing import listed
from carestead.measure.disclosure import BELOW, hidden_in_lines, line_is_safe, told

Members = tuple[bool, ...]
"""Which of the lists, in their order."""


@dataclass(frozen=True)
class Overlap:
    """People by combination of lists. `names` are the lists' names in the order of `Members`; `counts` has every
    combination but the empty one, those without anybody at nought, so that an absent one does not look small.

    Whatever a property gives may be shown: `shown`, `sizes`, `total`, `alone`, `on_both` are safe beside one another.
    """

    names: tuple[str, ...]
    counts: Mapping[Members, int]
    pair: tuple[int, int] = (0, 1)
    """The two lists whose overlap is asked for by itself, as `on_both`."""

    @classmethod
    def of(
        cls, lists: Mapping[str, str], rows: Sequence[tuple[Sequence[str], int]], pair: tuple[str, ...] = ()
    ) -> "Overlap":
        """`lists` maps ids to names; `rows` are (the ids of a combination, people in exactly that combination);
        `pair` are the ids of two lists whose overlap is of interest, the first two when they are not both lists."""
        counts = {m: 0 for m in product((True, False), repeat=len(lists)) if any(m)}
        for ids, people in rows:
            counts[tuple(i in ids for i in lists)] += people
        known = [list(lists).index(i) for i in pair if i in lists]
        return cls(tuple(lists.values()), counts, (known[0], known[1]) if len(known) == 2 else (0, 1))

    @cached_property
    def withheld(self) -> set[Members]:
        """The combinations whose number is not shown: small ones, and those that would give them away."""
        return hidden_in_lines(self.counts, [half for line in self._lines() for half in self._halves(line)])

    @property
    def shown(self) -> list[tuple[Members, int]]:
        """The combinations that may be shown, with the number of people; most people first."""
        left = [(m, n) for m, n in self.counts.items() if m not in self.withheld]
        return sorted(left, key=lambda pair: (-pair[1], [not b for b in pair[0]]))

    @property
    def total(self) -> int | None:
        """Everybody who is on a list; None when withheld."""
        return self._sum(list(self.counts))

    @property
    def others(self) -> int | None:
        """People in combinations that are not shown; None when withheld."""
        return None if self.total is None else self.total - sum(n for _, n in self.shown)

    def size(self, n: int) -> int | None:
        """How many are on the n-th list; None when withheld."""
        return self._sum(self._on(n))

    @property
    def alone(self) -> int | None:
        """How many are on one list only; None when withheld."""
        return self._sum(self._alone())

    @property
    def on_both(self) -> int | None:
        """How many are on both lists of `pair`, whatever else they are on; None when withheld."""
        return self._sum(self._both()) if len(self.names) > 1 else None

    def _sum(self, line: Sequence[Members]) -> int | None:
        return sum(self.counts[m] for m in line) if list(line) in self._safe else None

    @cached_property
    def _safe(self) -> list[list[Members]]:
        """The sums that may be shown, the most wanted first: each is safe by itself and in what the total leaves of
        it, and together they tell no small number."""
        small = [m for m, n in self.counts.items() if n < BELOW]
        safe: list[list[Members]] = []
        for line in self._lines():
            alone = all(line_is_safe(self.counts, half, self.withheld) for half in self._halves(line))
            withheld = [[m for m in known if m in self.withheld] for known in [*safe, line]]
            if alone and not told(small, withheld):
                safe.append(line)
        return safe

    def _lines(self) -> list[list[Members]]:
        pair = [self._both()] if len(self.names) > 1 else []
        return [list(self.counts), *(self._on(n) for n in range(len(self.names))), *pair, self._alone()]

    def _halves(self, line: Sequence[Members]) -> list[list[Members]]:
        """A line and its complement, which the total gives away."""
        inside = set(line)
        return [list(line), [m for m in self.counts if m not in inside]]

    def _on(self, n: int) -> list[Members]:
        return [m for m in self.counts if m[n]]

    def _alone(self) -> list[Members]:
        return [m for m in self.counts if sum(m) == 1]

    def _both(self) -> list[Members]:
        return [m for m in self.counts if m[self.pair[0]] and m[self.pair[1]]]


def chart(overlap: Overlap, title: str = "Lists and how they overlap") -> UpsetChart:
    """The overlap as an UpSet plot."""
    sets = tuple((name, overlap.size(n)) for n, name in enumerate(overlap.names))
    rows = tuple(Combination(m, n, f"{words(overlap, m)}: {n:,} people") for m, n in overlap.shown)
    return UpsetChart(title, sentence(overlap), sets, rows)


def words(overlap: Overlap, members: Members) -> str:
    """`Frailty and End of life only`: the lists of a combination, in words."""
    on = [name for name, member in zip(overlap.names, members, strict=True) if member]
    return f"{listed(on)} only"


def sentence(overlap: Overlap) -> str:
    """What the plot shows, in words."""
    if not sum(overlap.counts.values()):
        return "Nobody is on a list."
    if overlap.total is None:
        return f"Fewer than {BELOW} people are on a list, or so few that a number would tell who they are."
    said = []
    if overlap.alone is not None:
        said.append(f"{overlap.alone:,} are on one list only")
    if overlap.on_both is not None:
        first, second = (overlap.names[n] for n in overlap.pair)
        said.append(f"{overlap.on_both:,} are on both {first} and {second}")
    people = f"{overlap.total:,} people on a list"
    return f"Of {people}, {'; '.join(said)}." if said else f"{people}; their overlap is too small to show."
