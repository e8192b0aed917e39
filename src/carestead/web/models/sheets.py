"""The tables of a model card: each with a sentence that says the finding, and, where it helps, a picture."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from carestead.reference import shared
from carestead.web.models import pictures

Kind = Literal["text", "count", "percent", "number", "estimate", "percent-estimate"]
Card = Mapping[str, Any]
NAMES = {
    "auroc": "AUROC: how often somebody admitted is put above somebody not (0.5 is chance)",
    "auprc": "AUPRC: mean share admitted down the list",
    "slope": "Calibration slope (1 is right; below 1: risks too far apart)",
    "intercept": "Calibration intercept (0 is right; above 0: more admitted than said)",
    "brier": "Brier score (0 is perfect)",
    "ppv": "Of the first 2 in 100, share admitted",
    "sensitivity": "Of all admitted, share within the first 2 in 100",
}


@dataclass(frozen=True)
class Sheet:
    """A table: `columns` are (name, kind), the first names its rows; an estimate is a mapping with value, lower and
    upper, and None is withheld or not known. The page shows the first `shown` rows at once."""

    key: str
    title: str
    sentence: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Sequence[Sequence[Any]]
    picture: str = ""
    shown: int = 100

    def cells(self) -> list[list[tuple[str, str]]]:
        """The rows as text: each cell with its interval, where it has one."""
        return [[_text(v, kind) for v, (_, kind) in zip(row, self.columns, strict=True)] for row in self.rows]

    def csv_columns(self) -> list[str]:
        """Column names; an estimate has three."""
        return [n for name, kind in self.columns for n in _names(name, kind)]

    def csv_rows(self) -> list[list[Any]]:
        """Plain numbers; empty where withheld or not known."""
        return [
            [v for cell, (_, kind) in zip(row, self.columns, strict=True) for v in _values(cell, kind)]
            for row in self.rows
        ]


def sheets(card: Card, drift: Sequence[Mapping[str, Any]], practice: Callable[[str], str]) -> list[Sheet]:
    """Every table of the card, in the order of the page. `practice` names a practice by its code."""
    made = [
        _measures(card), _comparators(), _calibration(card), _recalibration(card), _decisions(card), _curve(card),
        _groups(card, practice), _groups_at_cut(card, practice), _drift(drift), _importance(card),
    ]  # fmt: skip
    return [s for s in made if s.rows]


def _measures(card: Card) -> Sheet:
    logistic, trees = (card["models"][m]["measures"] for m in ("logistic", "lightgbm"))
    gain = trees["auroc"]["value"] - logistic["auroc"]["value"]
    first = logistic["auroc"]["value"]
    beside = f"{abs(gain):.3f} {'more' if gain > 0 else 'less'}"
    sentence = (
        f"Of two people, one admitted and one not, it put the one admitted first {first:.0%} of the time in practices "
        f"it had never seen (AUROC {first:.2f}; boosted trees reach {beside})."
    )
    columns: tuple[tuple[str, Kind], ...] = (
        ("Measure", "text"), ("Logistic (used)", "estimate"), ("Boosted trees (beside it)", "estimate")
    )  # fmt: skip
    rows = [(said, logistic[name], trees[name]) for name, said in NAMES.items()]
    return Sheet("measures", "How well it tells who is admitted", sentence, columns, rows)


def _comparators() -> Sheet:
    facts = shared("find", "model-performance")
    columns: tuple[tuple[str, Kind], ...] = tuple(
        (n, "text") for n in ("Published model", "AUROC", "AUPRC", "Brier", "Read in")
    )
    rows = [(m["name"], m["auroc"], m.get("auprc"), m.get("brier"), m["source"]) for m in facts["models"]]
    return Sheet("comparators", "What others reached, with other people", facts["most_admissions"], columns, rows)


def _calibration(card: Card) -> Sheet:
    tenths = card["models"]["logistic"]["tenths"]
    worst = max(tenths, key=lambda t: abs(t["said"] - t["happened"]["value"]))
    sentence = (
        f"Said and happened differ most where {worst['said']:.1%} was said and {worst['happened']['value']:.1%} "
        f"happened, among {worst['people']:,} people."
    )
    columns: tuple[tuple[str, Kind], ...] = (
        ("Part, lowest risk first", "text"), ("People", "count"), ("Said", "percent"), ("Happened", "percent-estimate")
    )  # fmt: skip
    rows = [(f"Part {n}", t["people"], t["said"], t["happened"]) for n, t in enumerate(tenths, 1)]
    title = "Calibration: what was said, what happened"
    return Sheet("calibration", title, sentence, columns, rows, pictures.calibration(tenths, title, sentence))


def _recalibration(card: Card) -> Sheet:
    ways = {w["way"]: w for w in card["recalibration"]}
    best = min(ways, key=lambda w: ways[w]["brier"]["value"])
    least = "without any" if best == "none" else f"with {best} recalibration"
    sentence = f"Logistic recalibration is used; the least Brier score is {least}."
    columns: tuple[tuple[str, Kind], ...] = (
        ("Way", "text"), ("Brier score", "estimate"), ("Slope", "estimate"), ("Intercept", "estimate")
    )  # fmt: skip
    rows = [(way.capitalize(), w["brier"], w["slope"], w["intercept"]) for way, w in ways.items()]
    return Sheet("recalibration", "Ways to recalibrate, tested on the same people", sentence, columns, rows)


def _decisions(card: Card) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        ("First ... of people", "text"), ("People", "count"), ("Of them admitted", "count"),
        ("Share of them admitted", "percent-estimate"), ("Share of all admitted", "percent-estimate"),
    )  # fmt: skip
    cuts = card["models"]["logistic"]["cuts"]
    rows = [(f"{c['share']:.1%}", c["chosen"], c.get("right"), c.get("ppv"), c.get("sensitivity")) for c in cuts]
    return Sheet("decisions", "What each capacity would find", _decision_sentence(card, cuts), columns, rows)


def _decision_sentence(card: Card, cuts: Sequence[Mapping[str, Any]]) -> str:
    at = next((c for c in cuts if c["share"] == card["capacity"] and not c["withheld"]), None)
    if not at:
        return "At the capacity of the register numbers are too small to be shown."
    missed = 1 - at["sensitivity"]["value"]
    return (
        f"With room for {at['share']:.0%} of people, {at['right']:,} of the {at['chosen']:,} chosen are admitted, and "
        f"{missed:.0%} of all who are admitted were not chosen."
    )


def _curve(card: Card) -> Sheet:
    curves = {name: card["models"][name]["curve"] for name in ("logistic", "lightgbm")}
    columns: tuple[tuple[str, Kind], ...] = (
        ("First ... of people", "text"), ("Share of them admitted", "percent"), ("Share of all admitted", "percent")
    )  # fmt: skip
    rows = [(f"{p['share']:.0%}", p["precision"], p["recall"]) for p in curves["logistic"]]
    half = next((p for p in curves["logistic"] if p["recall"] >= 0.5), None)
    sentence = (
        f"To find half of those who are admitted, {half['share']:.0%} of people would have to be chosen."
        if half
        else ""
    )
    title = "Precision and recall"
    return Sheet("precision-recall", title, sentence, columns, rows, pictures.curves(curves, title, sentence))


def _groups(card: Card, practice: Callable[[str], str]) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        ("Group", "text"), ("People", "count"), ("Admitted", "count"), ("Expected", "count"), ("AUROC", "estimate"),
        ("Slope", "estimate"), ("Intercept", "estimate"),
    )  # fmt: skip
    off = [_level(g, practice) for g in card["groups"] if not g["withheld"] and _excludes(g["intercept"], 0)]
    sentence = (
        f"More or fewer are admitted than said, beyond chance, among: {'; '.join(off)}."
        if off
        else "In no group are more or fewer admitted than said, beyond what chance explains."
    )
    if gone := sorted({g["group"] for g in card["groups"] if g["withheld"]}):
        few = shared("find", "risk")["withhold_below"]
        sentence += (
            f" Not told apart: {', '.join(gone)}. Fewer than {few} people of a part were admitted, or were not; a "
            "model fitted on an area with more people shows it."
        )
    named = ("people", "admitted", "expected", "auroc", "slope", "intercept")
    rows = _of_groups(card, practice, named)
    return Sheet("groups", "For whom it does well, and for whom not", sentence, columns, rows)


def _groups_at_cut(card: Card, practice: Callable[[str], str]) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        ("Group", "text"), ("People", "count"), ("Of those chosen, admitted", "percent-estimate"),
        ("Of those admitted, chosen", "percent-estimate"), ("Brier score", "estimate"),
    )  # fmt: skip
    found = [(g["sensitivity"]["value"], g) for g in card["groups"] if _is_known(g.get("sensitivity"))]
    low = min(found, key=lambda pair: pair[0], default=None)
    sentence = f"With room for {card['capacity']:.0%} of people"
    sentence += (
        f", fewest of those who are admitted would be chosen among {_level(low[1], practice)}: {low[0]:.1%}."
        if low
        else " numbers are too small to be told by group."
    )
    rows = _of_groups(card, practice, ("people", "ppv", "sensitivity", "brier"))
    return Sheet("groups-at-capacity", "Whom the capacity would reach, and whom not", sentence, columns, rows)


def _of_groups(card: Card, practice: Callable[[str], str], named: Sequence[str]) -> list[tuple[Any, ...]]:
    shown = (g for g in card["groups"] if g.get("people") is not None)
    return [(_level(g, practice), *(g.get(n) for n in named)) for g in shown]


def _is_known(estimate: Mapping[str, Any] | None) -> bool:
    return estimate is not None and estimate["value"] is not None


def _level(group: Mapping[str, Any], practice: Callable[[str], str]) -> str:
    level = practice(group["level"]) if group["group"] == "Practice" else group["level"]
    return f"{group['group']}: {level}"


def _drift(rows: Sequence[Mapping[str, Any]]) -> Sheet:
    over = [r["label"] for r in rows if r["is_over"]]
    limits = shared("find", "risk")["drift"]
    sentence = f"Beyond its limit: {'; '.join(over)}." if over else "Nothing is beyond its limit in the newest run."
    sentence += (
        f" Limits: index {limits['feature_psi']} for a feature, {limits['score_psi']} for the risks; "
        f"admitted {limits['event_ratio'][0]} to {limits['event_ratio'][1]} times those at fitting."
    )
    columns: tuple[tuple[str, Kind], ...] = (
        ("What", "text"), ("Above the lowest range, at fitting", "percent"), ("Now", "percent"),
        ("Stability index, or ratio", "number"), ("Says", "text"),
    )  # fmt: skip
    told = [
        (r["label"], r["at_fitting"], r["now"], r["value"], "beyond its limit" if r["is_over"] else "as at fitting")
        for r in rows
    ]
    return Sheet("drift", "Drift: are people still those it was fitted on?", sentence, columns, told, shown=10)


def _importance(card: Card) -> Sheet:
    told = card["importance"]
    most = ", ".join(t["label"].lower() for t in told[:3])
    sentence = f"Risks differ most by {most}. This is what goes with admission, not what causes it."
    columns: tuple[tuple[str, Kind], ...] = (
        ("Feature", "text"), ("Moves risks by (log-odds, standard deviation)", "number"),
        ("For how many it changes anything", "percent"), ("Share of the trees' gain", "percent"),
    )  # fmt: skip
    rows = [(t["label"], t["moves"], t["people"], t["gain"]) for t in told]
    title = "What risks are made of"
    return Sheet("importance", title, sentence, columns, rows, pictures.importance(told, title, sentence))


def _excludes(estimate: Mapping[str, Any], value: float) -> bool:
    return estimate["value"] is not None and not estimate["lower"] <= value <= estimate["upper"]


def _names(name: str, kind: Kind) -> Iterator[str]:
    yield name
    if kind.endswith("estimate"):
        yield from (f"{name}, lower 95%", f"{name}, upper 95%")


def _values(cell: Any, kind: Kind) -> Iterator[Any]:
    if kind.endswith("estimate"):
        yield from ((cell or {}).get(k) for k in ("value", "lower", "upper"))
    else:
        yield cell


FORMATS = {
    "percent": "{:.1%}",
    "number": "{:.3f}",
    "estimate": "{:.3f}",
    "percent-estimate": "{:.1%}",
    "count": "{:,.0f}",
}


def _text(value: Any, kind: Kind) -> tuple[str, str]:
    form = FORMATS.get(kind, "{}")
    if not kind.endswith("estimate"):
        return "–" if value is None else form.format(value), ""
    if value is None or value["value"] is None:
        return "–", ""
    known = value["lower"] is not None
    interval = f"{form.format(value['lower'])} to {form.format(value['upper'])}" if known else ""
    return form.format(value["value"]), interval
