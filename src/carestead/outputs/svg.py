"""Charts as inline SVG: scalable, readable without colour, without style attributes so that a strict CSP lets them be.

Each drawing has a title and a description (the finding in words), takes the width of its container, and tells marks
apart by shape and lines by dashes. The page puts `chart.sentence` in the figure's caption and a table under it. Colours
have a contrast of at least 4.5 to 1 on white.
"""

import math
from collections.abc import Iterable, Sequence
from html import escape
from textwrap import wrap

from carestead.core.chart import (
    Bar,
    BarChart,
    Combination,
    Dash,
    Dot,
    FunnelChart,
    LineChart,
    Mark,
    Point,
    Spark,
    Stretch,
    StripChart,
    UpsetChart,
)

INK, QUIET, BLUE, RED = "#212b32", "#4c6272", "#005eb8", "#b5180c"
DASHES: dict[Dash, str] = {"solid": "", "long": "10 5", "short": "3 4"}
COLOURS: dict[Mark, str] = {"within": BLUE, "beyond-95": INK, "beyond-998": RED}
MARKS: tuple[tuple[Mark, str], ...] = (
    ("within", "within chance"),
    ("beyond-95", "beyond 95% limits"),
    ("beyond-998", "beyond 99.8% limits"),
)


class Scale:
    """A linear scale from numbers to drawing units, with round ticks."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = low, high if high > low else low + 1
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start), 1)

    def ticks(self, wanted: int = 5) -> list[float]:
        """Round numbers from low to high, about `wanted` of them."""
        rough = (self.high - self.low) / wanted
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [n * step for n in range(first, last + 1)]


def funnel(chart: FunnelChart, id: str = "funnel") -> str:
    """A funnel plot. `id` starts the ids of the drawing, unique on its page."""
    width, height = 720, 440
    xs = [x for c in chart.curves for x, _ in c.points] + [p.x for p in chart.points]
    ys = [y for c in chart.curves for _, y in c.points] + [p.y for p in chart.points]
    x = Scale(0, max(xs, default=1) * 1.02, 64, width - 110)
    low, high = min(ys, default=0), max(ys, default=1)
    y = Scale(max(0, low - (high - low) / 4), high + (high - low) / 20, height - 84, 16)
    parts = [
        *_axes(chart, x, y),
        *(_curve([(x(a), y(b)) for a, b in c.points], c.dash) for c in chart.curves),
        *_curve_names(chart, x, y),
        *(_point(p, x(p.x), y(p.y), to_the_left=x(p.x) > (x.start + 2 * x.end) / 3) for p in chart.points),
        *_legend(height - 14),
    ]
    return _svg(id, "cs-chart cs-chart--funnel", width, height, chart.title, chart.sentence, parts)


def lines(chart: LineChart, id: str = "lines") -> str:
    """Lines, and dots with the intervals they lie in."""
    width, height = 720, 440
    x, y = Scale(0, chart.x_end, 64, width - 120), Scale(0, chart.y_end, height - 60, 16)
    parts = [
        *_axes(chart, x, y),
        *(_curve([(x(a), y(b)) for a, b in c.points], c.dash) for c in chart.curves),
        *_curve_names(chart, x, y),
        *(_dot(d, x, y) for d in chart.dots),
    ]
    return _svg(id, "cs-chart cs-chart--lines", width, height, chart.title, chart.sentence, parts)


def bars(chart: BarChart, id: str = "bars") -> str:
    """Horizontal bars, each with a tick where its limit is; a bar beyond it is hatched and says so."""
    width, left, row = 720, 224, 30  # the longest label that is not cut has room
    height = 46 + row * len(chart.bars)
    top = max([b.value for b in chart.bars] + [b.limit or 0 for b in chart.bars], default=1) or 1
    x = Scale(0, top, left, width - (170 if any(b.said for b in chart.bars) else 150))
    hatch = (
        f'<defs><pattern id="{escape(id)}-over" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{RED}"/><path d="M0 6L6 0" stroke="#ffffff" stroke-width="1"/>'
        "</pattern></defs>"
    )
    over = f"url(#{escape(id)}-over)" if chart.over_matters else BLUE
    rows = (_bar(b, x, 8 + n * row, over) for n, b in enumerate(chart.bars))
    key = f"Bar: {chart.value_label}."
    key += f" Upright line: {chart.limit_label}." if chart.limit_label else ""
    key += f" Striped: more than the {chart.limit_label}." if chart.over_matters else ""
    parts = [hatch, *rows, _text(8, height - 14, key, colour=QUIET)]
    return _svg(id, "cs-chart cs-chart--bars", width, height, chart.title, chart.sentence, parts)


def spark(chart: Spark, id: str = "spark") -> str:
    """A trend without axes, from nought to its highest value, with a dot at the newest."""
    width, height = 160, 36
    x = Scale(0, len(chart.values) - 1, 6, width - 6)
    y = Scale(0, max(chart.values, default=0), height - 6, 6)
    points = [(x(n), y(value)) for n, value in enumerate(chart.values)]
    (at, level) = points[-1]
    parts = [
        _line(6, height - 6, width - 6, height - 6, "#aeb7bd"),
        _curve(points, "solid"),
        f'<circle cx="{at:g}" cy="{level:g}" r="4" fill="{BLUE}"/>',
    ]
    return _svg(id, "cs-chart cs-chart--spark", width, height, chart.title, chart.sentence, parts)


COLUMN, LINE = 84, 30
"""Of an UpSet plot, in drawing units: the width of a set, the height of a combination."""


def upset(chart: UpsetChart, id: str = "upset") -> str:
    """An UpSet plot lying on its side: a column a set with its name and size on top, a row a combination with its bar,
    so that it grows downwards and is read like a list."""
    width, left = 720, COLUMN * len(chart.sets) + 16
    names = [[*wrap(name, 12)[:3], "withheld" if size is None else f"{size:,}"] for name, size in chart.sets]
    head = 8 + 17 * max((len(said) for said in names), default=1)
    height = head + LINE * len(chart.combinations)
    x = Scale(0, max((c.people for c in chart.combinations), default=1), left, width - 70)
    columns = (_set_name(said, COLUMN * (n + 0.5), head - 10) for n, said in enumerate(names))
    rows = (_combination(c, x, head + LINE * (n + 0.5), shaded=n % 2 == 0) for n, c in enumerate(chart.combinations))
    return _svg(id, "cs-chart cs-chart--upset", width, height, chart.title, chart.sentence, [*columns, *rows])


def strips(chart: StripChart, id: str = "strips") -> str:
    """Strips over time, a row each, with an upright line at the place that is asked about."""
    width, left, row = 720, 150, 44
    foot = 8 + row * len(chart.rows)
    x = Scale(chart.start, chart.end, left, width - 16)
    rows = (_strip(label, stretches, x, 8 + n * row, id) for n, (label, stretches) in enumerate(chart.rows))
    axis = [_line(left, foot, width - 16, foot), *(_tick(x(at), foot, said, x) for at, said in chart.ticks)]
    marked = [] if chart.mark is None else [_line(x(chart.mark), 2, x(chart.mark), foot + 6, RED, 3)]
    return _svg(id, "cs-chart cs-chart--strips", width, foot + 30, chart.title, chart.sentence,
                [_stripes(id), *rows, *axis, *marked])  # fmt: skip


def _strip(label: str, stretches: Sequence[Stretch], x: Scale, y: float, id: str) -> str:
    return _text(x.start - 8, y + 22, _short(label, 20), anchor="end") + "".join(
        _stretch(s, x, y, id) for s in stretches
    )


def _stretch(stretch: Stretch, x: Scale, y: float, id: str) -> str:
    """A filled, striped or outlined part of a strip; its label where there is room for it."""
    start, length = x(stretch.start), max(x(stretch.end) - x(stretch.start), 2)
    fill = {"plain": BLUE, "striped": f"url(#{escape(id)}-stripes)", "outlined": "#ffffff"}[stretch.kind]
    box = (
        f'<rect x="{start:g}" y="{y:g}" width="{length:g}" height="34" fill="{fill}" stroke="{INK}" stroke-width="1"/>'
    )
    room = int(length / 8)
    colour = "#ffffff" if stretch.kind == "plain" else INK
    said = _text(start + 6, y + 22, _short(stretch.label, room), colour=colour) if room > 3 else ""
    return f"<g><title>{escape(stretch.note)}</title>{box}{said}</g>"


def _stripes(id: str) -> str:
    return (
        f'<defs><pattern id="{escape(id)}-stripes" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="#ffffff"/><path d="M0 8L8 0" stroke="{QUIET}" stroke-width="1"/>'
        "</pattern></defs>"
    )


def _tick(at: float, y: float, said: str, x: Scale) -> str:
    anchor = "end" if at > x.end - 50 else "start" if at < x.start + 20 else "middle"
    return _line(at, y, at, y + 5) + _text(at, y + 20, said, anchor=anchor, colour=QUIET)


def _set_name(said: Sequence[str], x: float, foot: float) -> str:
    """A set's name in short lines and its size, above its column, standing on `foot`."""
    first = foot - 17 * (len(said) - 1)
    return "".join(
        _text(x, first + 17 * n, line, anchor="middle", extra=' font-weight="bold"' if n == len(said) - 1 else "")
        for n, line in enumerate(said)
    )


