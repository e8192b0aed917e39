"""The pictures of a model card."""

from collections.abc import Mapping, Sequence
from typing import Any

from carestead.core.chart import Bar, BarChart, Curve, Dot, LineChart
from carestead.outputs import svg

NAMES = {"logistic": "Logistic", "lightgbm": "Trees"}
Rows = Sequence[Mapping[str, Any]]


def calibration(tenths: Rows, title: str, sentence: str) -> str:
    """What was said against what happened; on the line both are equal."""
    end = 100 * max(max(t["said"], t["happened"]["upper"]) for t in tenths) * 1.05
    dots = tuple(
        Dot(
            100 * t["said"], 100 * t["happened"]["value"], 100 * t["happened"]["lower"], 100 * t["happened"]["upper"],
            f"{t['people']:,} people: {t['said']:.1%} said, {t['happened']['value']:.1%} happened",
        )
        for t in tenths
    )  # fmt: skip
    line = Curve("Said = happened", ((0, 0), (end, end)), "long")
    return svg.lines(
        LineChart(title, sentence, "Said: risk, %", "Happened: admitted, %", end, end, (line,), dots), "calibration"
    )


def curves(by_model: Mapping[str, Rows], title: str, sentence: str) -> str:
    """Share of those chosen who are admitted against share of all admitted who are chosen."""
    lines = tuple(
        Curve(NAMES[name], tuple((100 * p["recall"], 100 * p["precision"]) for p in points), dash)
        for (name, points), dash in zip(by_model.items(), ("solid", "short"), strict=True)
        if points
    )
    top = max((y for line in lines for _, y in line.points), default=100) * 1.1
    chart = LineChart(
        title, sentence, "Share of all admitted who are chosen, %", "Share of those chosen admitted, %", 100, top, lines
    )
    return svg.lines(chart, "precision-recall")


def importance(told: Rows, title: str, sentence: str, most: int = 12) -> str:
    """How far the most telling features move risks."""
    bars = tuple(
        Bar(t["label"], round(t["moves"], 2), note=f"{t['label']}: {t['moves']:.2f} log-odds") for t in told[:most]
    )
    chart = BarChart(
        title, sentence, "log-odds", "standard deviation of what it adds, in log-odds", "", bars, over_matters=False
    )
    return svg.bars(chart, "importance")
