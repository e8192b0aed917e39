"""How many of something are in each band: counts that may be shown, and no more."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from carestead.core.chart import Bar, BarChart
from carestead.measure.disclosure import hidden_in_lines, line_is_safe


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many of something are in each band, in order. `of` says what is counted, in the plural. `headline` are the
    bands whose share is the finding: their sum may be told, so what is withheld is chosen to leave that safe."""

    title: str
    of: str
    counts: tuple[tuple[str, int], ...]
    headline: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All of them."""
        return sum(n for _, n in self.counts)

    def shown(self) -> list[tuple[str, int | None]]:
        """The counts that may be shown; None where a small one is withheld, or would follow from the others."""
        gone = self._gone() if self.total else set()
        return [(band, None if band in gone else n) for band, n in self.counts]

    def total_shown(self) -> int | None:
        """The total, None where it would give a withheld count away."""
        return self.total if self._is_safe() else None

    def percent(self) -> float | None:
        """The share of the headline in all, in per cent; None where nothing is counted or it gives too much away."""
        part = sum(n for band, n in self.counts if band in self.headline)
        return 100 * part / self.total if self.total and self._is_safe() else None

    def _lines(self) -> list[list[str]]:
        bands = [band for band, _ in self.counts]
        split = ([b for b in bands if b in self.headline], [b for b in bands if b not in self.headline])
        return [line for line in split if line]

    def _gone(self) -> set[str]:
        return hidden_in_lines(dict(self.counts), self._lines())

    def _is_safe(self) -> bool:
        cells, gone = dict(self.counts), self._gone()
        return all(line_is_safe(cells, line, gone) for line in self._lines())

    def chart(self, sentence: str) -> BarChart:
        """The counts that may be shown, as bars; of the others it is said that they are withheld."""
        bars = tuple(Bar(band, n or 0, said="withheld" if n is None else f"{n:,}") for band, n in self.shown())
        return BarChart(self.title, sentence, self.of, self.of, "", bars, over_matters=False)


def banded(values: Iterable[float], edges: Sequence[float], unit: str) -> list[tuple[str, int]]:
    """How many values lie up to each edge, the edge itself with it, and beyond the last."""
    found = Counter(which(value, edges) for value in values)
    return [(name, found[i]) for i, name in enumerate(band_names(edges, unit))]


def band_names(edges: Sequence[float], unit: str) -> list[str]:
    """`up to 1 day`, `over 1 to 7 days`, `over 7 days`; `unit` is a plural."""
    between = [f"over {low:g} to {high:g} {unit}" for low, high in pairwise(edges)]
    return [f"up to {_counted(edges[0], unit)}", *between, f"over {_counted(edges[-1], unit)}"]


def which(value: float, edges: Sequence[float]) -> int:
    """The number of the band that a value lies in, from 0."""
    return next((i for i, edge in enumerate(edges) if value <= edge), len(edges))


def _counted(number: float, unit: str) -> str:
    return f"{number:g} {unit.removesuffix('s') if number == 1 else unit}"