def _combination(c: Combination, x: Scale, y: float, *, shaded: bool) -> str:
    """A row: filled dots, joined, for the sets the people are in, rings for the others, then the bar and its number."""
    places = [COLUMN * (n + 0.5) for n in range(len(c.members))]
    inside = [at for at, member in zip(places, c.members, strict=True) if member]
    back = f'<rect x="0" y="{y - LINE / 2:g}" width="{x.end + 70:g}" height="{LINE}" fill="#f0f4f5"/>' if shaded else ""
    dots = "".join(_member(at, y, inside=at in inside) for at in places)
    bar = f'<rect x="{x.start:g}" y="{y - 9:g}" width="{max(x(c.people) - x.start, 0.5):g}" height="18" fill="{BLUE}"/>'
    return (
        f"<g><title>{escape(c.note)}</title>{back}{_line(inside[0], y, inside[-1], y, INK, 3)}{dots}{bar}"
        f"{_text(x(c.people) + 8, y + 5, f'{c.people:,}')}</g>"
    )


def _member(x: float, y: float, *, inside: bool) -> str:
    look = f'r="8" fill="{INK}"' if inside else f'r="5" fill="#ffffff" stroke="{QUIET}" stroke-width="1"'
    return f'<circle {look} cx="{x:g}" cy="{y:g}"/>'


