"""The bands of a score against the shares that were published for it: how near, in points and in people."""

from collections.abc import Mapping
from dataclasses import dataclass

from carestead.core.chart import Bar, BarChart
from carestead.measure.disclosure import hidden, total_is_safe


@dataclass(frozen=True)
class BandShare:
    """One band: `people` here (None when withheld), `share` here and `published`, in per cent of everybody.
    `points` is the difference of the shares in percentage points; `more` in people, rounded."""

    name: str
    people: int | None
    share: float | None
    published: float

    @property
    def points(self) -> float | None:
        """Here less published, in percentage points."""
        return None if self.share is None else self.share - self.published

    def more(self, total: int) -> int | None:
        """How many people more (or fewer, below nought) than the published share of `total` would be."""
        return None if self.people is None else round(self.people - self.published * total / 100)


@dataclass(frozen=True)
class Comparison:
    """Every band in the order of the score, and how many people they are; None when so few that it is withheld."""

    total: int | None
    bands: tuple[BandShare, ...]

    @property
    def furthest(self) -> BandShare | None:
        """The band that differs most from what was published."""
        known = [b for b in self.bands if b.points is not None]
        return max(known, key=lambda b: abs(b.points or 0), default=None)


def compare(counts: Mapping[str, int], published: Mapping[str, float]) -> Comparison:
    """`counts` maps bands to people, `published` bands to per cent; small numbers are withheld."""
    every = {name: counts.get(name, 0) for name in published}
    gone, safe = hidden(every), total_is_safe(every)
    total = sum(every.values())
    bands = (
        BandShare(name, None, None, share)
        if name in gone or not safe
        else BandShare(name, every[name], 100 * every[name] / total, share)
        for name, share in published.items()
    )
    return Comparison(total if safe and total else None, tuple(bands))


def chart(found: Comparison, title: str) -> BarChart:
    """The bands as bars, each with a line where the published share is."""
    shown = [(b, b.share, b.points) for b in found.bands]
    bars = tuple(
        Bar(b.name.capitalize(), share, b.published, f"{b.name}: {share:.1f}%", f"{share:.1f}%, {points:+.1f} points")
        for b, share, points in shown
        if share is not None and points is not None
    )
    return BarChart(title, sentence(found), "%", "per cent here", "published", bars, over_matters=False)


def sentence(found: Comparison) -> str:
    """How near, in words."""
    far = found.furthest
    if found.total is None or far is None or far.points is None:
        return "There are too few people to compare with what was published."
    more = far.more(found.total) or 0
    side = "more" if more >= 0 else "fewer"
    said = f"{abs(far.points):.1f} percentage points, or {abs(more):,} people {side}"
    every = "every band" if all(b.people is not None for b in found.bands) else "every band that is not withheld"
    near = f"Of {found.total:,} people {every} is within {_up(abs(far.points)):.1f} points of the published share"
    return f"{near}; furthest is {far.name}, by {said}."


def _up(points: float) -> float:
    """To one decimal, upwards, so that 'within' is true."""
    return -(-points * 10 // 1) / 10
