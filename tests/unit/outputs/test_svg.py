"""Charts are drawn so that everybody can read them and a strict content security policy lets them be."""

import re
from xml.etree import ElementTree

import pytest

from carestead.core.chart import (
    Bar,
    BarChart,
    Combination,
    Curve,
    Dot,
    FunnelChart,
    LineChart,
    Point,
    Stretch,
    StripChart,
    UpsetChart,
)
from carestead.outputs import svg

NS = {"s": "http://www.w3.org/2000/svg"}
FUNNEL = FunnelChart(
    "Admissions <65+>",
    "Oak & Ash is above the limits.",
    "Person-years",
    "Rate",
    (
        Point("Oak & Ash", 100, 300, "Oak & Ash: 300", "beyond-998"),
        Point("Elm", 200, 210, "Elm: 210", "beyond-95"),
        Point("Fir", 300, 200, "Fir: 200"),
    ),
    (Curve("All practices together", ((50, 205), (330, 205))), Curve("95% upper", ((50, 260), (330, 230)), "long")),
)
BARS = BarChart("Load", "Dr A has too many.", "people", "people", "capacity", (Bar("Dr A", 52, 40), Bar("Dr B", 8, 40)))

UPSET = UpsetChart(
    "Lists",
    "Of 90 people on a list, 70 are on one list only.",
    (("Frailty", 60), ("Risk of admission in a year", None)),
    (Combination((True, False), 50, "Frailty only"), Combination((True, True), 20), Combination((False, True), 20)),
)


LINES = LineChart(
    "Said & happened",
    "Most was <as> said.",
    "Said, %",
    "Happened, %",
    50,
    50,
    (Curve("Said = happened", ((0, 0), (50, 50)), "long"),),
    (Dot(10, 20, 15, 30, "40 people"), Dot(40, 40, 35, 45, "50 people")),
)


DRAWINGS = [
    (svg.funnel(FUNNEL), FUNNEL.sentence),
    (svg.bars(BARS), BARS.sentence),
    (svg.upset(UPSET), UPSET.sentence),
    (svg.lines(LINES), LINES.sentence),
]


def drawn(text):
    return ElementTree.fromstring(text)


@pytest.mark.parametrize(("text", "said"), DRAWINGS)
class TestEveryChart:
    def test_it_has_a_name_and_says_the_finding(self, text, said):
        root = drawn(text)
        title, desc = root.find("s:title", NS), root.find("s:desc", NS)
        assert root.get("role") == "img"
        assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
        assert desc.text == said

    def test_it_takes_the_width_of_its_container(self, text, said):
        assert drawn(text).get("viewBox")
        assert drawn(text).get("width") is None

    def test_a_strict_policy_lets_it_be(self, text, said):
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=", text)

    def test_every_colour_of_words_and_marks_can_be_read_on_white(self, text, said):
        for element in drawn(text).iter():
            colour = element.get("fill") or ""
            is_ground = (element.tag.endswith("}circle") and element.get("stroke")) or (element.get("x") == "0")
            assert not colour.startswith("#") or is_ground or contrast(colour) >= 4.5, colour