def _svg(id: str, css: str, width: int, height: int, title: str, said: str, parts: Iterable[str]) -> str:
    name = escape(id)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" focusable="false" font-family="Arial, sans-serif" font-size="14">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(said)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, said: str, *, anchor: str = "start", colour: str = INK, extra: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{colour}"{extra}>{escape(said)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = QUIET, width: float = 1) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" stroke-width="{width:g}"/>'


def _axes(chart: FunnelChart | LineChart, x: Scale, y: Scale) -> list[str]:
    parts = [_line(x.start, y.start, x.end, y.start), _line(x.start, y.start, x.start, y.end)]
    for tick in x.ticks():
        parts.append(_line(x(tick), y.start, x(tick), y.start + 5))
        parts.append(_text(x(tick), y.start + 20, f"{tick:,.10g}", anchor="middle"))
    for tick in y.ticks():
        parts.append(_line(x.start - 5, y(tick), x.start, y(tick)))
        parts.append(_text(x.start - 9, y(tick) + 5, f"{tick:,.10g}", anchor="end"))
    parts.append(_text((x.start + x.end) / 2, y.start + 40, chart.x_label, anchor="middle"))
    middle = (y.start + y.end) / 2
    parts.append(_text(16, middle, chart.y_label, anchor="middle", extra=f' transform="rotate(-90 16 {middle:g})"'))
    return parts


