"""Charts as plain data: the rooms that measure make them, outputs draw them."""

from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["within", "beyond-95", "beyond-998"]
"""How far a point is from what chance explains; each has its own shape."""
Dash = Literal["solid", "long", "short"]


@dataclass(frozen=True, slots=True)
class Point:
    """One organisation: where it is, what it is called, what a reader is told of it."""

    label: str
    x: float
    y: float
    note: str
    mark: Mark = "within"


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points (x, y); `dash` tells lines apart without colour."""

    label: str
    points: tuple[tuple[float, float], ...]
    dash: Dash = "solid"


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """A funnel plot: rates by size, with the target and the limits of chance. `sentence` says the finding."""

    title: str
    sentence: str
    x_label: str
    y_label: str
    points: tuple[Point, ...]
    curves: tuple[Curve, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with its interval; `note` says it in words."""

    x: float
    y: float
    lower: float
    upper: float
    note: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines and dots over two axes that begin at nought and end at `x_end` and `y_end`, such as what was said against
    what happened. `sentence` says the finding."""

    title: str
    sentence: str
    x_label: str
    y_label: str
    x_end: float
    y_end: float
    curves: tuple[Curve, ...] = ()
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a value, and the limit it is held against."""

    label: str
    value: float
    limit: float | None = None
    note: str = ""
    said: str = ""
    """What stands beside the bar; its value and limit when empty."""

    @property
    def over(self) -> bool:
        """True when the value is above the limit."""
        return self.limit is not None and self.value > self.limit


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars with limits, such as load against capacity. `sentence` says the finding."""

    title: str
    sentence: str
    unit: str
    value_label: str
    limit_label: str
    bars: tuple[Bar, ...]
    over_matters: bool = True
    """False where more than the limit is not too much, so that no bar is striped."""


@dataclass(frozen=True, slots=True)
class Combination:
    """People who are in exactly these sets: `members` has one truth value a set, in the chart's order."""

    members: tuple[bool, ...]
    people: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class UpsetChart:
    """Sets and how they overlap, as an UpSet plot (Lex and others 2014, doi 10.1109/TVCG.2014.2346248): one row a
    combination, largest first. `sets` are names and sizes (None: withheld). `sentence` says the finding."""

    title: str
    sentence: str
    sets: tuple[tuple[str, int | None], ...]
    combinations: tuple[Combination, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a strip, from `start` to `end` on the axis, with what a reader is told of it. `kind` tells stretches
    apart by their filling: plain, striped (for now only), or outlined (instead of somebody)."""

    start: float
    end: float
    label: str
    note: str
    kind: Literal["plain", "striped", "outlined"] = "plain"


@dataclass(frozen=True, slots=True)
class StripChart:
    """Strips over one axis of time, a row each: who held what when. `ticks` are places on the axis with what stands
    there; `mark` is a place that is asked about. `sentence` says the finding."""

    title: str
    sentence: str
    start: float
    end: float
    rows: tuple[tuple[str, tuple[Stretch, ...]], ...]
    ticks: tuple[tuple[float, str], ...]
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Spark:
    """A trend small enough for a row of a table: `values` in the order of time. `sentence` says the first and last."""

    title: str
    sentence: str
    values: tuple[float, ...]