def contrast(colour):
    """Contrast with white, by WCAG 2.2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)


def test_marks_differ_in_shape_and_lines_in_dashes():
    root = drawn(svg.funnel(FUNNEL))
    marks = {e.get("class").rpartition("--")[2]: e for e in root.iter() if "mark--" in (e.get("class") or "")}
    assert len({(e.tag, re.sub(r"[-\d. ]", "", e.get("d") or "")) for e in marks.values()}) == 3
    dashes = [e.get("stroke-dasharray") for e in root.findall("s:path", NS) if e.get("fill") == "none"]
    assert dashes == [None, "10 5"]


def test_each_point_says_its_numbers_and_stays_inside():
    root = drawn(svg.funnel(FUNNEL))
    assert [g.find("s:title", NS).text for g in root.findall("s:g", NS)] == ["Oak & Ash: 300", "Elm: 210", "Fir: 200"]
    circle = root.find("s:g/s:circle", NS)
    assert 0 < float(circle.get("cx")) < 720
    assert 0 < float(circle.get("cy")) < 440


def test_a_bar_beyond_its_limit_is_striped_and_says_so():
    root = drawn(svg.bars(BARS, id="load"))
    fills = [r.get("fill") for r in root.findall("s:g/s:rect", NS)]
    assert fills == ["url(#load-over)", svg.BLUE]
    assert "52 of 40, over" in svg.bars(BARS)


def test_the_longest_label_of_a_bar_that_is_not_cut_stays_inside():
    label = "taken over by somebody else"
    long = BarChart("x", "x", "", "", "", (Bar(label, 9), Bar(f"{label} again", 9)))
    whole, cut = (g.find("s:text", NS) for g in drawn(svg.bars(long)).findall("s:g", NS))
    assert (whole.text, cut.text) == (label, "taken over by somebody els…")
    widest = 7.7  # of a letter, in the font a machine without the NHS's has
    assert float(whole.get("x")) > widest * len(label)


def test_a_chart_of_nothing_is_still_a_chart():
    assert drawn(svg.funnel(FunnelChart("x", "Nothing.", "x", "y", ()))).find("s:desc", NS).text == "Nothing."
    assert drawn(svg.bars(BarChart("x", "Nothing.", "", "", "", ()))).find("s:desc", NS).text == "Nothing."


def test_ticks_are_round_numbers_within_the_scale():
    assert svg.Scale(0, 2255, 0, 1).ticks() == [0, 500, 1000, 1500, 2000]
    assert svg.Scale(130, 270, 0, 1).ticks() == [150, 200, 250]


def test_a_combination_is_told_by_filled_dots_and_its_bar_by_its_number():
    root = drawn(svg.upset(UPSET))
    rows = root.findall("s:g", NS)
    assert [[c.get("r") for c in row.findall("s:circle", NS)] for row in rows] == [["8", "5"], ["8", "8"], ["5", "8"]]
    assert [row.find("s:text", NS).text for row in rows] == ["50", "20", "20"]
    assert "withheld" in svg.upset(UPSET)


def test_a_dot_stands_on_its_interval():
    root = drawn(svg.lines(LINES))
    groups = [g for g in root.iterfind("s:g", NS) if g.find("s:circle", NS) is not None]
    assert [g.find("s:title", NS).text for g in groups] == ["40 people", "50 people"]
    for group in groups:
        bar, dot = group.find("s:line", NS), group.find("s:circle", NS)
        assert bar.get("x1") == bar.get("x2") == dot.get("cx")
        assert float(bar.get("y2")) < float(dot.get("cy")) < float(bar.get("y1"))


def test_bars_without_limits_do_not_speak_of_them():
    chart = BarChart(
        "Reasons", "Age tells most.", "log-odds", "what it adds", "", (Bar("Age", 0.2),), over_matters=False
    )
    assert "Upright line" not in svg.bars(chart)


def test_a_strip_tells_its_kinds_apart_without_colour_and_marks_the_place_asked_about():
    holders = (Stretch(0, 6, "Dr Ahmed", "Dr Ahmed: responsible"), Stretch(6, 10, "Dr Brown", "now", "striped"))
    covers = (Stretch(2, 3, "the duty desk", "while away", "outlined"),)
    ticks = ((0, "1 May"), (10, "11 May"))
    chart = StripChart("Who", "Dr Brown.", 0, 10, (("Named GP", holders), ("Cover", covers)), ticks, 4)
    drawn = svg.strips(chart, "who")
    root = ElementTree.fromstring(drawn)
    fills = [r.get("fill") for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("stroke")]
    assert fills == [svg.BLUE, "url(#who-stripes)", "#ffffff"]
    assert "Dr Ahmed: responsible" in drawn
    assert sum(line.get("stroke") == svg.RED for line in root.iter("{http://www.w3.org/2000/svg}line")) == 1
