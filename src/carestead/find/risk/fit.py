"""Fit, test, tell: people in, a model and its card out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from carestead.find.risk import LABEL, drift, measures, train, validate
from carestead.find.risk.groups import subgroups
from carestead.find.risk.model import POINTS, RiskModel, probability, whole
from carestead.find.risk.people import People
from carestead.find.risk.terms import design, labels, terms

Tell = Callable[[str, int, int], None]
STAGES = ("the logistic model", "the boosted trees", "recalibration", "measures", "groups")


@dataclass(frozen=True)
class Fitted:
    """The logistic model that is used, the trees that stand beside it, and what the card says of both."""

    model: RiskModel
    trees: str
    figures: Mapping[str, Any]


def fit(
    people: People, others: People, everybody: People, settings: Mapping[str, Any], tell: Tell = lambda *_: None
) -> Fitted:
    """Fit on `people`, test on `others`; `settings` are the facts of reference/find/risk.yaml. `everybody` are those
    of all practices, of whom the capacity is a share, and against whom later runs are held.

    The model is recalibrated logistically from out-of-fold risks of those it was fitted on, and never sees `others`.
    """
    seed, folds = settings["seed"], settings["folds"]
    _tell(tell, 0)
    linear, held_out = train.logistic(people, penalties=settings["penalties"], folds=folds, seed=seed)
    _tell(tell, 1)
    trees, tree_odds = _trees(people, others, settings)
    _tell(tell, 2)
    shift, slope = train.recalibration(people.admitted, held_out)
    uncut = whole(terms(), linear.coefficients, linear.intercept, people.columns, shift, slope)
    model = _with_cut(uncut, uncut.points(everybody.columns), settings["capacity"])
    raw = linear.log_odds(design(others.columns))
    recalibrated = validate.recalibrations((people.admitted, held_out), (others.admitted, raw))
    _tell(tell, 3)
    points = model.points(others.columns)
    figures = {
        "for": LABEL,
        "fitted_on": people.counted(),
        "tested_on": others.counted(),
        "penalty": linear.penalty,
        "recalibration": recalibrated,
        "models": {
            "logistic": validate.measured(others.admitted, points / POINTS, settings),
            "lightgbm": validate.measured(others.admitted, tree_odds, settings),
        },
        "admitted_or_died": _composite(others, points),
    }
    _tell(tell, 4)
    figures["groups"] = subgroups(
        others, points, probability(points), cut=_cut_of(points, settings["capacity"]), groups=settings["groups"],
        below=settings["withhold_below"],
    )  # fmt: skip
    figures["importance"] = importance(model, people, trees)
    figures["spread"], figures["ranges"] = at_fitting(model, everybody)
    _tell(tell, 5)
    return Fitted(model, trees, figures)


def _trees(people: People, others: People, settings: Mapping[str, Any]) -> tuple[str, np.ndarray]:
    """Boosted trees fitted on `people`, and the log-odds they give `others`, recalibrated as the model's are."""
    trees, held_out = train.boosted(
        people, settings=settings["boosting"], folds=settings["folds"], seed=settings["seed"]
    )
    shift, slope = train.recalibration(people.admitted, held_out)
    return trees, shift + slope * train.tree_log_odds(trees, train.features(others))


def importance(model: RiskModel, people: People, trees: str) -> list[dict[str, Any]]:
    """Each feature: how far it moves risks (the standard deviation of its points, in log-odds), for how many it adds or
    takes away anything, and its share of the trees' gain. The most telling first."""
    gain = train.tree_importance(trees)
    reasons = model.reasons(people.columns)
    told = [
        {
            "feature": name,
            "label": label,
            "moves": round(float(reasons[name].std()) / POINTS, 4),
            "people": round(float((reasons[name] != 0).mean()), 4),
            "gain": round(gain[name], 4),
        }
        for name, label in labels().items()
    ]
    return sorted(told, key=lambda t: (-t["moves"], t["feature"]))


def at_fitting(model: RiskModel, people: People) -> tuple[dict[str, dict[str, int]], dict[str, list[tuple[int, int]]]]:
    """How features, score and outcome were spread, and in which ranges: what later runs are held against."""
    values = {**people.columns, "score": model.points(people.columns), "outcome": people.admitted.astype(float)}
    kept = {item: drift.ranges(each) for item, each in values.items() if item != "outcome"}
    kept["outcome"] = [(0, 0), (1, 1)]
    return {item: drift.spread(values[item], kept[item]) for item in values}, kept


def _composite(people: People, points: np.ndarray) -> dict[str, Any]:
    """The same scores held against admitted or died: SPARRA's outcome, and a check on how deaths are counted."""
    return measures.auroc(people.admitted | people.died, points).as_dict()


def _with_cut(model: RiskModel, points: np.ndarray, share: float) -> RiskModel:
    return RiskModel(model.terms, model.micro, model.usual, model.baseline, int(_cut_of(points, share)))


def _cut_of(points: np.ndarray, share: float) -> float:
    """The points of the last person within the capacity."""
    chosen = max(1, int(len(points) * share + 0.5))
    return float(np.sort(points)[-chosen])


def _tell(tell: Tell, done: int) -> None:
    tell("Fitting and testing", done, len(STAGES))