def _curve(points: Sequence[tuple[float, float]], dash: Dash) -> str:
    path = "M" + "L".join(f"{a:g} {b:g}" for a, b in points)
    dashes = f' stroke-dasharray="{DASHES[dash]}"' if DASHES[dash] else ""
    return f'<path d="{path}" fill="none" stroke="{QUIET}" stroke-width="1.5"{dashes}/>'


def _curve_names(chart: FunnelChart | LineChart, x: Scale, y: Scale) -> list[str]:
    """The name at the right end of each line, moved apart where two would touch."""
    ends = sorted((y(c.points[-1][1]), x(c.points[-1][0]), c.label) for c in chart.curves)
    parts, free = [], -math.inf
    for at, right, label in ends:
        free = max(at + 5, free + 14)
        short = "All together" if label.startswith("All") else label
        parts.append(_text(right + 6, free, short, colour=QUIET, extra=' font-size="12"'))
    return parts


def _point(point: Point, x: float, y: float, *, to_the_left: bool) -> str:
    """A point and its name, which stands to the left of points on the right, clear of the names of the lines."""
    halo = ' font-size="12" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    label = _text(
        x - 9 if to_the_left else x + 9, y - 7, point.label, anchor="end" if to_the_left else "start", extra=halo
    )
    return f"<g><title>{escape(point.note)}</title>{_mark(point.mark, x, y)}{label}</g>"


def _dot(dot: Dot, x: Scale, y: Scale) -> str:
    bar = _line(x(dot.x), y(dot.lower), x(dot.x), y(dot.upper), INK, 1.5)
    return f"<g><title>{escape(dot.note)}</title>{bar}{_mark('within', x(dot.x), y(dot.y))}</g>"


def _mark(mark: Mark, x: float, y: float) -> str:
    """A circle within the limits, a triangle beyond 95%, a diamond beyond 99.8%."""
    css = f'class="cs-chart__mark cs-chart__mark--{mark}" fill="{COLOURS[mark]}"'
    if mark == "within":
        return f'<circle {css} cx="{x:g}" cy="{y:g}" r="5"/>'
    if mark == "beyond-95":
        return f'<path {css} d="M{x:g} {y - 7:g}l7 12h-14z"/>'
    return f'<path {css} d="M{x:g} {y - 8:g}l8 8l-8 8l-8 -8z"/>'


def _legend(y: float) -> list[str]:
    parts = []
    for n, (mark, said) in enumerate(MARKS):
        x = 72 + 190 * n
        parts += [_mark(mark, x, y - 5), _text(x + 13, y, said)]
    return parts


def _bar(bar: Bar, x: Scale, y: float, hatch: str) -> str:
    length = max(x(bar.value) - x.start, 0.5)
    fill = hatch if bar.over else BLUE
    limit = "" if bar.limit is None else _line(x(bar.limit), y - 2, x(bar.limit), y + 22, INK, 3)
    right = max(x(bar.value), x(bar.limit or 0)) + 8
    return (
        f"<g><title>{escape(bar.note)}</title>{_text(x.start - 8, y + 15, _short(bar.label), anchor='end')}"
        f'<rect x="{x.start:g}" y="{y:g}" width="{length:g}" height="20" fill="{fill}"/>{limit}'
        f"{_text(right, y + 15, _said(bar))}</g>"
    )


def _said(bar: Bar) -> str:
    """What stands beside a bar."""
    if bar.said or bar.limit is None:
        return bar.said or f"{bar.value:,.10g}"
    return f"{bar.value:,.10g} of {bar.limit:,.10g}{', over' if bar.over else ''}"


def _short(label: str, most: int = 27) -> str:
    """The label, cut where it would leave the drawing; the whole is in the bar's title and in the table."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
